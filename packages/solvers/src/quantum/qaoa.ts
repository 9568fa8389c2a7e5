/**
 * `qaoa`: the quantum approximate optimisation algorithm on our own state-vector simulator, up to 20 qubits.
 *
 * Work: { layers: 3, shots: 1024, iterations: 30 }. Depths 1, 2, ..., `layers` are optimised one after the other with at
 * most `iterations` evaluations of energy and gradient each, and the state is measured `shots` times before the first
 * and after every depth. All measured states are the answer, nothing else is: a deadline leaves out the later depths.
 *
 * A simulator sees the whole diagonal of costs, so that `info` can say what hardware could not: the probability of the
 * optimum and the approximation ratio. The samples never profit from it.
 */
import {
  aggregateSamples,
  evaluateSample,
  type Platform,
  type Problem,
  type Sample,
  type SampleSet,
  type SolveOptions,
  type Solver,
} from '@qurriculum/problems';
import {
  circuitDepth,
  createQaoaObjective,
  isingCoefficients,
  type Measurements,
  measure,
  measureNoisy,
  type Noise,
  optimiseAngles,
  type QaoaAngles,
  type QaoaObjective,
  qaoaCircuit,
  singleLayerStart,
} from '@qurriculum/quantum';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type QubitProblem, qubitRefusal, toQubits } from './qubit-problem.ts';

/** A layer on 20 qubits takes about 6 ms, a whole solve a few seconds; each qubit more doubles both. */
export const MOST_QAOA_QUBITS = 20;

const DEFAULT_WORK = { layers: 3, shots: 1024, iterations: 30 };

/** What the last measured state says about itself. Energies are those of the model on qubits, penalties included. */
export interface QaoaInfo {
  readonly qubits: number;
  /** Layers p of the last measured state. */
  readonly layers: number;
  readonly gammas: readonly number[];
  readonly betas: readonly number[];
  /** <C>. */
  readonly expectation: number;
  /** Probability to measure the best sample's values (for a BQM: its energy) with one shot. */
  readonly probabilityOfBest: number;
  /** The least cost of all states, by looking at them all, and the probability to measure it with one shot. */
  readonly leastCost: number;
  readonly probabilityOfOptimum: number;
  /** (greatest cost - <C>) / (greatest - least): 1 at the optimum. 1 when all costs are equal. */
  readonly approximationRatio: number;
  /** Depth of the circuit in one- and two-qubit gates, and how many of the latter. */
  readonly depth: number;
  readonly twoQubitGates: number;
  /** What was minimised, <C> or its CVaR, at the angles of every depth that was finished, from p = 1. */
  readonly expectationByDepth: readonly number[];
}

/** Depolarised shots are simulated one by one. */
const MOST_NOISY_QUBITS = 12;

export interface QaoaSolverOptions {
  /** Share of the best measurements whose mean cost is minimised (CVaR), above 0, at most 1. Default 1: all, <C>. */
  readonly cvar?: number;
  /** Where each further depth starts: from the last one's angles, or from a fixed ramp. Default 'interpolation'. */
  readonly start?: 'interpolation' | 'ramp';
  /** Noise of the shots, up to 12 qubits. What `info` states stays that of the ideal state. Default none. */
  readonly noise?: Noise;
}

/** The simulated QAOA as a solver. */
export function createQaoaSolver(platform: Platform, settings: QaoaSolverOptions = {}): Solver {
  const mostQubits = settings.noise ? MOST_NOISY_QUBITS : MOST_QAOA_QUBITS;
  const solver: Solver = {
    name: 'qaoa',
    version: SOLVERS_VERSION,
    kind: 'quantum-simulated',
    description: `Simulates a quantum computer that runs QAOA; small problems only (up to ${mostQubits} qubits).`,
    refuses: (problem) => qubitRefusal(problem, mostQubits),
    async solve(problem, options = {}) {
      requireSolvable(solver, problem, options);
      const work = readWork(solver.name, options.work, DEFAULT_WORK);
      return run(problem, work, options, startClock(platform, options), settings);
    },
  };
  return solver;
}

