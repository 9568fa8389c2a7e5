/**
 * `hybrid`: improves an assignment by solving small neighbourhoods, at most 16 variables each, with a quantum (or any
 * other) sub-solver: choose connected variables, clamp the rest, keep the best measured assignment that breaks no row
 * and lowers the energy. BQMs, and CQMs of binaries with linear rows.
 *
 * Work: { neighbourhoods: 60, qubits: 10 } and the sub-solver's own keys, for one neighbourhood; with QAOA
 * { layers: 2, shots: 64, iterations: 4 }. It starts from the best of `initial`, repaired if it breaks rows, else from
 * a greedy fill. The answer is never worse than its start; `info` says how much of it the sub-solver contributed.
 */
import {
  aggregateSamples,
  type BinaryQuadraticModel,
  binary,
  type ConstrainedQuadraticModel,
  convertValues,
  createCqm,
  evaluateSample,
  type Platform,
  type Problem,
  ProblemError,
  type Sample,
  type SampleSet,
  type SolveOptions,
  type Solver,
  toVartype,
} from '@qurriculum/problems';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { createRepair } from '../classical/cqm-repair.ts';
import { type CqmState, createCqmState } from '../classical/cqm-state.ts';
import { readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { createNeighbourhoodChooser } from './neighbourhood.ts';
import { bestOf, createSubSolver, type SubSolver, type SubSolverName, subModel } from './sub-solver.ts';
import { createSubproblem } from './subproblem.ts';

/** 2^16 amplitudes: a neighbourhood still takes tens of milliseconds. */
const MOST_QUBITS = 16;
/** About 2 ms a neighbourhood of 10 with QAOA: all of it well under 300 ms. */
const DEFAULT_WORK = { neighbourhoods: 60, qubits: 10 };
/** Flips per variable that the way to a feasible start may take. */
const REPAIR_FLIPS = 50;

export interface HybridOptions {
  /** 'qaoa' (default), one to compare it with, or any solver with its work for one neighbourhood. */
  readonly subSolver?: SubSolverName | SubSolver;
}

/** What the sub-solver contributed. Energies are null while rows are broken. */
export interface HybridInfo {
  readonly subSolver: string;
  readonly start: 'initial' | 'greedy';
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
      return search(problem, subSolver, work, solveOptions, startClock(platform, solveOptions));
    },
  };
  return solver;
}

function refusal(problem: Problem): string | null {
  if (problem.variables.length === 0) return 'at least 1 variable, this has none';
  if (problem.type === 'bqm') return null;
  const other = problem.variables.find((variable) => variable.kind !== 'BINARY');
  return other ? `binary variables only, "${other.name}" is an integer` : null;
}

type Work = typeof DEFAULT_WORK & Readonly<Record<string, number>>;

async function search(
  problem: Problem,
  subSolver: SubSolver,
  work: Work,
  options: SolveOptions,
  clock: SolveClock,
): Promise<SampleSet> {
  const seed = options.seed ?? 0;
  const state = createCqmState(asConstrained(problem));
  const random = createRandom(mixSeed(seed, 'hybrid'));
  const start = begin(problem, state, options.initial ?? [], random.fork('start'));
  const chooser = createNeighbourhoodChooser(state, random.fork('neighbourhoods'));
  const record = createRecord(problem, state);
  const { neighbourhoods, qubits, ...subWork } = work;
  const begun = clock.elapsed();
  let done = 0;
  let over = await clock.turn(0, record.energy());
  while (done < neighbourhoods && !over) {
    // One that could not end in time is not begun.
    if (done > 0 && clock.left() < (clock.elapsed() - begun) / done) break;
    const subproblem = createSubproblem(state, chooser.next(qubits));
    const set = await solvePart(subSolver, subproblem, subWork, mixSeed(seed, 'hybrid', done), options);
    if (set === null) break;
    record.take(done, subproblem.variables, bestOf(set, subproblem));
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
  subproblem: ReturnType<typeof createSubproblem>,
  work: Readonly<Record<string, number>>,
  seed: number,
  { signal }: SolveOptions,
): Promise<SampleSet | null> {
  const model = subModel(subSolver, subproblem);
  const set = await subSolver.solver.solve(model, { seed, work, signal }).catch((error: unknown) => {
    if (signal?.aborted && error === signal.reason) return null;
    throw error;
  });
  return signal?.aborted ? null : set;
}

/** A BQM is a model of binaries without rows. */
function asConstrained(problem: Problem): ConstrainedQuadraticModel {
  if (problem.type === 'cqm') return problem;
  const bqm = toVartype(problem, 'BINARY');
  return createCqm({
    variables: bqm.variables.map((name) => binary(name)),
    linear: bqm.linear,
    quadratic: upperPairs(bqm),
    offset: bqm.offset,
  });
}

function upperPairs({ rowStart, neighbour, bias }: BinaryQuadraticModel) {
  const [first, second, coefficient]: number[][] = [[], [], []];
  for (let i = 0; i + 1 < rowStart.length; i++) {
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      if (neighbour[e] <= i) continue;
      first.push(i);
      second.push(neighbour[e]);
      coefficient.push(bias[e]);
    }
  }
  return { first, second, coefficient };
}

/** Loads the best of the starting points, or fills greedily from nothing; repaired as far as that goes. */
function begin(problem: Problem, state: CqmState, initial: readonly Int32Array[], random: Random): HybridInfo['start'] {
  const repair = createRepair(state);
  const vartype = problem.type === 'bqm' ? problem.vartype : 'BINARY';
  const [best] = aggregateSamples(initial.map((values) => evaluateSample(problem, values)));
  if (best) state.load(convertValues(best.values, vartype, 'BINARY'));
  const feasible = repair.run(random, REPAIR_FLIPS * state.values.length);
  if (!best && feasible) repair.fill(random, 0);
  state.refresh();
  return best ? 'initial' : 'greedy';
}

/** Applies accepted answers to the state and writes down what they brought. */
interface HybridRecord {
  take(neighbourhood: number, variables: Int32Array, answer: ReturnType<typeof bestOf>): void;
  energy(): number | null;
  /** The assignments that the search stood at, the start included. */
  samples(): readonly Sample[];
  info(subSolver: string, start: HybridInfo['start'], neighbourhoods: number): HybridInfo;
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
