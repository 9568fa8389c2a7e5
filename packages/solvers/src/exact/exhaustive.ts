/**
 * All assignments, in blocks of 2^12 one flip apart (binary reflected Gray code, Knuth, The Art of Computer Programming
 * 4A, 7.2.1.1, by the ruler function): the oracle for everything else. A block whose lowest possible energy does not
 * better the best found, or in which some constraint cannot be kept, is passed over.
 *
 * Work: none; it always looks at everything, 2^n states. Limit: 30 binaries, 10^9 states, a few seconds without
 * constraints and up to minutes with many.
 */
import {
  bqmToCqm,
  type ConstrainedQuadraticModel,
  type Constraint,
  convertValues,
  createSampleSet,
  type Platform,
  type Problem,
  rowTolerance,
  type SampleSet,
  type Solver,
} from '@qurriculum/problems';
import { readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type BlockForm, type BlockShape, blockShape, createBlockForm, type QuadraticForm } from './block-form.ts';

/** Each variable more doubles the time. */
const MOST_VARIABLES = 30;
/** Blocks between two looks at the clock: about a millisecond without constraints. */
const SLICE_BLOCKS = 128;
/** Running sums are evaluated afresh this often, in blocks, so that float64 rounding cannot add up. */
const REFRESH_BLOCKS = 1 << 12;
/** Rounding of sums of some hundred coefficients, relative to their sizes: what a bound must clear to pass a block over. */
const ROUNDING = 1e-12;

/** Exhaustive search for small problems. Proves optimality and infeasibility. */
export function createExhaustiveSolver(platform: Platform): Solver {
  const solver: Solver = {
    name: 'exhaustive',
    version: SOLVERS_VERSION,
    kind: 'exact',
    description: 'Tries every assignment of a small problem.',
    refuses: refusal,
    async solve(problem, options = {}) {
      requireSolvable(solver, problem, options);
      readWork(solver.name, options.work, {});
      const clock = startClock(platform, options);
      const forms = formsOf(problem.type === 'bqm' ? bqmToCqm(problem) : problem);
      const { best, states } = await search(forms, problem.variables.length, clock);
      const vartype = problem.type === 'bqm' ? problem.vartype : 'BINARY';
      return conclude(problem, best ? [convertValues(best, 'BINARY', vartype)] : [], states, clock);
    },
  };
  return solver;
}

function refusal(problem: Problem): string | null {
  const size = problem.variables.length;
  if (problem.type === 'cqm' && problem.variables.some(({ kind }) => kind !== 'BINARY')) {
    return 'binary variables only, this has integers';
  }
  return size <= MOST_VARIABLES ? null : `at most ${MOST_VARIABLES} variables, this has ${size}`;
}

/** A row whose left side must stay between two values, the tolerance of feasibility included. */
interface RowForm {
  readonly form: QuadraticForm;
  readonly lowest: number;
  readonly highest: number;
}

interface Forms {
  readonly objective: QuadraticForm;
  readonly rows: readonly RowForm[];
}

function formsOf({ offset, linear, quadratic, constraints }: ConstrainedQuadraticModel): Forms {
  return {
    objective: { offset, linear, ...quadratic },
    rows: constraints.map((row) => rowForm(row, linear.length)),
  };
}

function rowForm(row: Constraint, size: number): RowForm {
  const linear = new Float64Array(size);
  for (let k = 0; k < row.variables.length; k++) linear[row.variables[k]] = row.coefficients[k];
  const pairs = row.quadratic ?? { first: [], second: [], coefficient: [] };
  const tolerance = rowTolerance(row);
  return {
    form: { offset: 0, linear, ...pairs },
    lowest: row.sense === '<=' ? Number.NEGATIVE_INFINITY : row.rhs - tolerance,
    highest: row.sense === '>=' ? Number.POSITIVE_INFINITY : row.rhs + tolerance,
  };
}

interface Found {
  readonly best: Int8Array | null;
  readonly states: number;
}

