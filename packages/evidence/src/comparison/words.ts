/** The verdict in plain words, for people who read neither ratios nor levels. */
import type { CostComparison } from '../cost.ts';
import { defaultLevel } from '../statistics/intervals.ts';
import type { Comparison } from './question.ts';

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
  const isRatio = facts.effect.kind === 'ratio';
  const number = numberFormat(improvement, isRatio);
  const direction = (value: number): string =>
    value > 0 === wording.lowerIsBetter ? downWord(wording) : upWord(wording);
  const amount = (value: number): string => `${number(value)} ${direction(value)}`;
  const counted = `${n} ${n === 1 ? wording.unit : wording.units}`;
  const level = levelNote(facts.level);
  if (verdict === 'better' || verdict === 'worse') {
    const ends = [improvement.low, improvement.high].sort((a, b) => Math.abs(a) - Math.abs(b));
    const range = `${number(ends[0]).replace(' %', '')} to ${number(ends[1])}`;
    return `${amount(improvement.estimate)} ${measure} than ${baseline} (${range}${level}), ${counted}.`;
  }
  const range = `(${amount(improvement.low)} to ${amount(improvement.high)}${level})`;
  if (verdict === 'no difference') {
    return `no difference that matters in ${measure} from ${baseline} ${range}, ${counted}.`;
  }
  const wanted =
    n < facts.minimumUnits
      ? `${counted} of at least ${facts.minimumUnits}`
      : `${counted}; more ${wording.units} would narrow it`;
  return `not enough evidence: ${amount(improvement.estimate)} ${measure} than ${baseline} ${range}, ${wanted}.`;
}

const downWord = ({ countable }: Wording): string => (countable ? 'fewer' : 'lower');
const upWord = ({ countable }: Wording): string => (countable ? 'more' : 'higher');

function levelNote(level: number): string {
  return Math.abs(level - defaultLevel) < 1e-9 ? '' : `, ${trim(100 * level, 1)} % interval`;
}

/** Digits that the width of the interval supports: whole percents from a width of two percents on. */
function numberFormat({ low, high }: { low: number; high: number }, isRatio: boolean): (value: number) => string {
  const scale = isRatio ? 100 : 1;
  const width = Math.max((high - low) * scale, 1e-4);
  const digits = Math.min(4, Math.max(0, Math.ceil(Math.log10(2 / width))));
  return (value) => `${Math.abs(value * scale).toFixed(digits)}${isRatio ? ' %' : ''}`;
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
