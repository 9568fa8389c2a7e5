/**
 * `recursive-qaoa`: Bravyi, Kliesch, Koenig & Tang 2020, "Obstacles to variational quantum optimization from symmetry
 * protection" (Phys. Rev. Lett. 125, 260505). The p = 1 state of the model at its best angles tells which <Z_i Z_j> or
 * <Z_i> is largest in size; the spins are tied by its sign, the model loses one, and so on until few are left, which are
 * enumerated. At p = 1 all averages have a closed form, so that no state vector limits the size.
 *
 * Work: { reads: 4, cutoff: 12, gridPoints: 16 }. The first read is the algorithm as published, ties broken by the seed;
 * each further one draws among the CANDIDATES largest averages (ours, to have more than one answer). A first sample
 * comes from descent alone, so that there is an answer at once; a read that a deadline cuts gives none.
 */
import {
  aggregateSamples,
  type BinaryQuadraticModel,
  cqmToBqm,
  createBqm,
  evaluateSample,
  type Platform,
  type Problem,
  type Sample,
  type SampleSet,
  type SolveOptions,
  type Solver,
} from '@qurriculum/problems';
import {
  costDiagonal,
  type IsingCoefficients,
  isingCoefficients,
  singleLayerCorrelations,
  singleLayerStart,
  stateValues,
} from '@qurriculum/quantum';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type Elimination, eliminate, type ReducedIsing, restore, wholeIsing } from './elimination.ts';
import { qubitRefusal } from './qubit-problem.ts';

/** A dense model of 100 spins takes about 20 ms a step; the work of a read grows like the fourth power. */
export const MOST_RECURSIVE_QUBITS = 100;
/** Spins that can still be enumerated: 2^20 energies are 8 MiB. */
const MOST_CUTOFF = 20;
/** How many of the largest averages a later read draws from. */
const CANDIDATES = 3;

const DEFAULT_WORK = { reads: 4, cutoff: 12, gridPoints: 16 };

/** The recursive QAOA as a solver. */
export function createRecursiveQaoaSolver(platform: Platform): Solver {
  const solver: Solver = {
    name: 'recursive-qaoa',
    version: SOLVERS_VERSION,
    kind: 'quantum-simulated',
    description: `Ties variables together by what a shallow QAOA circuit would measure (up to ${MOST_RECURSIVE_QUBITS}).`,
    refuses: (problem) => qubitRefusal(problem, MOST_RECURSIVE_QUBITS),
    async solve(problem, options = {}) {
      requireSolvable(solver, problem, options);
      const work = readWork(solver.name, options.work, DEFAULT_WORK);
      return run(
        problem,
        { ...work, cutoff: Math.min(work.cutoff, MOST_CUTOFF) },
        options,
        startClock(platform, options),
      );
    },
  };
  return solver;
}

/** The problem in spins: Z = +1 is bit 0, as in `isingCoefficients`. */
interface SpinProblem {
  readonly ising: IsingCoefficients;
  sample(spins: Int32Array): Sample;
}

function toSpins(problem: Problem): SpinProblem {
  const converted = problem.type === 'cqm' ? cqmToBqm(problem) : null;
  const bqm: BinaryQuadraticModel = converted ? converted.bqm : (problem as BinaryQuadraticModel);
  return {
    ising: isingCoefficients(bqm),
    sample(spins) {
      const values = bqm.vartype === 'BINARY' ? spins.map((z) => (1 - z) / 2) : spins;
      return evaluateSample(problem, converted ? converted.invert(values) : values.slice(), 1);
    },
  };
}

async function run(
  problem: Problem,
  work: typeof DEFAULT_WORK,
  options: SolveOptions,
  clock: SolveClock,
): Promise<SampleSet> {
  const spins = toSpins(problem);
  const random = createRandom(mixSeed(options.seed ?? 0, 'recursive-qaoa'));
  const samples: Sample[] = [spins.sample(descend(spins.ising))];
  const best = (): number | null => {
    const energies = samples.filter(({ feasible }) => feasible).map(({ energy }) => energy);
    return energies.length > 0 ? Math.min(...energies) : null;
  };
  const eliminations: number[] = [];
  let reads = 0;
  let over = await clock.turn(0, best());
  while (!over && reads < work.reads) {
    const read = await recurse(spins.ising, work, reads, random.fork(reads), async (fraction) => {
      over = await clock.turn(Math.min(0.99, (reads + fraction) / work.reads), best());
      return over;
    });
    if (!read) break;
    samples.push(spins.sample(read.values));
    eliminations.push(read.eliminations);
    reads++;
    over = await clock.turn(reads / work.reads, best());
  }
  const all = aggregateSamples(samples);
  return {
    samples: all,
    lowerBound: null,
    status: all[0].feasible ? 'feasible' : 'unknown',
    stoppedEarly: reads < work.reads,
    workDone: { reads, cutoff: work.cutoff, gridPoints: work.gridPoints },
    cost: clock.cost(),
    info: { qubits: spins.ising.fields.length, layers: 1, eliminations },
  };
}

