/**
 * Annealing with swap moves on a binary constrained quadratic model: the native search of path plans. Rows stay feasible
 * throughout (capacities are checked, never penalised: slack bits with single flips end 20 to 90 % off).
 * Moves: add, drop, one for one, two for one; Kirkpatrick, Gelatt & Vecchi 1983, geometric cooling.
 */
import { type ConstrainedQuadraticModel, linearRowsRefusal, ProblemError } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';

export interface SearchOptions {
  /** Passes of one proposal per variable. */
  readonly sweeps: number;
  readonly random: Random;
  /** Group of each variable (its session): most swaps stay inside one, where the capacities are. Default: one group. */
  readonly groups?: ArrayLike<number>;
  /** A feasible start; default: nothing chosen. */
  readonly initial?: ArrayLike<number>;
  /** Asked once per sweep; true ends the search with the best so far. */
  readonly stop?: () => boolean;
}

export interface SearchResult {
  readonly values: Int32Array;
  readonly energy: number;
  readonly sweeps: number;
}

interface Search {
  readonly n: number;
  readonly coupling: Float64Array;
  readonly rowStart: Int32Array;
  readonly rowOf: Int32Array;
  readonly rowCoefficient: Float64Array;
  readonly capacity: Float64Array;
  readonly value: Int32Array;
  /** Energy change of setting a variable from 0 to 1 now. */
  readonly field: Float64Array;
  readonly activity: Float64Array;
  readonly group: Int32Array;
  /** The chosen variables in any order, the first `count` entries, and where each stands. */
  readonly chosen: Int32Array;
  readonly place: Int32Array;
  count: number;
  energy: number;
}

const TOLERANCE = 1e-9;
/** First and last temperature, as shares of the mean gain of an activity. */
const HOT = 0.6;
const COLD = 0.03;

/** Improves a feasible start. Rows may be linear, <= or >=. @throws ProblemError REFUSED for other rows. */
export function searchPlan(problem: ConstrainedQuadraticModel, options: SearchOptions): SearchResult {
  requireRows(problem);
  const s = prepare(problem, options);
  climb(s);
  let best = s.value.slice();
  let bestEnergy = s.energy;
  const { random, sweeps } = options;
  const scale = meanGain(problem);
  const hot = HOT * scale;
  const cold = COLD * scale;
  let sweep = 0;
  for (; sweep < sweeps && s.n > 0 && options.stop?.() !== true; sweep++) {
    const temperature = hot * (cold / hot) ** (sweep / Math.max(1, sweeps - 1));
    for (let k = 0; k < s.n; k++) propose(s, temperature, random);
    if (s.energy < bestEnergy - 1e-12) {
      bestEnergy = s.energy;
      best = s.value.slice();
    }
  }
  climb(s);
  if (s.energy < bestEnergy) {
    bestEnergy = s.energy;
    best = s.value.slice();
  }
  return { values: best, energy: bestEnergy + problem.offset, sweeps: sweep };
}

function requireRows(problem: ConstrainedQuadraticModel): void {
  const equation = problem.constraints.find(({ sense }) => sense === '==');
  const refusal =
    linearRowsRefusal(problem) ?? (equation ? `inequalities only, "${equation.name}" is an equation` : null);
  if (refusal !== null) throw new ProblemError('REFUSED', `searchPlan: expected ${refusal}; take another solver.`);
}

function prepare(problem: ConstrainedQuadraticModel, { initial, groups }: SearchOptions): Search {
  const n = problem.variables.length;
  const coupling = new Float64Array(n * n);
  const { first, second, coefficient } = problem.quadratic;
  coefficient.forEach((c, k) => {
    coupling[first[k] * n + second[k]] += c;
    coupling[second[k] * n + first[k]] += c;
  });
  const rowStart = new Int32Array(n + 1);
  for (const row of problem.constraints) for (const v of row.variables) rowStart[v + 1]++;
  for (let v = 0; v < n; v++) rowStart[v + 1] += rowStart[v];
  const next = rowStart.slice(0, n);
  const rowOf = new Int32Array(rowStart[n]);
  const rowCoefficient = new Float64Array(rowStart[n]);
  const capacity = Float64Array.from(
    problem.constraints,
    (row) => (row.sense === '>=' ? -row.rhs : row.rhs) + TOLERANCE,
  );
  problem.constraints.forEach((row, r) => {
    const sign = row.sense === '>=' ? -1 : 1;
    row.variables.forEach((v, k) => {
      rowOf[next[v]] = r;
      rowCoefficient[next[v]++] = sign * row.coefficients[k];
    });
  });
  const s: Search = {
    n,
    coupling,
    rowStart,
    rowOf,
    rowCoefficient,
    capacity,
    value: new Int32Array(n),
    field: problem.linear.slice(),
    activity: new Float64Array(problem.constraints.length),
    group: Int32Array.from({ length: n }, (_, v) => groups?.[v] ?? 0),
    chosen: new Int32Array(n),
    place: new Int32Array(n),
    count: 0,
    energy: 0,
  };
  if (initial !== undefined) for (let v = 0; v < n; v++) if (initial[v] === 1) flip(s, v);
  return s;
}

