/** The verdict in plain words, for people who read neither ratios nor levels. */
import type { CostComparison } from '../cost.ts';
import { defaultLevel } from '../statistics/intervals.ts';
import type { Comparison } from './question.ts';
import type { Improvement } from './verdict.ts';

/** How the measure and its units are spoken of. */
export interface Wording {
  readonly countable: boolean;
  readonly lowerIsBetter: boolean;
  readonly unit: string;
  readonly units: string;
}

/**
 * One sentence on the effect and, where costs are known, one on money and time:
 * "In simulation, 17 % fewer sessions than the tuned rule (15 to 19 %), 200 learners."
 */
export function sayVerdict(facts: Omit<Comparison, 'words'>, wording: Wording): string {
  const sentence = sayEffect(facts, wording);
  const labelled = facts.simulated ? `In simulation, ${sentence}` : sentence[0].toUpperCase() + sentence.slice(1);
  return facts.cost ? `${labelled} ${sayCost(facts.cost, wording.unit)}` : labelled;
}

function sayEffect(facts: Omit<Comparison, 'words'>, wording: Wording): string {
  const { verdict, improvement, measure, baseline, n } = facts;
  const format = formatOf(facts);
  const counted = `${n} ${n === 1 ? wording.unit : wording.units}`;
  const range = sayRange(improvement, format, wording, verdict === 'better' || verdict === 'worse');
  const noted = range === null ? '' : ` (${range}${levelNote(facts.level)})`;
  const isSeen = !format.isNothing(improvement.estimate);
  const size = isSeen ? format.amount(improvement.estimate) : `less than ${format.least}`;
  const effect = `${size} ${directionOf(improvement.estimate, wording)} ${measure} than ${baseline}${noted}`;
  if (verdict === 'better' || verdict === 'worse') return `${effect}, ${counted}.`;
  const seen = range === null || !isSeen ? 'to be seen' : 'that matters';
  if (verdict === 'no difference') return `no difference ${seen} in ${measure} from ${baseline}${noted}, ${counted}.`;
  const wanted =
    n < facts.minimumUnits
      ? `${counted} of at least ${facts.minimumUnits}`
      : `${counted}; more ${wording.units} would narrow it`;
  const soFar = isSeen ? effect : `no difference to be seen in ${measure} from ${baseline}${noted}`;
  return `not enough evidence: ${soFar}, ${wanted}.`;
}

const downWord = ({ countable }: Wording): string => (countable ? 'fewer' : 'lower');
const upWord = ({ countable }: Wording): string => (countable ? 'more' : 'higher');

/** The word for an improvement of this sign. */
const directionOf = (improvement: number, wording: Wording): string =>
  improvement > 0 === wording.lowerIsBetter ? downWord(wording) : upWord(wording);

/**
 * "15 to 19 % fewer", or "from 5 % fewer to 1 % more", fewer first, where both may be; null where the ends do not
 * differ in print. `isDirected`: the sentence names the direction already.
 */
function sayRange(
  { low, high }: Improvement,
  format: NumberFormat,
  wording: Wording,
  isDirected: boolean,
): string | null {
  if (low < 0 && high > 0) {
    if (format.isNothing(low) && format.isNothing(high)) return null;
    const [down, up] = wording.lowerIsBetter ? [high, low] : [low, high];
    return `from ${format.amount(down)} ${downWord(wording)} to ${format.amount(up)} ${upWord(wording)}`;
  }
  const [near, far] = Math.abs(low) < Math.abs(high) ? [low, high] : [high, low];
  if (format.figure(near) === format.figure(far)) return null;
  const ends = `${format.figure(near)} to ${format.amount(far)}`;
  return isDirected ? ends : `${ends} ${directionOf(far, wording)}`;
}

function levelNote(level: number): string {
  return Math.abs(level - defaultLevel) < 1e-9 ? '' : `, ${trim(100 * level, 1)} % interval`;
}

interface NumberFormat {
  /** The size without sign and unit: "17". */
  figure(value: number): string;
  /** With its unit: "17 %". */
  amount(value: number): string;
  /** Whether nothing of it is left in print. */
  isNothing(value: number): boolean;
  /** The smallest size that shows: "0.01 %". */
  readonly least: string;
}

// Smaller effects, as a share of the baseline, are nobody's business: 0.01 %.
const resolution = 1e-4;

/**
 * Decimals: what the width of the interval supports (none from a width of two on), at most three significant digits,
 * and never beyond the resolution. An interval without width, from units that are all equal, sets no limit.
 */
function formatOf({ effect, improvement, baselineMean, challengerMean }: Omit<Comparison, 'words'>): NumberFormat {
  const isRatio = effect.kind === 'ratio';
  const scale = isRatio ? 100 : 1;
  const [unit, whole] = isRatio ? [' %', 100] : ['', Math.max(Math.abs(baselineMean), Math.abs(challengerMean))];
  const sizes = [improvement.low, improvement.estimate, improvement.high].map((value) => Math.abs(value * scale));
  const limits = [
    Math.ceil(Math.log10(2 / ((improvement.high - improvement.low) * scale))),
    2 - Math.floor(Math.log10(Math.max(...sizes))),
    Math.ceil(-Math.log10(resolution * whole) - 1e-9),
  ].filter(Number.isFinite);
  const decimals = limits.length === 0 ? 0 : Math.min(20, Math.max(0, Math.min(...limits)));
  const isExact = improvement.low === improvement.high;
  const figure = (value: number): string => {
    const fixed = Math.abs(value * scale).toFixed(decimals);
    return isExact ? String(Number(fixed)) : fixed;
  };
  return {
    figure,
    amount: (value) => `${figure(value)}${unit}`,
    isNothing: (value) => Number(figure(value)) === 0,
    least: `${trim(10 ** -decimals, decimals)}${unit}`,
  };
}

function sayCost(cost: CostComparison, unit: string): string {
  const [mine, theirs] = [cost.challenger.wallSeconds, cost.baseline.wallSeconds].map(sayDuration);
  const time = `It takes ${mine} of computing per ${unit} against ${theirs}`;
  const { extraMoney } = cost;
  if (extraMoney === null) return `${time}; neither costs money.`;
  const comparative = extraMoney.amount >= 0 ? 'more' : 'less';
  return `${time}, and ${trim(Math.abs(extraMoney.amount), 2)} ${extraMoney.currency} ${comparative} per ${unit}.`;
}

/** Two figures and a unit that fits. */
function sayDuration(seconds: number): string {
  if (seconds === 0) return '0 s';
  const [value, unit] =
    seconds < 1e-3
      ? [seconds * 1e6, 'µs']
      : seconds < 1
        ? [seconds * 1e3, 'ms']
        : seconds < 120
          ? [seconds, 's']
          : [seconds / 60, 'min'];
  return `${value >= 10 ? Math.round(value) : value.toPrecision(2)} ${unit}`;
}

/** At most so many decimals, without trailing zeros. */
const trim = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));
