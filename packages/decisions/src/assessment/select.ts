/** The next item by a rule, with content balance and exposure control. */
import type { Random } from '@qurriculum/random';
import { type Belief, beliefAfter } from './belief.ts';
import { barReasons, contentQuotas } from './eligibility.ts';
import { ruleRefusal, type SelectionRule, scoreItem } from './rules.ts';
import type { AssessmentState, BarReason } from './types.ts';

export interface RankedItem {
  readonly item: number;
  readonly score: number;
}

export interface Ranking {
  /** Items that may be asked, best first; ties by number. */
  readonly eligible: readonly RankedItem[];
  readonly barred: readonly { readonly item: number; readonly reason: BarReason }[];
}

/**
 * Scores the items that may be asked. When the exposure cap leaves none, the least asked ones come back.
 * @throws RangeError when the rule cannot serve the model.
 */
export function rankItems(
  state: AssessmentState,
  rule: SelectionRule,
  belief: Belief = beliefAfter(state.model, state.answers),
): Ranking {
  const refusal = ruleRefusal(rule, state.model);
  if (refusal !== null) throw new RangeError(`rankItems: expected a rule for this model, got "${rule}": ${refusal}.`);
  const reasons = barReasons(state);
  if (!reasons.includes(null)) releaseLeastAsked(state, reasons);
  const open = reasons.flatMap((reason, item) => (reason === null ? [item] : []));
  const quotas = contentQuotas(state, open, 1);
  if (quotas !== null) {
    for (const item of open) if ((quotas.get(state.items[item].content ?? '') ?? 0) === 0) reasons[item] = 'content';
  }
  const eligible = open
    .filter((item) => reasons[item] === null)
    .map((item) => ({ item, score: scoreItem(rule, state.model, belief, item, state.answers.length) }))
    .sort((a, b) => b.score - a.score || a.item - b.item);
  const barred = reasons.flatMap((reason, item) => (reason === null ? [] : [{ item, reason }]));
  return { eligible, barred };
}

function releaseLeastAsked({ exposure }: AssessmentState, reasons: (BarReason | null)[]): void {
  const capped = reasons.flatMap((reason, item) => (reason === 'exposure' ? [item] : []));
  if (exposure === undefined || capped.length === 0) return;
  const least = Math.min(...capped.map((item) => exposure.asked[item]));
  for (const item of capped) if (exposure.asked[item] === least) reasons[item] = null;
}

/**
 * The next item, or null when there is none. Randomesque draws among the best (Kingsbury & Zara 1989, Applied Measurement
 * in Education 2, 359-375); Sympson-Hetter asks an item only with its parameter's probability and goes on to the next
 * best (Sympson & Hetter 1985).
 */
export function selectItem(
  state: AssessmentState,
  rule: SelectionRule,
  random: Random,
  belief?: Belief,
): number | null {
  const { eligible } = rankItems(state, rule, belief);
  if (eligible.length === 0) return null;
  if (rule === 'random') return random.pick(eligible).item;
  const { among = 1, parameters } = state.exposure ?? {};
  if (parameters !== undefined) {
    const asked = eligible.find(({ item }) => random.chance(parameters[item]));
    return (asked ?? eligible[0]).item;
  }
  return random.pick(eligible.slice(0, among)).item;
}
