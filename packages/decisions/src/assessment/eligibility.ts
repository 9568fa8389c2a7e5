/** Which items may be asked now: not asked before, no enemies of these, not too often asked, in a content area that is due. */
import type { AssessmentState, BarReason } from './types.ts';

/** Shares of the first learners mean nothing: until this many tests the cap counts as if there had been so many. */
const FEWEST_TESTS = 100;

/** Enemies of every item, both ways. */
export function enemiesOf({ items }: Pick<AssessmentState, 'items'>): readonly ReadonlySet<number>[] {
  const sets: Set<number>[] = items.map(() => new Set());
  items.forEach(({ enemies }, i) => {
    for (const other of enemies ?? []) {
      sets[i].add(other);
      sets[other].add(i);
    }
  });
  return sets;
}

/** True when asking the item once more keeps it within the cap. */
export function withinCap({ exposure }: Pick<AssessmentState, 'exposure'>, item: number): boolean {
  if (exposure === undefined) return true;
  return exposure.asked[item] + 1 <= exposure.most * Math.max(exposure.tests + 1, FEWEST_TESTS);
}

/** Why each item may not be asked, null where it may; content is judged by `contentQuotas`. */
export function barReasons(state: AssessmentState): (BarReason | null)[] {
  const asked = new Set(state.answers.map(({ item }) => item));
  const barred = new Set([...asked].flatMap((item) => state.items[item].enemies ?? []));
  return state.items.map(({ enemies }, i) => {
    if (asked.has(i)) return 'asked';
    if (barred.has(i) || enemies?.some((other) => asked.has(other))) return 'enemy';
    return withinCap(state, i) ? null : 'exposure';
  });
}

/**
 * Items due in each content area among the next `count`, so that the shares of all items come as close to the targets as
 * whole numbers can (largest remainders; for one item the area furthest behind, Kingsbury & Zara 1989). Areas with too few
 * items give their places to others. Null without targets.
 */
export function contentQuotas(state: AssessmentState, candidates: readonly number[], count: number) {
  if (state.content === undefined) return null;
  const total = state.answers.length + count;
  const areas = Object.entries(state.content).map(([name, share]) => {
    const before = state.answers.filter(({ item }) => state.items[item].content === name).length;
    const there = candidates.filter((item) => state.items[item].content === name).length;
    return { name, behind: share * total - before, there, due: 0 };
  });
  for (let left = count; left > 0; left--) {
    const open = areas.filter(({ due, there }) => due < there);
    if (open.length === 0) break;
    const next = open.reduce((a, b) => (b.behind - b.due > a.behind - a.due + 1e-9 ? b : a));
    next.due++;
  }
  return new Map(areas.map(({ name, due }) => [name, due]));
}