function meanGain(problem: ConstrainedQuadraticModel): number {
  let sum = 0;
  for (const bias of problem.linear) sum += Math.abs(bias);
  return Math.max(1e-9, sum / Math.max(1, problem.linear.length));
}

function flip(s: Search, v: number): void {
  const up = s.value[v] === 0 ? 1 : -1;
  s.energy += up * s.field[v];
  s.value[v] += up;
  if (up === 1) {
    s.place[v] = s.count;
    s.chosen[s.count++] = v;
  } else {
    const moved = s.chosen[--s.count];
    s.chosen[s.place[v]] = moved;
    s.place[moved] = s.place[v];
  }
  const row = v * s.n;
  for (let w = 0; w < s.n; w++) s.field[w] += up * s.coupling[row + w];
  for (let e = s.rowStart[v]; e < s.rowStart[v + 1]; e++) s.activity[s.rowOf[e]] += up * s.rowCoefficient[e];
}

/** Whether all rows hold after dropping `out` (two at most, -1: none) and adding `into` (-1: none). Changes nothing. */
function feasible(s: Search, out: number, out2: number, into: number): boolean {
  shift(s, out, -1);
  shift(s, out2, -1);
  shift(s, into, 1);
  const good = holds(s, out) && holds(s, out2) && holds(s, into);
  shift(s, out, 1);
  shift(s, out2, 1);
  shift(s, into, -1);
  return good;
}

function shift(s: Search, v: number, sign: number): void {
  if (v < 0) return;
  for (let e = s.rowStart[v]; e < s.rowStart[v + 1]; e++) s.activity[s.rowOf[e]] += sign * s.rowCoefficient[e];
}

function holds(s: Search, v: number): boolean {
  if (v < 0) return true;
  for (let e = s.rowStart[v]; e < s.rowStart[v + 1]; e++) {
    if (s.activity[s.rowOf[e]] > s.capacity[s.rowOf[e]]) return false;
  }
  return true;
}

function propose(s: Search, temperature: number, random: Random): void {
  const v = random.integer(s.n);
  if (s.value[v] === 1) {
    if (accept(-s.field[v], temperature, random) && feasible(s, v, -1, -1)) flip(s, v);
    return;
  }
  if (random.next() < 0.4 && feasible(s, -1, -1, v)) {
    if (accept(s.field[v], temperature, random)) flip(s, v);
    return;
  }
  const out = drawChosen(s, random, v, -1);
  if (out < 0) return;
  const out2 = random.next() < 0.3 ? drawChosen(s, random, v, out) : -1;
  let change = s.field[v] - s.coupling[v * s.n + out] - s.field[out];
  if (out2 >= 0) change += s.coupling[out * s.n + out2] - s.coupling[v * s.n + out2] - s.field[out2];
  if (!accept(change, temperature, random) || !feasible(s, out, out2, v)) return;
  flip(s, out);
  if (out2 >= 0) flip(s, out2);
  flip(s, v);
}

/** A chosen variable by lot, other than `except`, mostly of v's group; -1 when there is none. */
function drawChosen(s: Search, random: Random, v: number, except: number): number {
  if (s.count === 0) return -1;
  const near = random.next() < 0.85;
  const from = random.integer(s.count);
  let any = -1;
  for (let k = 0; k < s.count; k++) {
    const w = s.chosen[from + k < s.count ? from + k : from + k - s.count];
    if (w === except) continue;
    if (!near || s.group[w] === s.group[v]) return w;
    any = w;
  }
  return any;
}

function accept(change: number, temperature: number, random: Random): boolean {
  return change <= 0 || random.next() < Math.exp(-change / temperature);
}

/** Adds the variable that lowers the energy most until none does that keeps the rows. */
function climb(s: Search): void {
  for (;;) {
    let best = -1;
    for (let v = 0; v < s.n; v++) {
      if (s.value[v] === 0 && s.field[v] < (best < 0 ? -1e-12 : s.field[best]) && feasible(s, -1, -1, v)) best = v;
    }
    if (best < 0) return;
    flip(s, best);
  }
}