async function search({ objective, rows }: Forms, size: number, clock: SolveClock): Promise<Found> {
  const shape = blockShape(size);
  const values = new Int8Array(size);
  const scan = createScan(objective, rows, shape);
  const blocks = 2 ** (size - shape.low);
  let best: Int8Array | null = null;
  let block = 0;
  while (block < blocks) {
    const end = Math.min(blocks, block + SLICE_BLOCKS);
    for (; block < end; block++) {
      if (block > 0) {
        // Block number k is reached by flipping the lowest set bit's position of k.
        const variable = shape.low + 31 - Math.clz32(block & -block);
        scan.flip(variable, values[variable]);
        values[variable] ^= 1;
      }
      if (block % REFRESH_BLOCKS === 0) scan.refresh(values);
      const state = scan.block();
      if (state === null) continue;
      best = values.slice();
      for (let i = 0; i < shape.low; i++) best[i] = (state >> i) & 1;
    }
    if (await clock.turn(block / blocks, best ? scan.bestEnergy() : null)) break;
  }
  return { best, states: block * 2 ** shape.low };
}

interface Scan {
  flip(variable: number, value: number): void;
  refresh(values: ArrayLike<number>): void;
  /** The best state of the block at hand if it betters everything before, as bits of the low variables; else null. */
  block(): number | null;
  bestEnergy(): number;
}

function createScan(objective: QuadraticForm, rows: readonly RowForm[], shape: BlockShape): Scan {
  const energy = createBlockForm(objective, shape);
  const sides = rows.map(({ form, ...limits }) => ({ ...limits, form: createBlockForm(form, shape) }));
  const forms = [energy, ...sides.map(({ form }) => form)];
  const scale = ROUNDING * coefficientSum(objective);
  let best = Number.POSITIVE_INFINITY;
  const mayBeKept = ({ form, lowest, highest }: (typeof sides)[number]): boolean => {
    const [least, most] = form.range();
    // The tolerance in the limits is far above rounding.
    return most >= lowest && least <= highest;
  };
  const kept = (left: number, right: number, state: number): boolean =>
    sides.every(({ form, lowest, highest }) => {
      const side = valueAt(form, left, right, state);
      return side >= lowest && side <= highest;
    });
  return {
    flip(variable, value) {
      for (const form of forms) form.flip(variable, value);
    },
    refresh(values) {
      for (const form of forms) form.refresh(values);
    },
    block() {
      if (energy.range()[0] >= best + scale || !sides.every(mayBeKept)) return null;
      for (const form of forms) form.enterBlock();
      const width = energy.rightSums.length;
      let found: number | null = null;
      for (let left = 0; left < energy.leftSums.length; left++) {
        if (lowestOfRow(energy, left) >= best) continue;
        for (let right = 0; right < width; right++) {
          const state = left * width + right;
          const value = valueAt(energy, left, right, state);
          if (value < best && kept(left, right, state)) [best, found] = [value, state];
        }
      }
      return found;
    },
    bestEnergy: () => best,
  };
}

function valueAt({ leftSums, rightSums, pairs }: BlockForm, left: number, right: number, state: number): number {
  return leftSums[left] + (rightSums[right] + pairs[state]);
}

/** The least value at one state of the left half. Two minima side by side: one alone would wait for itself. */
function lowestOfRow({ leftSums, rightSums, pairs }: BlockForm, left: number): number {
  const width = rightSums.length;
  const start = left * width;
  let even = rightSums[0] + pairs[start];
  let odd = Number.POSITIVE_INFINITY;
  for (let right = 1; right + 1 < width; right += 2) {
    const here = rightSums[right] + pairs[start + right];
    const next = rightSums[right + 1] + pairs[start + right + 1];
    if (here < odd) odd = here;
    if (next < even) even = next;
  }
  if (width > 1) odd = Math.min(odd, rightSums[width - 1] + pairs[start + width - 1]);
  return leftSums[left] + Math.min(even, odd);
}

function coefficientSum({ linear, coefficient }: QuadraticForm): number {
  let sum = 0;
  for (let i = 0; i < linear.length; i++) sum += Math.abs(linear[i]);
  for (let k = 0; k < coefficient.length; k++) sum += Math.abs(coefficient[k]);
  return sum;
}

function conclude(problem: Problem, samples: ArrayLike<number>[], states: number, clock: SolveClock): SampleSet {
  const complete = states === 2 ** problem.variables.length;
  const set = createSampleSet(problem, samples, { stoppedEarly: !complete, workDone: { states }, cost: clock.cost() });
  if (!complete) return set;
  return samples.length > 0
    ? { ...set, status: 'optimal', lowerBound: set.samples[0].energy }
    : { ...set, status: 'infeasible' };
}
