/**
 * Which of the skills that b seems to depend on it depends on itself, and which only through others: forward selection
 * with the efficient score test. x of a candidate is its mastery without what intercept and standing explain (as in
 * pair-statistics.ts), 0 on rows where the candidate was not met. Given the selected S,
 *   x' = x - its projection on S,   r' = r - w (regression on S),   u(learner) = sum r' x',   z = sum u / sqrt(sum u^2);
 * the candidate with the largest z is selected as long as it is significant. A grandparent's effect is explained by the
 * parent, a sibling's by the common parent.
 */
import { normalCdf } from '@qurriculum/evidence';
import type { InteractionTable } from '../interactions.ts';
import type { FittedBkt } from '../tracing/bkt/bkt-model.ts';
import { standingBeside, walkMasteries } from './mastery-walk.ts';
import type { PairStatistics } from './pair-statistics.ts';

/** Rows of one skill b, with the candidates' x. */
interface TargetRows {
  /** Pair numbers of the candidates. */
  readonly candidates: readonly number[];
  readonly learner: number[];
  readonly residual: number[];
  readonly variance: number[];
  /** x of candidate c. */
  readonly x: readonly number[][];
}

export interface SelectedPair {
  readonly pair: number;
  /** One-sided p-value of the dependence, given the pairs selected before it. */
  readonly pValue: number;
  /** sum u / sum w x'^2: how many more answers are right, as a share, where the candidate is known, beside the others. */
  readonly effect: number;
}

export interface SelectionLimits {
  /** A candidate is selected while its p-value is at most this, */
  readonly level: number;
  /** and its skill has fewer than this many selected. */
  readonly mostParents: number;
}

/** @param candidates pair numbers, any order. */
export function selectParents(
  table: InteractionTable,
  model: FittedBkt,
  skills: readonly number[],
  statistics: PairStatistics,
  candidates: readonly number[],
  limits: SelectionLimits,
): SelectedPair[] {
  return collectRows(table, model, skills, statistics, candidates).flatMap((rows) =>
    rows === null ? [] : selectForward(rows, limits),
  );
}

function collectRows(
  table: InteractionTable,
  model: FittedBkt,
  skills: readonly number[],
  statistics: PairStatistics,
  candidates: readonly number[],
): (TargetRows | null)[] {
  const { first, second, regression } = statistics;
  const ofTarget: number[][] = skills.map(() => []);
  for (const pair of candidates) ofTarget[second[pair]].push(pair);
  const targets = ofTarget.map((pairs): TargetRows | null =>
    pairs.length === 0 ? null : { candidates: pairs, learner: [], residual: [], variance: [], x: pairs.map(() => []) },
  );
  const isMet = new Uint8Array(skills.length);
  walkMasteries(
    ...([table, model, skills] as const),
    (moment) => {
      const { learner, skill, residual, variance, met, metCount, known } = moment;
      const target = targets[skill];
      if (target === null) return;
      for (let i = 0; i < metCount; i++) isMet[met[i]] = 1;
      target.learner.push(learner);
      target.residual.push(residual);
      target.variance.push(variance);
      target.candidates.forEach((pair, c) => {
        const a = first[pair];
        const x = known[a] - regression.alpha[pair] - regression.gamma[pair] * standingBeside(moment, a);
        target.x[c].push(isMet[a] === 1 ? x : 0);
      });
      for (let i = 0; i < metCount; i++) isMet[met[i]] = 0;
    },
    () => {},
  );
  return targets;
}

function selectForward(rows: TargetRows, { level, mostParents }: SelectionLimits): SelectedPair[] {
  const selected: SelectedPair[] = [];
  const residual = Float64Array.from(rows.residual);
  const x = rows.x.map((column) => Float64Array.from(column));
  const open = new Set(rows.candidates.keys());
  while (open.size > 0 && selected.length < mostParents) {
    const scored = [...open].map((c) => ({ c, z: clusteredScore(rows, residual, x[c]) }));
    const best = scored.reduce((a, b) => (b.z > a.z ? b : a));
    const basis = x[best.c];
    const size = weightedProduct(rows, basis, basis);
    const effect = basis.reduce((sum, value, k) => sum + value * residual[k], 0) / size;
    const pValue = normalCdf(-best.z);
    if (!(pValue <= level)) break;
    open.delete(best.c);
    selected.push({ pair: rows.candidates[best.c], pValue, effect });
    // Gram-Schmidt: what the selected one explains is taken out of the residual and of the other candidates.
    for (let k = 0; k < residual.length; k++) residual[k] -= rows.variance[k] * effect * basis[k];
    for (const c of open) {
      const share = weightedProduct(rows, basis, x[c]) / size;
      for (let k = 0; k < basis.length; k++) x[c][k] -= share * basis[k];
    }
  }
  return selected;
}

/** sum u / sqrt(sum u^2) over learners, whose rows follow one another; 0 where nothing is left to tell from. */
function clusteredScore(rows: TargetRows, residual: Float64Array, x: Float64Array): number {
  let total = 0;
  let squares = 0;
  let own = 0;
  for (let k = 0; k < residual.length; k++) {
    own += residual[k] * x[k];
    if (k + 1 === residual.length || rows.learner[k + 1] !== rows.learner[k]) {
      total += own;
      squares += own * own;
      own = 0;
    }
  }
  return squares > 1e-12 ? total / Math.sqrt(squares) : 0;
}

function weightedProduct(rows: TargetRows, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += rows.variance[k] * a[k] * b[k];
  return sum;
}
