/**
 * Large neighbourhood search (Shaw 1998, "Using constraint programming and local search methods to solve vehicle routing
 * problems", section 2): free some connected variables, clamp the rest, hand what is left to a sub-solver, keep its best
 * answer that breaks no row and lowers the energy. What `hybrid` and `neighbourhood` are made of.
 */
import type { Steps } from '@qurriculum/kernels';
import {
  aggregateSamples,
  evaluateSample,
  type Problem,
  type Sample,
  type SampleSet,
  type SolveOptions,
} from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { type CqmState, createCqmStateSteps } from '../classical/cqm-state.ts';
import { isGapClosed } from '../closed-gap.ts';
import { inTurns, inTurnsUntilOver, type SolveClock } from '../solve-clock.ts';
import { type BinaryForm, binaryForm } from './binary-form.ts';
import type { Certificate } from './certificate.ts';
import { createNeighbourhoodChooser } from './neighbourhood.ts';
import { createPenaltyStrength } from './penalty-strength.ts';
import { chooseStart, type Start, type StartName } from './start.ts';
import { bestOf, type SubSolver, subModel } from './sub-solver.ts';
import { createSubproblem } from './subproblem.ts';

/** What the sub-solver contributed. Energies are null while rows are broken. */
export interface HybridInfo {
  readonly subSolver: string;
  readonly start: StartName;
  readonly startEnergy: number | null;
  readonly energy: number | null;
  /** startEnergy - energy: all of it came from accepted answers of the sub-solver. */
  readonly improvement: number | null;
  /** Neighbourhoods solved, and how many of them bettered the assignment. */
  readonly neighbourhoods: number;
  readonly accepted: number;
  /** Every accepted one: which neighbourhood, how many variables, and the energies around it. */
  readonly improvements: readonly HybridImprovement[];
  /** Share of the sub-solver's shots that broke no row further. */
  readonly keepingShare: number | null;
}

export interface HybridImprovement {
  readonly neighbourhood: number;
  readonly variables: number;
  readonly before: number | null;
  readonly after: number | null;
}

export interface SearchPlan {
  readonly subSolver: SubSolver;
  /** The sub-solver's work for one neighbourhood. */
  readonly subWork: Readonly<Record<string, number>>;
  readonly mayAnneal: boolean;
  readonly neighbourhoods: number;
  /** Variables in a neighbourhood. */
  readonly size: number;
  /** Starts a proof beside the search; null for none. Ends the search where bound and energy meet. */
  readonly certify: ((initial: Int32Array) => Promise<Certificate>) | null;
}

/** The whole search. */
export async function searchNeighbourhoods(
  problem: Problem,
  plan: SearchPlan,
  options: SolveOptions,
  clock: SolveClock,
): Promise<SampleSet> {
  const { neighbourhoods, size, subSolver } = plan;
  const seed = options.seed ?? 0;
  const must = <Result>(steps: Steps<Result>): Promise<Result> => inTurns(steps, clock, options);
  const may = <Result>(steps: Steps<Result>): Promise<Result | null> => inTurnsUntilOver(steps, clock);
  const form = await must(binaryForm(problem));
  const state = await must(createCqmStateSteps(form.cqm));
  const random = createRandom(mixSeed(seed, 'hybrid'));
  const start = await chooseStart(form.cqm, state, {
    initial: (options.initial ?? []).map(form.into),
    anneal: plan.mayAnneal,
    seed: mixSeed(seed, 'hybrid', 'start'),
    must,
    may,
  });
  const record = createRecord(problem, start, state, form);
  const certificate = plan.certify && !clock.over() ? await plan.certify(form.back(start.values)) : null;
  // Late, the start is the answer.
  const ready = (await may(state.loadSteps(start.values))) !== null;
  const chooser = ready ? createNeighbourhoodChooser(state, form.group, random.fork('neighbourhoods')) : null;
  const strength = createPenaltyStrength();
  const turn = (share: number): Promise<boolean> => clock.turn(share, record.energy(), certificate?.bound());
  const begun = clock.elapsed();
  let done = 0;
  let proposals = 0;
  let over = await turn(0);
  while (chooser && done < neighbourhoods && !over && !isGapClosed(certificate?.bound() ?? null, record.energy())) {
    // One that could not end in time is not begun.
    if (done > 0 && clock.left() < (clock.elapsed() - begun) / done) break;
    const subproblem = createSubproblem(state, chooser.next(size));
    const model = subModel(subSolver, subproblem, strength.value());
    const set = await solvePart(plan, model, mixSeed(seed, 'hybrid', done), options, clock);
    if (set === null) break;
    const answer = bestOf(set, subproblem);
    if (subproblem.hasRows) strength.observe(answer.keeping, answer.shots);
    record.take(done, subproblem.variables, answer);
    proposals += set.workDone['proposals'] ?? answer.shots;
    done++;
    over = await turn(done / neighbourhoods);
  }
  const info = record.info(subSolver.solver.name, start.name, done);
  const found = {
    stoppedEarly: done < neighbourhoods,
    // What the sub-solver counts as such, or else its samples.
    workDone: { neighbourhoods: done, proposals },
    info: { ...info },
    cost: clock.cost(),
  };
  return conclude(record.samples(), certificate, found, clock);
}

