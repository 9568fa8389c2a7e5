/**
 * `hybrid`: improves an assignment by solving small neighbourhoods, at most 16 variables each, with a quantum (or any
 * other) sub-solver: choose connected variables, clamp the rest, keep the best measured assignment that breaks no row
 * and lowers the energy. BQMs, and CQMs of binaries with linear rows.
 *
 * Work: { neighbourhoods: 60, qubits: 10 } and the sub-solver's own keys, for one neighbourhood; with QAOA
 * { layers: 2, shots: 64, iterations: 4 }. It starts from the best of `initial`, a greedy fill and two short
 * annealing reads. The answer is never worse than that; `info` says how much of it the sub-solver contributed.
 */
import {
  aggregateSamples,
  convertValues,
  evaluateSample,
  linearRowsRefusal,
  type Platform,
  type Problem,
  ProblemError,
  type Sample,
  type SampleSet,
  type SolveOptions,
  type Solver,
} from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { type CqmState, createCqmState } from '../classical/cqm-state.ts';
import { readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { asConstrained } from './as-constrained.ts';
import { createNeighbourhoodChooser } from './neighbourhood.ts';
import { createPenaltyStrength } from './penalty-strength.ts';
import { chooseStart, type StartName } from './start.ts';
import { bestOf, createSubSolver, type SubSolver, type SubSolverName, subModel } from './sub-solver.ts';
import { createSubproblem } from './subproblem.ts';

/** 2^16 amplitudes: a neighbourhood still takes tens of milliseconds. */
const MOST_QUBITS = 16;
/** About 2 ms a neighbourhood of 10 with QAOA: all of it well under 300 ms. */
const DEFAULT_WORK = { neighbourhoods: 60, qubits: 10 };

export interface HybridOptions {
  /** 'qaoa' (default), one to compare it with, or any solver with its work for one neighbourhood. */
  readonly subSolver?: SubSolverName | SubSolver;
  /**
   * What it starts from when that is better than `initial`: 'anneal' (default), two short annealing reads, or 'greedy'
   * alone, which leaves the sub-solver more to do: for comparing sub-solvers.
   */
  readonly start?: 'anneal' | 'greedy';
}

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

/** The hybrid as a solver: 'hybrid' with QAOA, 'hybrid-NAME' with another sub-solver. */
export function createHybridSolver(platform: Platform, options: HybridOptions = {}): Solver {
  const choice = options.subSolver ?? 'qaoa';
  const subSolver = typeof choice === 'string' ? createSubSolver(platform, choice) : choice;
  const solver: Solver = {
    name: choice === 'qaoa' ? 'hybrid' : `hybrid-${typeof choice === 'string' ? choice : choice.solver.name}`,
    version: SOLVERS_VERSION,
    kind: 'hybrid',
    description: `Improves a good start piece by piece; ${subSolver.solver.name} solves the pieces.`,
    refuses: refusal,
    async solve(problem, solveOptions = {}) {
      requireSolvable(solver, problem, solveOptions);
      const work = readWork(solver.name, solveOptions.work, { ...DEFAULT_WORK, ...subSolver.work });
      if (work.qubits > MOST_QUBITS) {
        throw new ProblemError(
          'BAD_SIZE',
          `${solver.name}: expected at most ${MOST_QUBITS} qubits a neighbourhood, got ${work.qubits}; lower it.`,
        );
      }
      return search(
        problem,
        { subSolver, mayAnneal: options.start !== 'greedy' },
        work,
        solveOptions,
        startClock(platform, solveOptions),
      );
    },
  };
  return solver;
}

function refusal(problem: Problem): string | null {
  if (problem.variables.length === 0) return 'at least 1 variable, this has none';
  if (problem.type === 'bqm') return null;
  const other = problem.variables.find((variable) => variable.kind !== 'BINARY');
  return other ? `binary variables only, "${other.name}" is an integer` : linearRowsRefusal(problem);
}

type Work = typeof DEFAULT_WORK & Readonly<Record<string, number>>;

async function search(
  problem: Problem,
  { subSolver, mayAnneal }: { readonly subSolver: SubSolver; readonly mayAnneal: boolean },
  work: Work,
  options: SolveOptions,
  clock: SolveClock,
): Promise<SampleSet> {
  const seed = options.seed ?? 0;
  const vartype = problem.type === 'bqm' ? problem.vartype : 'BINARY';
  const constrained = asConstrained(problem);
  const state = createCqmState(constrained);
  const random = createRandom(mixSeed(seed, 'hybrid'));
  const start = chooseStart(constrained, state, {
    initial: (options.initial ?? []).map((values) => convertValues(values, vartype, 'BINARY')),
    anneal: mayAnneal,
    seed: mixSeed(seed, 'hybrid', 'start'),
  });
  const chooser = createNeighbourhoodChooser(state, random.fork('neighbourhoods'));
  const strength = createPenaltyStrength();
  const record = createRecord(problem, state);
  const { neighbourhoods, qubits, ...subWork } = work;
  const begun = clock.elapsed();
  let done = 0;
  let over = await clock.turn(0, record.energy());
  while (done < neighbourhoods && !over) {
    // One that could not end in time is not begun.
    if (done > 0 && clock.left() < (clock.elapsed() - begun) / done) break;
    const subproblem = createSubproblem(state, chooser.next(qubits));
    const model = subModel(subSolver, subproblem, strength.value());
    const set = await solvePart(subSolver, model, subWork, mixSeed(seed, 'hybrid', done), options);
    if (set === null) break;
    const answer = bestOf(set, subproblem);
    if (subproblem.hasRows) strength.observe(answer.keeping, answer.shots);
    record.take(done, subproblem.variables, answer);
    done++;
    over = await clock.turn(done / neighbourhoods, record.energy());
  }
  const samples = aggregateSamples(record.samples());
  return {
    samples,
    lowerBound: null,
    status: samples[0].feasible ? 'feasible' : 'unknown',
    stoppedEarly: done < neighbourhoods,
    workDone: { neighbourhoods: done },
    cost: clock.cost(),
    info: { ...record.info(subSolver.solver.name, start, done) },
  };
}

/** Null when the call was cancelled meanwhile: half an answer would not be a prefix of the work. */
async function solvePart(
  subSolver: SubSolver,
  model: Problem,
  work: Readonly<Record<string, number>>,
  seed: number,
  { signal }: SolveOptions,
): Promise<SampleSet | null> {
  const set = await subSolver.solver.solve(model, { seed, work, signal }).catch((error: unknown) => {
    if (signal?.aborted && error === signal.reason) return null;
    throw error;
  });
  return signal?.aborted ? null : set;
}

/** Applies accepted answers to the state and writes down what they brought. */
interface HybridRecord {
  take(neighbourhood: number, variables: Int32Array, answer: ReturnType<typeof bestOf>): void;
  energy(): number | null;
  /** The assignments that the search stood at, the start included. */
  samples(): readonly Sample[];
  info(subSolver: string, start: StartName, neighbourhoods: number): HybridInfo;
}

function createRecord(problem: Problem, state: CqmState): HybridRecord {
  const vartype = problem.type === 'bqm' ? problem.vartype : 'BINARY';
  const sample = (): Sample => evaluateSample(problem, convertValues(state.values, 'BINARY', vartype));
  const energyOf = ({ feasible, energy }: Sample): number | null => (feasible ? energy : null);
  const samples = [sample()];
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
      samples.push(sample());
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
