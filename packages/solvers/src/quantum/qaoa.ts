/**
 * `qaoa`: the quantum approximate optimisation algorithm on our own state-vector simulator, up to 20 qubits.
 *
 * Work: { layers: 3, shots: 1024, iterations: 30 }. Depths 1, 2, ..., `layers` follow one after the other with at most
 * `layers * iterations` evaluations of energy and gradient in all (`start` says how they are shared), and the state is
 * measured `shots` times before the first and after every depth. All measured states are the answer, nothing else is: a
 * deadline leaves out the later depths, and one that falls before the first measurement leaves no sample.
 *
 * `initial`: the first one is a warm start (Egger et al. 2021) for models without constraints up to 16 variables.
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
  type AngleSearchStart,
  type Measurements,
  measure,
  measureNoisy,
  type Noise,
  optimiseAnglesInSteps,
  type QaoaAngles,
} from '@qurriculum/quantum';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { encode, encodingRefusal, type QaoaEncoding } from './qaoa-encoding.ts';
import { describeState } from './qaoa-info.ts';

/** A layer on 20 qubits takes about 6 ms, a whole solve a few seconds; each qubit more doubles both. */
export const MOST_QAOA_QUBITS = 20;

const DEFAULT_WORK = { layers: 3, shots: 1024, iterations: 30 };

/** Depolarised shots are simulated one by one. */
const MOST_NOISY_QUBITS = 12;

export interface QaoaSolverOptions {
  /** Share of the best measurements whose mean cost is minimised (CVaR), above 0, at most 1. Default 1: all, <C>. */
  readonly cvar?: number;
  /**
   * Where depths start. 'fixed' (default): from a table of angles, so that only the last depth is optimised.
   * 'interpolation' (default for one-hot rows and warm starts, which have no table): from the optimum of the depth before.
   * 'ramp': from a linear ramp.
   */
  readonly start?: AngleSearchStart;
  /** Noise of the shots, up to 12 qubits. What `info` states stays that of the ideal state. Default none. */
  readonly noise?: Noise;
  /**
   * 'auto' (default): in constrained models that say "exactly one of these", an XY mixer keeps these rows, up to 65,536
   * choices and without noise; other rows become penalties. 'x': all rows become penalties, with slack.
   */
  readonly mixer?: 'auto' | 'x';
  /** 'float32' searches for angles at about half the time; all that is reported stays float64. Default 'float64'. */
  readonly searchPrecision?: 'float64' | 'float32';
}

/** The simulated QAOA as a solver. */
export function createQaoaSolver(platform: Platform, settings: QaoaSolverOptions = {}): Solver {
  const { noise, cvar, searchPrecision = 'float64' } = settings;
  const mostQubits = noise ? MOST_NOISY_QUBITS : MOST_QAOA_QUBITS;
  const encoding = {
    mostQubits,
    cvar,
    searchPrecision,
    mixer: noise ? 'x' : (settings.mixer ?? 'auto'),
    threads: 1,
  } as const;
  const solver: Solver = {
    name: 'qaoa',
    version: SOLVERS_VERSION,
    kind: 'quantum-simulated',
    description: `Simulates a quantum computer that runs QAOA; small problems only (up to ${mostQubits} qubits).`,
    refuses: (problem) => encodingRefusal(problem, encoding),
    async solve(problem, options = {}) {
      requireSolvable(solver, problem, options);
      const work = readWork(solver.name, options.work, DEFAULT_WORK);
      const clock = startClock(platform, options);
      const encoded = await encode(
        problem,
        platform,
        { ...encoding, threads: options.threads ?? 1, initial: options.initial?.[0] },
        () => clock.turn(0, null),
      );
      if (!encoded) return unmeasured(clock);
      try {
        return await run(problem, encoded, work, options, clock, settings);
      } finally {
        await encoded.close();
      }
    },
  };
  return solver;
}

/** Time was up before there was a state to measure. */
function unmeasured(clock: SolveClock): SampleSet {
  const workDone = { layers: 0, shots: 0, iterations: 0 };
  return {
    samples: [],
    lowerBound: null,
    status: 'unknown',
    stoppedEarly: true,
    workDone,
    cost: clock.cost(),
    info: {},
  };
}

async function run(
  problem: Problem,
  encoding: QaoaEncoding,
  work: typeof DEFAULT_WORK,
  options: SolveOptions,
  clock: SolveClock,
  settings: QaoaSolverOptions,
): Promise<SampleSet> {
  const { objective, search } = encoding;
  const random = createRandom(mixSeed(options.seed ?? 0, 'qaoa'));
  const shots = createShots(problem, encoding, work.shots, random, settings.noise);
  let angles = encoding.start.first;
  let evaluations = 0;
  const expectationByDepth: number[] = [];
  shots.measure(angles);
  let over = await clock.turn(0, shots.bestEnergy());
  const steps = optimiseAnglesInSteps(search, encoding.start, { ...work, start: settings.start });
  const mostEvaluations = work.layers * work.iterations;
  while (!over) {
    const step = steps.next();
    if (step.done) break;
    if (step.value === undefined) {
      over = await clock.turn(0, shots.bestEnergy());
      continue;
    }
    evaluations = step.value.evaluations;
    if (step.value.finished) {
      angles = step.value.angles;
      expectationByDepth.push(search === objective ? step.value.energy : objective.gradient(angles).energy);
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
    info: { ...describeState(problem, encoding, angles, samples[0], expectationByDepth) },
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
  { objective, circuit, values }: QaoaEncoding,
  shots: number,
  random: Random,
  noise: Noise | undefined,
): Shots {
  const samples: Sample[] = [];
  let best = Number.POSITIVE_INFINITY;
  let rounds = 0;
  function draw(angles: QaoaAngles, own: Random): Measurements {
    const noisy = noise && circuit(angles);
    if (noisy) return measureNoisy(noisy, shots, noise, own).measurements;
    objective.energy(angles);
    return measure(objective.state(), shots, own);
  }
  return {
    samples,
    measure(angles) {
      // Forked: the shots at a depth are the same whatever was measured before.
      const { states, counts } = draw(angles, random.fork(rounds++));
      for (const [k, state] of states.entries()) {
        const sample = evaluateSample(problem, values(state), counts[k]);
        samples.push(sample);
        if (sample.feasible) best = Math.min(best, sample.energy);
      }
    },
    taken: () => rounds * shots,
    bestEnergy: () => (best < Number.POSITIVE_INFINITY ? best : null),
  };
}
