/**
 * A first assignment that fits: annealing by shifts (a job takes another option) and swaps (two jobs exchange places) of
 *
 *   sum of reduced costs + multiplier * sum_p steepness_p * overload_p
 *
 * The multiplier rises while nothing fits and falls while everything does, so that the walk keeps crossing the border
 * of feasibility, where good assignments are ("strategic oscillation", Glover 1977).
 */
import type { Random } from '@qurriculum/random';
import type { AssignmentModel } from './cqm-assignment.ts';
import type { AssignmentPrices } from './cqm-assignment-prices.ts';

export interface AssignmentStart {
  /** An option per job. */
  readonly options: Int32Array;
  readonly feasible: boolean;
}

/** Options of a job that shifts try: those of least reduced cost. */
const NEAREST = 8;
/** First and last temperature over the mean gap between a job's best two options. */
const HOT = 3;
const COLD = 0.1;
/** Change of the multiplier after every n proposals. */
const STEER = 1.1;
/** Share of swaps among the proposals. */
const SWAPS = 0.4;

/** The mean over jobs of the gap between the two least reduced costs: the scale on which choices differ. */
export function meanRegret({ jobs, optionStart }: AssignmentModel, reduced: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < jobs; j++) {
    let [least, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let o = optionStart[j]; o < optionStart[j + 1]; o++) {
      if (reduced[o] < least) [least, second] = [reduced[o], least];
      else second = Math.min(second, reduced[o]);
    }
    if (Number.isFinite(second)) sum += second - least;
  }
  return sum > 0 ? sum / jobs : 1;
}

/**
 * Searches `sweeps` times n proposals for a cheap assignment that fits; `options` of the best, or of the last tried.
 * `turn` is awaited after every sweep and cuts the search when it says true.
 */
export async function findStart(
  model: AssignmentModel,
  { reduced }: AssignmentPrices,
  random: Random,
  sweeps: number,
  turn: () => Promise<boolean>,
): Promise<AssignmentStart> {
  const { jobs, places, optionStart, place, weight, cost, capacity } = model;
  const nearest = nearestOptions(model, reduced);
  const scale = meanRegret(model, reduced);
  const options = Int32Array.from({ length: jobs }, (_, j) => nearest[j][0]);
  const load = new Float64Array(places);
  for (const o of options) load[place[o]] += weight[o];
  const steepness = scale / (weight.reduce((sum, w) => sum + w, 0) / Math.max(1, weight.length) || 1);
  let multiplier = 1;
  let best = Number.POSITIVE_INFINITY;
  let bestOptions = options.slice();

  const over = (p: number, more: number): number => Math.max(0, load[p] + more - capacity[p]);
  const optionAt = (j: number, p: number): number => {
    for (let o = optionStart[j]; o < optionStart[j + 1]; o++) if (place[o] === p) return o;
    return -1;
  };

  /** The change when job i takes option a and job j (or -1) takes option b. */
  function change(i: number, a: number, j: number, b: number): number {
    const old = options[i];
    const from = place[old];
    const to = place[a];
    let toFrom = -weight[old];
    let toTo = weight[a];
    let delta = reduced[a] - reduced[old];
    if (j >= 0) {
      delta += reduced[b] - reduced[options[j]];
      toFrom += weight[b];
      toTo -= weight[options[j]];
    }
    if (from === to) return delta + multiplier * steepness * (over(to, toFrom + toTo) - over(to, 0));
    const overload = over(from, toFrom) - over(from, 0) + over(to, toTo) - over(to, 0);
    return delta + multiplier * steepness * overload;
  }

  function take(j: number, o: number): void {
    load[place[options[j]]] -= weight[options[j]];
    load[place[o]] += weight[o];
    options[j] = o;
  }

  function propose(temperature: number): void {
    const i = random.integer(jobs);
    let j = -1;
    let b = -1;
    let a = nearest[i][random.integer(nearest[i].length)];
    if (random.next() < SWAPS) {
      j = random.integer(jobs);
      if (place[options[i]] === place[options[j]]) return;
      a = optionAt(i, place[options[j]]);
      b = optionAt(j, place[options[i]]);
      if (a < 0 || b < 0) return;
    }
    if (a === options[i]) return;
    const delta = change(i, a, j, b);
    if (delta > 0 && random.next() >= Math.exp(-delta / temperature)) return;
    take(i, a);
    if (j >= 0) take(j, b);
  }

  const fits = (): boolean => load.every((used, p) => used <= capacity[p]);
  for (let sweep = 0; sweep < sweeps && !(await turn()); sweep++) {
    const temperature = scale * HOT * (COLD / HOT) ** (sweep / Math.max(1, sweeps - 1));
    for (let k = 0; k < jobs; k++) propose(temperature);
    if (!fits()) {
      multiplier *= STEER;
      continue;
    }
    multiplier /= STEER;
    const total = options.reduce((sum, o) => sum + cost[o], 0);
    if (total < best) {
      best = total;
      bestOptions = options.slice();
    }
  }
  const feasible = Number.isFinite(best);
  return { options: feasible ? bestOptions : options, feasible };
}

function nearestOptions({ jobs, optionStart }: AssignmentModel, reduced: Float64Array): number[][] {
  return Array.from({ length: jobs }, (_, j) => {
    const options = Array.from({ length: optionStart[j + 1] - optionStart[j] }, (_, k) => optionStart[j] + k);
    return options.sort((a, b) => reduced[a] - reduced[b] || a - b).slice(0, NEAREST);
  });
}
