/**
 * Colours with a meaning, in one place: categories (Okabe & Ito, Color Universal Design, 2008), the sequential scale of
 * mastery, and the thresholds at which mastery changes its name. Components use the CSS variables of `tokens.css`; code
 * that draws on a canvas (skill map, plots) reads them from there through `readToken`, so that light and dark agree.
 */

/** The eight categories of Okabe and Ito, in the order in which series take them (most apart first). */
export const CATEGORY_TOKENS = [
  '--q-category-blue',
  '--q-category-vermillion',
  '--q-category-green',
  '--q-category-purple',
  '--q-category-orange',
  '--q-category-sky',
  '--q-category-yellow',
  '--q-category-ink',
] as const;

/** Steps of the mastery scale, from nothing known (0) to mastered (4); lightness alone orders them. */
export const MASTERY_STEPS = 5;

/** Mastery from which a skill counts as mastered where the server does not state another threshold. */
export const MASTERED_FROM = 0.8;

/** Step 0..4 of a mastery between 0 and 1: fifths, so that the last step is exactly "mastered" at 0.8. */
export const masteryStep = (mastery: number): number =>
  Math.max(0, Math.min(MASTERY_STEPS - 1, Math.floor(mastery * MASTERY_STEPS + 1e-9)));

/** The word for a mastery, so that nothing depends on seeing the colour. */
export const masteryWord = (mastery: number, masteredFrom: number = MASTERED_FROM): string => {
  if (mastery >= masteredFrom) return 'mastered';
  if (mastery >= 0.6) return 'nearly there';
  if (mastery >= 0.4) return 'half way';
  if (mastery >= 0.2) return 'beginning';
  return 'not yet';
};

/** The present value of a CSS variable on the root element, for code that draws without CSS. */
export const readToken = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
