/** Why this question: what it is expected to tell, how it compares, and what was set aside. */
import { type Belief, beliefAfter, chanceRight, describeBelief, updated } from './belief.ts';
import { mutualInformation, type SelectionRule } from './rules.ts';
import { rankItems } from './select.ts';
import type { AssessmentPlan, AssessmentState, BarReason } from './types.ts';

/** Facts, not sentences: screens and the CLI put them into words. */
export interface ItemExplanation {
  readonly item: number;
  /** P(right) as believed now. */
  readonly chanceRight: number;
  /** Expected loss of uncertainty, nats. */
  readonly information: number;
  /** By the rule asked about: 1 is the best of `eligible`; null when the item may not be asked. */
  readonly rank: number | null;
  readonly eligible: number;
  /** Standard error of ability now, and as expected after the answer; NaN for other kinds. */
  readonly standardError: { readonly now: number; readonly after: number };
  /** Attributes by how much surer the answer is expected to make them (fall of p (1 - p)), most first. */
  readonly attributes: readonly { readonly attribute: string; readonly mastery: number; readonly surer: number }[];
  /** How many items could not be asked, by reason. */
  readonly setAside: Readonly<Record<BarReason, number>>;
  /** The best other item by the rule, and how much lower it scores; null when there is none. */
  readonly runnerUp: { readonly item: number; readonly scoreLost: number } | null;
}

/** @throws RangeError when the item is not in the plan. */
export function explainItem(
  state: AssessmentState,
  plan: AssessmentPlan,
  item: number,
  rule: SelectionRule = 'mutual-information',
): ItemExplanation {
  if (!plan.items.includes(item)) {
    throw new RangeError(
      `explainItem: expected an item of the plan, got ${item}; take one of ${plan.items.join(', ')}.`,
    );
  }
  const { model } = state;
  const belief = beliefAfter(model, state.answers);
  const { eligible, barred } = rankItems(state, rule, belief);
  const position = eligible.findIndex((ranked) => ranked.item === item);
  const other = eligible.find((ranked) => ranked.item !== item);
  const setAside: Record<BarReason, number> = { asked: 0, enemy: 0, exposure: 0, content: 0 };
  for (const { reason } of barred) setAside[reason]++;
  const chance = chanceRight(model, belief, item);
  const after = [true, false].map((right) => describeBelief(model, updated(model, belief.probability, item, right)));
  const expected = (figure: (outcome: Belief) => number): number =>
    chance * figure(after[0]) + (1 - chance) * figure(after[1]);
  const doubt = (p: number): number => p * (1 - p);
  return {
    ...{ item, chanceRight: chance, information: mutualInformation(model, belief, item), setAside },
    ...{ rank: position < 0 ? null : position + 1, eligible: eligible.length },
    standardError: { now: belief.standardError, after: expected(({ standardError }) => standardError) },
    attributes: model.attributes
      .map((attribute, k) => ({
        attribute,
        mastery: belief.mastery[k],
        surer: doubt(belief.mastery[k]) - expected(({ mastery }) => doubt(mastery[k])),
      }))
      .sort((a, b) => b.surer - a.surer),
    runnerUp:
      other === undefined || position < 0
        ? null
        : { item: other.item, scoreLost: eligible[position].score - other.score },
  };
}
