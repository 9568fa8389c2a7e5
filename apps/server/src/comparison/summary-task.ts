/** The thread's half of summing up: thousands of redraws for intervals and verdicts. */

import { type LearnerOutcome, type PolicyOutcome, type SettledComparison, summarise } from '@qurriculum/decisions';
import { type Comparison, type Contender, compareAll, noCost, type Question } from '@qurriculum/evidence';
import { PLANNER } from '../planning/contenders.ts';
import type { ComparisonView, SolverView } from '../resources/comparisons/schema.ts';
import { countedWorth, figuresOf, type SolverFigures, sizes, tookPart, totalCost } from './figures.ts';
import type { ProblemOutcome } from './problem-task.ts';
import { conclude, judgeFairly, verdictView } from './verdicts.ts';

export interface SummaryInput {
  readonly champion: string;
  /** In the order of the answers. */
  readonly contenders: readonly SolverView[];
  readonly problems: readonly ProblemOutcome[];
  readonly seed: number;
  /** True when any of the course's records are. */
  readonly simulated: boolean;
  readonly simulation: { readonly options: SettledComparison; readonly rows: readonly LearnerOutcome[] } | null;
}

export type ComparisonSummary = Pick<ComparisonView, 'verdicts' | 'variables' | 'conclusion'> & {
  readonly solvers: readonly SolverFigures[];
  readonly simulation: Omit<NonNullable<ComparisonView['simulation']>, 'runId'> | null;
  /** As @qurriculum/evidence tells them, for the run. */
  readonly comparisons: readonly Comparison[];
};

/** What is compared on the planning problems. */
const MEASURE = 'worth of the plan';

export async function run(input: SummaryInput): Promise<ComparisonSummary> {
  const { champion, contenders, problems, seed, simulated } = input;
  const solvers = contenders.map((contender, at) => figuresOf(contender, at, problems, seed));
  const sides = contenders.map(
    ({ name }, at): Contender => ({ name, values: countedWorth(problems, at), cost: totalCost(problems, at) }),
  );
  const home = sides.find(({ name }) => name === champion) as Contender;
  const challengers = sides.filter((side, at) => side !== home && tookPart(problems, at));
  const question: Question = { measure: MEASURE, lowerIsBetter: false, unit: 'problem', seed, simulated };
  const judgement = judgeFairly(home, challengers, question);
  const verdicts = judgement.comparisons.map((comparison, k) => verdictView(comparison, home, challengers[k], seed));
  return {
    solvers,
    verdicts,
    variables: sizes(problems),
    conclusion: conclude({ judgement, solvers, verdicts, simulated }),
    comparisons: judgement.comparisons,
    simulation: input.simulation && sumUpSimulation(input.simulation, champion),
  };
}

/** Each policy against the champion, or the planner where the champion is none of the policies. */
function sumUpSimulation(
  { options, rows }: NonNullable<SummaryInput['simulation']>,
  champion: string,
): ComparisonSummary['simulation'] {
  const { policies } = summarise(options, rows, []);
  const sessions = options.policies.map((policy, at): Contender => {
    const read = ({ outcomes }: LearnerOutcome): PolicyOutcome => outcomes[at];
    const wallSeconds = rows.reduce((sum, row) => sum + read(row).planningSeconds, 0);
    return {
      name: policy,
      values: rows.map((row) => read(row).sessions),
      cost: { ...noCost, wallSeconds },
    };
  });
  const home = sessions.find(({ name }) => name === champion) ?? sessions.find(({ name }) => name === PLANNER);
  const challengers = sessions.filter((side) => side !== home);
  const { seed } = options;
  const question: Question = {
    ...{ measure: 'sessions', countable: true, lowerIsBetter: true },
    ...{ unit: 'learner', seed, simulated: true },
  };
  const verdicts =
    home === undefined
      ? []
      : compareAll(question, home, challengers).map((one, k) => verdictView(one, home, challengers[k], seed));
  return {
    learners: rows.length,
    law: options.law,
    policies: policies.map(({ policy, timeToCompetency, retention30, overloaded, competent }) => ({
      ...{ policy, sessions: timeToCompetency, retention30, overloaded, competent },
    })),
    verdicts,
  };
}