/** One read: all spins, or null where `turn` says that time is up. */
async function recurse(
  ising: IsingCoefficients,
  { cutoff, gridPoints }: typeof DEFAULT_WORK,
  read: number,
  random: Random,
  turn: (fraction: number) => Promise<boolean>,
): Promise<{ readonly values: Int32Array; readonly eliminations: number } | null> {
  let reduced = wholeIsing(ising);
  const eliminations: Elimination[] = [];
  const size = ising.fields.length;
  while (reduced.spins.length > cutoff) {
    const chosen = choose(reduced, gridPoints, read === 0 ? 1 : CANDIDATES, random);
    eliminations.push(chosen);
    reduced = eliminate(reduced, chosen);
    if (await turn(eliminations.length / (size - cutoff))) return null;
  }
  const values = new Int32Array(size);
  const rest = enumerate(reduced.ising);
  for (const [k, spin] of reduced.spins.entries()) values[spin] = rest[k];
  restore(values, eliminations);
  return { values, eliminations: eliminations.length };
}

/** Averages closer than this to each other count as equal: rounding must not decide between symmetric spins. */
const EQUAL = 1e-9;

/** The strongest average, or one of the strongest, as an elimination. */
function choose({ spins, ising }: ReducedIsing, gridPoints: number, candidates: number, random: Random): Elimination {
  const { gammas, betas } = singleLayerStart(ising, gridPoints);
  const averages = singleLayerCorrelations(ising, gammas[0], betas[0]);
  const options: { readonly average: number; readonly elimination: Elimination }[] = [];
  const offer = (average: number, spin: number, other: number | null): void => {
    options.push({ average: Math.abs(average), elimination: { spin, sign: average < 0 ? -1 : 1, other } });
  };
  for (const [k, average] of averages.spins.entries()) if (ising.fields[k] !== 0) offer(average, spins[k], null);
  for (const [k, { first, second }] of ising.couplings.entries()) offer(averages.pairs[k], spins[second], spins[first]);
  // Nothing is left that matters: any value will do.
  if (options.length === 0) return { spin: spins[0], sign: 1, other: null };
  options.sort((a, b) => b.average - a.average);
  const threshold = options[Math.min(candidates, options.length) - 1].average - EQUAL;
  return random.pick(options.filter(({ average }) => average >= threshold)).elimination;
}

/** The best spins of a small model, by looking at all. */
function enumerate({ fields, couplings, offset }: IsingCoefficients): Int32Array {
  if (fields.length === 0) return new Int32Array(0);
  const model = createBqm({
    vartype: 'SPIN',
    variables: fields.length,
    linear: fields,
    quadratic: couplings.map(({ first, second, value }) => [first, second, value] as const),
    offset,
  });
  const costs = costDiagonal(model);
  let best = 0;
  for (let x = 1; x < costs.length; x++) if (costs[x] < costs[best]) best = x;
  return stateValues(model, best);
}

/** From all spins up, flips whatever lowers the energy, until nothing does. */
function descend({ fields, couplings }: IsingCoefficients): Int32Array {
  const values = new Int32Array(fields.length).fill(1);
  const force = Float64Array.from(fields);
  const neighbours: { readonly spin: number; readonly value: number }[][] = Array.from(fields, () => []);
  for (const { first, second, value } of couplings) {
    neighbours[first].push({ spin: second, value });
    neighbours[second].push({ spin: first, value });
    force[first] += value;
    force[second] += value;
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < values.length; i++) {
      if (values[i] * force[i] <= EQUAL) continue;
      values[i] = -values[i];
      for (const { spin, value } of neighbours[i]) force[spin] += 2 * value * values[i];
      changed = true;
    }
  }
  return values;
}
