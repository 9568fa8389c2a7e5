/**
 * All assignments, one flip apart (binary reflected Gray code, Knuth, The Art of Computer Programming 4A, 7.2.1.1,
 * algorithm G by the ruler function): the oracle for everything else.
 *
 * Work: none; it always looks at everything, 2^n states. Limits: 26 BQM variables (about 10 s), CQMs of 22 binaries.
 */
import {
  type BinaryQuadraticModel,
  bqmEnergy,
  bqmFlipDelta,
  type ConstrainedQuadraticModel,
  convertValues,
  createBqm,
  createSampleSet,
  type Platform,
  type Problem,
  rowExcess,
  rowTolerance,
  type SampleSet,
  type Solver,
  toVartype,
} from '@qurriculum/problems';
import { createCqmState } from '../classical/cqm-state.ts';
import { readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';

/** 2^26 flips take some ten seconds; each variable more doubles it. */
const BQM_LIMIT = 26;
/** A flip also updates rows here. */
const CQM_LIMIT = 22;
/** Flips between two looks at the clock: below a millisecond. */
const SLICE = 4096;
/** Running energies are re-evaluated this often, so that float64 rounding cannot add up. */
const REFRESH = 1 << 16;

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
      return problem.type === 'bqm' ? searchBqm(problem, clock) : searchCqm(problem, clock);
    },
  };
  return solver;
}

function refusal(problem: Problem): string | null {
  const size = problem.variables.length;
  if (problem.type === 'bqm') return size <= BQM_LIMIT ? null : `at most ${BQM_LIMIT} variables, this has ${size}`;
  if (problem.variables.some((variable) => variable.kind !== 'BINARY'))
    return 'binary variables only, this has integers';
  return size <= CQM_LIMIT ? null : `at most ${CQM_LIMIT} variables under constraints, this has ${size}`;
}

/** A walk over all assignments: flip(i) makes the next one; energy is null where it is infeasible. */
interface Walk {
  readonly values: Int8Array;
  energy(): number | null;
  flip(i: number): void;
  refresh(): void;
}

async function search(
  size: number,
  walk: Walk,
  clock: SolveClock,
): Promise<{ best: Int8Array | null; states: number }> {
  const total = 2 ** size;
  let best: Int8Array | null = null;
  let bestEnergy = Number.POSITIVE_INFINITY;
  let states = 0;
  const look = (): void => {
    const energy = walk.energy();
    states++;
    if (energy !== null && energy < bestEnergy) {
      bestEnergy = energy;
      best = walk.values.slice();
    }
  };
  look();
  while (states < total) {
    const end = Math.min(total, states + SLICE);
    // State number k is reached by flipping the lowest set bit's position of k.
    while (states < end) {
      walk.flip(31 - Math.clz32(states & -states));
      look();
    }
    if (states % REFRESH === 0) walk.refresh();
    if (await clock.turn(states / total, best ? bestEnergy : null)) break;
  }
  return { best, states };
}

async function searchBqm(problem: BinaryQuadraticModel, clock: SolveClock): Promise<SampleSet> {
  const bqm = toVartype(problem, 'BINARY');
  const values = new Int8Array(bqm.linear.length);
  let energy = bqmEnergy(bqm, values);
  const walk: Walk = {
    values,
    energy: () => energy,
    flip(i) {
      energy += bqmFlipDelta(bqm, values, i);
      values[i] ^= 1;
    },
    refresh() {
      energy = bqmEnergy(bqm, values);
    },
  };
  const { best, states } = await search(values.length, walk, clock);
  const samples = best ? [convertValues(best, 'BINARY', problem.vartype)] : [];
  return conclude(problem, samples, states, clock);
}

async function searchCqm(problem: ConstrainedQuadraticModel, clock: SolveClock): Promise<SampleSet> {
  const state = createCqmState({ ...problem, constraints: problem.constraints.filter(({ quadratic }) => !quadratic) });
  const watched = watchQuadraticRows(problem, state.values);
  const walk: Walk = {
    values: state.values,
    energy: () => (state.brokenRows() === 0 && watched.kept() ? state.energy() : null),
    flip(i) {
      watched.flip(i);
      state.flip(i);
    },
    refresh() {
      state.refresh();
      watched.refresh();
    },
  };
  const { best, states } = await search(state.values.length, walk, clock);
  return conclude(problem, best ? [best] : [], states, clock);
}

/** The left sides of rows with products, kept up by single flips; each row is a small model of its own. */
function watchQuadraticRows(problem: ConstrainedQuadraticModel, values: Int8Array) {
  const rows = problem.constraints.flatMap((row) => {
    if (!row.quadratic) return [];
    const linear = new Float64Array(values.length);
    for (const [k, i] of row.variables.entries()) linear[i] = row.coefficients[k];
    const left = createBqm({ vartype: 'BINARY', variables: values.length, linear, quadratic: row.quadratic });
    return [{ row, left }];
  });
  const activity = Float64Array.from(rows, ({ left }) => bqmEnergy(left, values));
  return {
    kept: () => rows.every(({ row }, r) => rowExcess(row, activity[r]) <= rowTolerance(row)),
    /** To be called before the value changes. */
    flip(i: number): void {
      for (const [r, { left }] of rows.entries()) activity[r] += bqmFlipDelta(left, values, i);
    },
    refresh(): void {
      for (const [r, { left }] of rows.entries()) activity[r] = bqmEnergy(left, values);
    },
  };
}

function conclude(problem: Problem, samples: ArrayLike<number>[], states: number, clock: SolveClock): SampleSet {
  const complete = states === 2 ** problem.variables.length;
  const set = createSampleSet(problem, samples, { stoppedEarly: !complete, workDone: { states }, cost: clock.cost() });
  if (!complete) return set;
  return samples.length > 0
    ? { ...set, status: 'optimal', lowerBound: set.samples[0].energy }
    : { ...set, status: 'infeasible' };
}
