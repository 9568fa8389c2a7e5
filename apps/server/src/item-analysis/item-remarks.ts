/** Which exercises deserve a teacher's look, and why, in plain words with the figure and its interval. */
import type { AnalysedItem, ItemRemark } from '../resources/items/schema.ts';

/** A learner in the middle who is right less often, or more often, learns little about where they stand. */
const HARD = 0.25;
const EASY = 0.95;
/** Logits per standard deviation: below, strong and weak learners do nearly alike (Baker & Kim 2004, table 2.1: "very low"). */
const WEAK = 0.35;
/** Mean square from which answers are noisier than is useful (Wright & Linacre 1994, Rasch Measurement Transactions 8, 370). */
const ERRATIC = 1.2;
const SIGNIFICANT = 0.05;

/** `scoreTest`: the p-value of S-X2 adjusted for many exercises. */
export function remarksOn(item: Omit<AnalysedItem, 'remarks'>, scoreTest: number): ItemRemark[] {
  return [unfair(item), erratic(item, scoreTest), weak(item), extreme(item)].flatMap((remark) => remark ?? []);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const between = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `${Math.round(100 * low)} to ${Math.round(100 * high)} %`;

function extreme({ middle }: Omit<AnalysedItem, 'remarks'>): ItemRemark | null {
  const chance = `A learner in the middle of the class gets it right ${percent(middle.mean)} of the time (${between(middle)}).`;
  if (middle.high < HARD) return { kind: 'hard', text: `Very hard. ${chance}` };
  if (middle.low > EASY) return { kind: 'easy', text: `Very easy, so it tells little. ${chance}` };
  return null;
}

function weak({ slope }: Omit<AnalysedItem, 'remarks'>): ItemRemark | null {
  if (slope === null || slope.high >= WEAK) return null;
  const [mean, low, high] = [slope.mean, slope.low, slope.high].map((value) => value.toFixed(2));
  return {
    kind: 'weak',
    text: `Strong and weak learners do nearly alike on it: its slope is ${mean} (${low} to ${high}), where 1 is usual.`,
  };
}

function erratic({ fit }: Omit<AnalysedItem, 'remarks'>, scoreTest: number): ItemRemark | null {
  const advice = 'Look for unclear wording, a wrong key, or a second skill that it needs.';
  if (fit.method === 'score') {
    if (scoreTest > SIGNIFICANT) return null;
    const p = scoreTest < 0.001 ? 'below 0.001' : scoreTest.toFixed(3);
    return { kind: 'erratic', text: `Right answers do not rise with ability as they should (p ${p}). ${advice}` };
  }
  if (fit.value < ERRATIC || fit.value <= fit.high) return null;
  const usual = `${fit.low.toFixed(2)} to ${fit.high.toFixed(2)} is usual`;
  return {
    kind: 'erratic',
    text: `Answers are more erratic than its difficulty explains: ${fit.value.toFixed(2)}, where ${usual}. ${advice}`,
  };
}

function unfair({ gap }: Omit<AnalysedItem, 'remarks'>): ItemRemark | null {
  if (gap === null || gap.effect === 'A' || gap.pValue > SIGNIFICANT) return null;
  const { low, high, mean } = gap.points;
  const points = `${Math.round(100 * mean)} points (${Math.round(100 * low)} to ${Math.round(100 * high)})`;
  return {
    kind: 'unfair',
    text: `At equal ability harder for ${gap.hardest} than for ${gap.easiest}: right less often by ${points}.`,
  };
}
