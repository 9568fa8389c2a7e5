/** Parts of a plan's value in the words of the people who work with it. */
import type { ScheduleFigures } from '../../api/schedule.ts';

export type Term = keyof ScheduleFigures['terms'];

export const TERM_NAMES: Readonly<Record<Term, string>> = {
  gain: 'Learning',
  cost: 'Cost of tutors',
  continuity: 'Staying with one tutor',
  load: 'Even load of tutors',
  access: 'Fair access between groups',
  spread: 'Sessions spread over days',
  change: 'Keeping to the published plan',
};

/** What a point is, said where points are first met. */
export const POINTS =
  'Points: one is a hundredth of a skill learned by one learner. Drawbacks are counted in the same unit.';

/** The terms that count at all, largest first. */
export const termsOf = (terms: ScheduleFigures['terms']): { name: string; value: number }[] =>
  (Object.keys(TERM_NAMES) as Term[])
    .map((term) => ({ name: TERM_NAMES[term], value: terms[term] }))
    .filter(({ value }) => Math.abs(value) >= 0.005)
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value));

export const signed = (value: number, say: (size: number) => string): string =>
  `${value < 0 ? '−' : '+'}${say(Math.abs(value))}`;
