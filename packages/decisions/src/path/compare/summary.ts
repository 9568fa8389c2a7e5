/**
 * From rows to figures: means with intervals, ratios to `fringe` and `greedy`, the verdict in words, the champion.
 */
import { bootstrapMean, type Comparison, compareAll, type Figure, proportionInterval } from '@qurriculum/evidence';
import { createRandom } from '@qurriculum/random';
import type { LearnerOutcome, PolicyOutcome } from './learners.ts';
import type { SettledComparison } from './options.ts';
import type { PolicyName } from './policies.ts';
import type { PlanningProblem } from './problems.ts';

export interface PolicyFigures {
  readonly policy: PolicyName;
  /** Sessions until all goals were mastered together; learners who did not get there count with the horizon. */
  readonly timeToCompetency: Figure;
  /** The same in minutes of study. */
  readonly studyMinutes: Figure;
  /** Share of learners who got there. */
  readonly competent: Figure;
  /** Mean true mastery of the goals 30 days after the last session. */
  readonly retention30: Figure;
  /** Share of sessions beyond the learner's load. */
  readonly overloaded: Figure;
  /** Share of goals mastered after the last session. */
  readonly goalsMet: Figure;
  /** Value of the policy's next session on the sample of planning problems, and how far below the bound (share). */
  readonly objective: Figure | null;
  readonly gap: Figure | null;
  /** Planning time, all sessions of a learner together. */
  readonly secondsPerLearner: Figure;
}

export interface PathComparison {
  readonly policies: readonly PolicyFigures[];
  /** Each policy against `fringe` and against `greedy`, as far as they take part, with the verdict in words. */
  readonly comparisons: readonly Comparison[];
  /** The policy to use: the baseline with the best figure unless `planner` is better than every baseline. */
  readonly champion: PolicyName;
  readonly problems: readonly PlanningProblem[];
}

const REFERENCES: readonly PolicyName[] = ['fringe', 'greedy'];

/** Figures of a finished comparison. Rows must be in the order of learners. At least two learners. */
export function summarise(
  options: SettledComparison,
  rows: readonly LearnerOutcome[],
  problems: readonly PlanningProblem[],
): PathComparison {
  const column = (policy: PolicyName, read: (outcome: PolicyOutcome) => number): Float64Array => {
    const at = options.policies.indexOf(policy);
    return Float64Array.from(rows, ({ outcomes }) => read(outcomes[at]));
  };
  const figure = (values: ArrayLike<number>, ...labels: string[]): Figure =>
    bootstrapMean(values, createRandom(options.seed).fork('figure', ...labels));
  const policies = options.policies.map((policy, at): PolicyFigures => {
    const of = (read: (outcome: PolicyOutcome) => number): Figure => figure(column(policy, read), policy);
    const reached = column(policy, ({ competent }) => (competent ? 1 : 0)).reduce((a, b) => a + b, 0);
    return {
      policy,
      timeToCompetency: of(({ sessions }) => sessions),
      studyMinutes: of(({ minutes }) => minutes),
      competent: proportionInterval(reached, rows.length),
      retention30: of(({ retention30 }) => retention30),
      overloaded: of(({ overloaded }) => overloaded),
      goalsMet: of(({ goalsMet }) => goalsMet),
      objective: problems.length < 2 ? null : figure(problems.map(({ values }) => values[at])),
      gap: problems.length < 2 ? null : figure(problems.map((problem) => gapOf(problem, at))),
      secondsPerLearner: of(({ planningSeconds }) => planningSeconds),
    };
  });
  const comparisons = compareWithReferences(options, column);
  return { policies, comparisons, champion: championOf(options, policies, comparisons), problems };
}

/** (bound - value) / |bound|: 0 is proved optimal. */
function gapOf({ bound, values }: PlanningProblem, at: number): number {
  return Math.max(0, bound - values[at]) / Math.max(1e-9, Math.abs(bound));
}

function compareWithReferences(
  options: SettledComparison,
  column: (policy: PolicyName, read: (outcome: PolicyOutcome) => number) => Float64Array,
): Comparison[] {
  const read = options.deadline
    ? (outcome: PolicyOutcome): number => outcome.goalsMet
    : (outcome: PolicyOutcome): number => outcome.sessions;
  const question = {
    measure: options.deadline ? 'share of goals met' : 'sessions',
    countable: !options.deadline,
    lowerIsBetter: !options.deadline,
    unit: 'learner',
    seed: options.seed,
    simulated: true,
  };
  return REFERENCES.filter((reference) => options.policies.includes(reference)).flatMap((reference) =>
    compareAll(
      question,
      { name: reference, values: column(reference, read) },
      options.policies
        .filter((policy) => policy !== reference)
        .map((policy) => ({ name: policy, values: column(policy, read) })),
    ),
  );
}

/** A challenger must be better than each reference; otherwise the best baseline stays. */
function championOf(
  options: SettledComparison,
  policies: readonly PolicyFigures[],
  comparisons: readonly Comparison[],
): PolicyName {
  const against = comparisons.filter(({ challenger }) => challenger === 'planner');
  if (against.length > 0 && against.every(({ verdict }) => verdict === 'better')) return 'planner';
  const baselines = policies.filter(({ policy }) => policy !== 'planner');
  const best = (baselines.length > 0 ? baselines : policies).reduce((a, b) => {
    const first = options.deadline ? -a.goalsMet.mean : a.timeToCompetency.mean;
    const second = options.deadline ? -b.goalsMet.mean : b.timeToCompetency.mean;
    return second < first ? b : a;
  });
  return best.policy;
}