/** What the search found, and what was proved and found beside it. */
async function conclude(
  searched: readonly Sample[],
  certificate: Certificate | null,
  found: Pick<SampleSet, 'stoppedEarly' | 'workDone' | 'info' | 'cost'>,
  clock: SolveClock,
): Promise<SampleSet> {
  const proof = certificate ? await certificate.conclude() : null;
  const samples = aggregateSamples([...searched, ...(proof?.samples ?? [])]);
  const [best] = samples;
  const energy = best.feasible ? best.energy : null;
  const bound = certificate?.bound() ?? null;
  const set = { ...found, samples, cost: clock.cost() };
  if (proof?.status === 'infeasible') return { ...set, samples: [], lowerBound: null, status: 'infeasible' };
  const closed = isGapClosed(bound, energy);
  const beside = certificate && {
    certificate: {
      solver: 'highs',
      lowerBound: bound,
      energy: proof?.samples.at(0)?.energy ?? null,
      // Whether the best answer is HiGHS's own, not the search's.
      foundBest: !searched.some((sample) => sample.feasible === best.feasible && sample.energy <= best.energy),
    },
  };
  return {
    ...set,
    info: { ...found.info, ...beside },
    stoppedEarly: found.stoppedEarly && !closed,
    lowerBound: bound === null || energy === null ? bound : Math.min(bound, energy),
    status: closed ? 'optimal' : best.feasible ? 'feasible' : 'unknown',
  };
}

/** Null when the call was ended meanwhile: half an answer would not be a prefix of the work. */
async function solvePart(
  { subSolver, subWork: work }: SearchPlan,
  model: Problem,
  seed: number,
  { signal }: SolveOptions,
  clock: SolveClock,
): Promise<SampleSet | null> {
  const left = clock.left();
  const time = left === Number.POSITIVE_INFINITY ? {} : { seconds: Math.max(1e-3, left) };
  const set = await subSolver.solver.solve(model, { seed, work, signal, ...time }).catch((error: unknown) => {
    if (signal?.aborted && error === signal.reason) return null;
    throw error;
  });
  return signal?.aborted || (set?.stoppedEarly && clock.over()) ? null : set;
}

/** Applies accepted answers to the state and writes down what they brought. */
interface SearchRecord {
  take(neighbourhood: number, variables: Int32Array, answer: ReturnType<typeof bestOf>): void;
  energy(): number | null;
  /** The assignments that the search stood at, the start included. */
  samples(): readonly Sample[];
  info(subSolver: string, start: StartName, neighbourhoods: number): HybridInfo;
}

function createRecord(problem: Problem, start: Start, state: CqmState, form: BinaryForm): SearchRecord {
  const sample = (values: ArrayLike<number>): Sample => evaluateSample(problem, form.back(values));
  const energyOf = ({ feasible, energy }: Sample): number | null => (feasible ? energy : null);
  const samples = [sample(start.values)];
  const improvements: HybridImprovement[] = [];
  let keeping = 0;
  let shots = 0;
  const last = (): Sample => samples[samples.length - 1];
  return {
    take(neighbourhood, variables, answer) {
      keeping += answer.keeping;
      shots += answer.shots;
      if (answer.better === null) return;
      for (let k = 0; k < variables.length; k++) {
        if (state.values[variables[k]] !== answer.better[k]) state.flip(variables[k]);
      }
      // Few moves are accepted, so running sums may be fresh after each.
      state.refresh();
      const before = energyOf(last());
      samples.push(sample(state.values));
      improvements.push({ neighbourhood, variables: variables.length, before, after: energyOf(last()) });
    },
    energy: () => energyOf(last()),
    samples: () => samples,
    info(subSolver, start, neighbourhoods) {
      const [startEnergy, energy] = [energyOf(samples[0]), energyOf(last())];
      return {
        subSolver,
        start,
        startEnergy,
        energy,
        improvement: startEnergy === null || energy === null ? null : startEnergy - energy,
        neighbourhoods,
        accepted: improvements.length,
        improvements,
        keepingShare: shots > 0 ? keeping / shots : null,
      };
    },
  };
}
