/**
 * A batch of k items as a binary quadratic model, for tests in stages and worksheets:
 *
 *   minimise  - sum_i I_i x_i  +  w sum_{i<j} R_ij x_i x_j,   I_i = I(H; X_i),   R_ij = I(X_i; X_j),   w = 1 / (k - 1),
 *
 * information minus redundancy (maximum relevance, minimum redundancy: Peng, Long & Ding 2005, IEEE TPAMI 27, 1226-1238);
 * for two items this is exactly what they tell together. Penalties keep the number of items per content area, and enemies
 * apart: each is larger than what all chosen items are worth.
 */
import { type BinaryQuadraticModel, createBqm, type PairEntry } from '@qurriculum/problems';
import type { Formulation } from '../decision.ts';
import { type Belief, beliefAfter } from './belief.ts';
import { barReasons, contentQuotas, enemiesOf } from './eligibility.ts';
import { mutualInformation, redundancy } from './rules.ts';
import type { AssessmentPlan, AssessmentState } from './types.ts';

export interface BatchOptions {
  /** Candidates kept per content area, the most informative ones; default 40. */
  readonly candidates?: number;
}

export interface BatchFormulation extends Formulation<AssessmentPlan> {
  readonly problem: BinaryQuadraticModel;
  /** The bank's item of each variable. */
  readonly candidates: readonly number[];
}

/** What a batch is worth, and what it has to keep. */
export interface BatchScope {
  readonly candidates: readonly number[];
  readonly information: Float64Array;
  /** w R_ij, candidates * candidates. */
  readonly redundancy: Float64Array;
  readonly enemies: readonly ReadonlySet<number>[];
  /** Places: how many items of which candidates (positions in `candidates`). */
  readonly places: readonly { readonly count: number; readonly members: readonly number[] }[];
}

const DEFAULT_CANDIDATES = 40;

/** Candidates, worths and places of a state's next batch. */
export function batchScope(
  state: AssessmentState,
  options: BatchOptions = {},
  belief: Belief = beliefAfter(state.model, state.answers),
): BatchScope {
  const wanted = state.batch ?? 1;
  const open = barReasons(state).flatMap((reason, item) => (reason === null ? [item] : []));
  const quotas = contentQuotas(state, open, wanted);
  const worth = new Map(open.map((item) => [item, mutualInformation(state.model, belief, item)]));
  const areas = quotas === null ? [null] : [...quotas.keys()];
  const candidates: number[] = [];
  const places: { count: number; members: number[] }[] = [];
  for (const area of areas) {
    const here = open.filter((item) => area === null || state.items[item].content === area);
    const count = quotas === null ? Math.min(wanted, here.length) : (quotas.get(area ?? '') ?? 0);
    if (count === 0) continue;
    here.sort((a, b) => (worth.get(b) as number) - (worth.get(a) as number) || a - b);
    const kept = here.slice(0, Math.max(count, options.candidates ?? DEFAULT_CANDIDATES));
    places.push({ count, members: kept.map((_, k) => candidates.length + k) });
    candidates.push(...kept);
  }
  const size = candidates.length;
  const weight = wanted > 1 ? 1 / (wanted - 1) : 0;
  const pairs = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      pairs[a * size + b] = weight * redundancy(state.model, belief, candidates[a], candidates[b]);
      pairs[b * size + a] = pairs[a * size + b];
    }
  }
  const information = Float64Array.from(candidates, (item) => worth.get(item) as number);
  return { candidates, information, redundancy: pairs, enemies: enemiesOf(state), places };
}

/** sum I_i - w sum R_ij of chosen candidates (positions), nats. */
export function batchValue(
  { candidates, information, redundancy: pairs }: BatchScope,
  chosen: readonly number[],
): number {
  return chosen.reduce((sum, a, k) => {
    const twice = chosen.slice(0, k).reduce((inner, b) => inner + pairs[a * candidates.length + b], 0);
    return sum + information[a] - twice;
  }, 0);
}

/** Adds the candidate that gains most, place by place, until all places are taken or nothing is left. */
export function greedyBatch(scope: BatchScope): number[] {
  const chosen: number[] = [];
  const left = scope.places.map(({ count }) => count);
  const placeOf = new Int32Array(scope.candidates.length);
  scope.places.forEach(({ members }, place) => {
    for (const member of members) placeOf[member] = place;
  });
  for (;;) {
    let best = -1;
    let most = -Infinity;
    scope.candidates.forEach((item, a) => {
      if (left[placeOf[a]] === 0 || chosen.includes(a)) return;
      if (chosen.some((b) => scope.enemies[item].has(scope.candidates[b]))) return;
      const twice = chosen.reduce((sum, b) => sum + scope.redundancy[a * scope.candidates.length + b], 0);
      if (scope.information[a] - twice > most) {
        most = scope.information[a] - twice;
        best = a;
      }
    });
    if (best < 0) return chosen;
    chosen.push(best);
    left[placeOf[best]]--;
  }
}

/** The batch of a state as a model; the energy of a batch that keeps all rules is minus its value. */
export function formulateBatch(state: AssessmentState, options: BatchOptions = {}): BatchFormulation {
  const scope = batchScope(state, options);
  const { candidates, information, enemies, places } = scope;
  const size = candidates.length;
  // Breaking a rule by one item gains at most the best item; leaving one out saves at most the redundancy of all places.
  const chosen = places.reduce((sum, { count }) => sum + count, 0);
  const largest = information.reduce((a, b) => Math.max(a, b), 0);
  const penalty = 2 * (chosen + 1) * Math.max(largest, 1e-3);
  const linear = information.map((value) => -value);
  const quadratic: PairEntry[] = [];
  let offset = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const apart = enemies[candidates[a]].has(candidates[b]) ? penalty : 0;
      quadratic.push([b, a, scope.redundancy[a * size + b] + apart]);
    }
  }
  for (const { count, members } of places) {
    // P (sum x - count)^2 = P (count^2 + (1 - 2 count) sum x + 2 sum x_a x_b).
    offset += penalty * count ** 2;
    members.forEach((a, k) => {
      linear[a] += penalty * (1 - 2 * count);
      for (const b of members.slice(0, k)) quadratic.push([b, a, 2 * penalty]);
    });
  }
  const greedy = greedyBatch(scope);
  const variables = candidates.map((item) => state.items[item].id);
  return {
    ...{ candidates, problem: createBqm({ vartype: 'BINARY', variables, linear, quadratic, offset }) },
    initial: Int32Array.from(candidates, (_, a) => Number(greedy.includes(a))),
    decode(values) {
      const positions = candidates.flatMap((_, a) => (values[a] === 1 ? [a] : []));
      // The most telling one first: a learner who stops early has answered what matters most.
      positions.sort((a, b) => information[b] - information[a]);
      return { items: positions.map((a) => candidates[a]), value: batchValue(scope, positions) };
    },
  };
}