async function run(
  problem: Problem,
  work: typeof DEFAULT_WORK,
  options: SolveOptions,
  clock: SolveClock,
  { cvar, start, noise }: QaoaSolverOptions,
): Promise<SampleSet> {
  const qubits = toQubits(problem);
  const ising = isingCoefficients(qubits.bqm);
  const objective = createQaoaObjective(qubits.costs, { cvar });
  const random = createRandom(mixSeed(options.seed ?? 0, 'qaoa'));
  const shots = createShots(problem, qubits, objective, work.shots, random, noise);
  let angles = singleLayerStart(ising);
  let evaluations = 0;
  const expectationByDepth: number[] = [];
  shots.measure(angles);
  let over = await clock.turn(0, shots.bestEnergy());
  const search = optimiseAngles(objective, ising, { layers: work.layers, iterations: work.iterations, start });
  const mostEvaluations = work.layers * work.iterations;
  while (!over) {
    const step = search.next();
    if (step.done) break;
    evaluations = step.value.evaluations;
    if (step.value.finished) {
      angles = step.value.angles;
      expectationByDepth.push(step.value.energy);
      shots.measure(angles);
    }
    const finishedAll = expectationByDepth.length === work.layers;
    const fraction = finishedAll ? 1 : Math.min(evaluations / mostEvaluations, 0.99);
    over = (await clock.turn(fraction, shots.bestEnergy())) && !finishedAll;
  }
  const samples = aggregateSamples(shots.samples);
  return {
    samples,
    lowerBound: null,
    status: samples[0].feasible ? 'feasible' : 'unknown',
    stoppedEarly: expectationByDepth.length < work.layers,
    workDone: { layers: expectationByDepth.length, shots: shots.taken(), iterations: evaluations },
    cost: clock.cost(),
    info: { ...describe(problem, qubits, objective, angles, samples[0], expectationByDepth) },
  };
}

/** Measures states and keeps what was seen. */
interface Shots {
  readonly samples: Sample[];
  measure(angles: QaoaAngles): void;
  taken(): number;
  bestEnergy(): number | null;
}

function createShots(
  problem: Problem,
  qubits: QubitProblem,
  objective: QaoaObjective,
  shots: number,
  random: Random,
  noise: Noise | undefined,
): Shots {
  const samples: Sample[] = [];
  let best = Number.POSITIVE_INFINITY;
  let rounds = 0;
  function draw(angles: QaoaAngles, own: Random): Measurements {
    if (noise) return measureNoisy(qaoaCircuit(qubits.bqm, angles), shots, noise, own).measurements;
    objective.energy(angles);
    return measure(objective.state(), shots, own);
  }
  return {
    samples,
    measure(angles) {
      // Forked: the shots at a depth are the same whatever was measured before.
      const { states, counts } = draw(angles, random.fork(rounds++));
      for (const [k, state] of states.entries()) {
        const sample = evaluateSample(problem, qubits.values(state), counts[k]);
        samples.push(sample);
        if (sample.feasible) best = Math.min(best, sample.energy);
      }
    },
    taken: () => rounds * shots,
    bestEnergy: () => (best < Number.POSITIVE_INFINITY ? best : null),
  };
}

/** Costs that differ by rounding only count as equal. */
const COST_TOLERANCE = 1e-9;

function describe(
  problem: Problem,
  qubits: QubitProblem,
  objective: QaoaObjective,
  angles: QaoaAngles,
  best: Sample,
  expectationByDepth: readonly number[],
): QaoaInfo {
  const { bqm, costs } = qubits;
  const expectation = objective.energy(angles);
  const { re, im } = objective.state();
  const [least, greatest] = range(costs);
  const tolerance = COST_TOLERANCE * Math.max(1, Math.abs(least), Math.abs(greatest));
  const isBest = recogniseBest(problem, qubits, best, tolerance);
  let probabilityOfBest = 0;
  let probabilityOfOptimum = 0;
  for (let x = 0; x < costs.length; x++) {
    const probability = re[x] * re[x] + im[x] * im[x];
    if (isBest(x)) probabilityOfBest += probability;
    if (costs[x] <= least + tolerance) probabilityOfOptimum += probability;
  }
  const circuit = qaoaCircuit(bqm, angles);
  return {
    qubits: objective.qubits,
    layers: angles.gammas.length,
    gammas: angles.gammas,
    betas: angles.betas,
    expectation,
    probabilityOfBest,
    leastCost: least,
    probabilityOfOptimum,
    approximationRatio: greatest - least > tolerance ? (greatest - expectation) / (greatest - least) : 1,
    depth: circuitDepth(circuit),
    twoQubitGates: circuit.operations.filter((operation) => operation.qubits.length === 2).length,
    expectationByDepth,
  };
}

/** Whether a basis state is as good as the best sample (BQM), or has its values whatever the slack (CQM). */
function recogniseBest(
  problem: Problem,
  { costs, ownQubits, values }: QubitProblem,
  best: Sample,
  tolerance: number,
): (state: number) => boolean {
  if (problem.type === 'bqm') return (x) => costs[x] <= best.energy + tolerance;
  const ownStates = 2 ** ownQubits;
  const equal = new Uint8Array(ownStates);
  for (let x = 0; x < ownStates; x++) if (sameValues(values(x), best.values)) equal[x] = 1;
  return (x) => equal[x % ownStates] === 1;
}

function sameValues(a: Int32Array, b: Int32Array): boolean {
  return a.every((value, i) => value === b[i]);
}

function range(values: Float64Array): [least: number, greatest: number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
