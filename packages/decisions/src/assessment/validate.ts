/** Checks a batch against a state, whoever made it, from the state alone; it shares nothing with the formulation. */
import type { Violation } from '../decision.ts';
import type { AssessmentPlan, AssessmentState } from './types.ts';

/** Empty when the plan keeps every rule. */
export function validateAssessment(state: AssessmentState, plan: AssessmentPlan): Violation[] {
  const unknown = plan.items.filter((item) => state.items[item] === undefined);
  if (unknown.length > 0) {
    return [{ rule: 'item', message: `There is no item number ${unknown[0]} among ${state.items.length}.` }];
  }
  return [
    ...checkRepeats(state, plan),
    ...checkLength(state, plan),
    ...checkExposure(state, plan),
    ...checkContent(state, plan),
  ];
}

const nameOf = (state: AssessmentState, item: number): string => `"${state.items[item].id}"`;

function checkRepeats(state: AssessmentState, { items }: AssessmentPlan): Violation[] {
  const before = state.answers.map(({ item }) => item);
  return items.flatMap((item, k): Violation[] => {
    const name = nameOf(state, item);
    const others = [...before, ...items.slice(0, k)];
    if (others.includes(item)) return [{ rule: 'twice', message: `${name} would be asked twice.` }];
    const enemy = others.find(
      (other) => state.items[item].enemies?.includes(other) || state.items[other].enemies?.includes(item),
    );
    if (enemy === undefined) return [];
    return [{ rule: 'enemy', message: `${name} and ${nameOf(state, enemy)} must not go to the same learner.` }];
  });
}

function checkLength(state: AssessmentState, { items }: AssessmentPlan): Violation[] {
  const wanted = state.batch ?? 1;
  const over = items.length > wanted;
  // Fewer is no fault where the bank has run out; enemies and caps may take the rest.
  const short = items.length < wanted && state.items.some((_, item) => isFree(state, items, item));
  if (!over && !short) return [];
  return [{ rule: 'length', message: `${items.length} items chosen, ${wanted} asked for.` }];
}

function isFree(state: AssessmentState, chosen: readonly number[], item: number): boolean {
  const taken = [...chosen, ...state.answers.map((answer) => answer.item)];
  const { content, enemies = [] } = state.items[item];
  return (
    !taken.includes(item) &&
    !taken.some((other) => enemies.includes(other) || state.items[other].enemies?.includes(item)) &&
    shareAsked(state, item) <= (state.exposure?.most ?? 1) &&
    (state.content === undefined || (state.content[content ?? ''] ?? 0) > 0)
  );
}

/** The item's share of tests after one more; the first hundred tests count as a hundred. */
function shareAsked({ exposure }: AssessmentState, item: number): number {
  return exposure === undefined ? 0 : (exposure.asked[item] + 1) / Math.max(100, exposure.tests + 1);
}

function checkExposure(state: AssessmentState, { items }: AssessmentPlan): Violation[] {
  const most = state.exposure?.most ?? 1;
  return items
    .filter((item) => shareAsked(state, item) > most)
    .map((item) => ({
      rule: 'exposure',
      message: `${nameOf(state, item)} has been asked of ${(100 * shareAsked(state, item)).toFixed(0)} % of learners, ${(100 * most).toFixed(0)} % is the most.`,
    }));
}

/** No area runs ahead of its share by an item or more while another one that still has items is behind by as much. */
function checkContent(state: AssessmentState, { items }: AssessmentPlan): Violation[] {
  if (state.content === undefined) return [];
  const all = [...state.answers.map(({ item }) => item), ...items];
  const ahead = Object.entries(state.content).map(([area, share]) => {
    const count = all.filter((item) => state.items[item].content === area).length;
    return { area, ahead: count - share * all.length };
  });
  return ahead
    .filter((entry) => entry.ahead >= 1 && items.some((item) => state.items[item].content === entry.area))
    .filter(() =>
      ahead.some(
        (other) =>
          other.ahead <= -1 && state.items.some((each, i) => each.content === other.area && isFree(state, items, i)),
      ),
    )
    .map((entry) => ({
      rule: 'content',
      message: `"${entry.area}" has ${entry.ahead.toFixed(1)} items more than its share.`,
    }));
}
