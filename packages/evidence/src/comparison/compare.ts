/**
 * Paired comparison of challengers with one baseline on the same units (learners, problems), drawn with the same
 * seeds. Effect: ratio of means or mean difference, with a bootstrap interval over units. Several challengers share
 * one error level by Holm's procedure; its control of wrong directions is proved for independent statistics (Shaffer,
 * Annals of Statistics 8, 1980) and assumed here for challengers that share a baseline.
 */
import { createRandom } from '@qurriculum/random';
import { compareCosts } from '../cost.ts';
import { EvidenceError } from '../errors.ts';
import {
  type BootstrapDistribution,
  bootstrapDifference,
  bootstrapRatio,
  defaultResamples,
  requireSameLength,
} from '../statistics/bootstrap.ts';
import { defaultLevel, mean, requireLevel } from '../statistics/intervals.ts';
import { type Comparison, type Contender, fewestUnits, type Question } from './question.ts';
import { decide, holmRanks, type Improvement } from './verdict.ts';
import { sayVerdict } from './words.ts';

/** Compares one challenger with the baseline. Fewer than two units have no interval: an error, not a verdict. */
export function compare(
  question: Question & { readonly baseline: Contender; readonly challenger: Contender },
): Comparison {
  return compareAll(question, question.baseline, [question.challenger])[0];
}

/** Compares every challenger with the baseline; the answers stand in the order of the challengers. */
export function compareAll(question: Question, baseline: Contender, challengers: readonly Contender[]): Comparison[] {
  const settings = settle(question);
  const measured = challengers.map((challenger) => measure(settings, baseline, challenger));
  const pValues = measured.map(({ distribution }) => decisionPValue(settings, distribution));
  const ranks = holmRanks(pValues);
  const comparisons = new Array<Comparison>(challengers.length);
  let undecided = false;
  for (let rank = 0; rank < challengers.length; rank++) {
    const index = ranks.indexOf(rank);
    const level = 1 - (1 - settings.level) / (challengers.length - rank);
    const comparison = conclude(settings, measured[index], level, undecided);
    undecided ||= comparison.verdict === 'not enough evidence';
    comparisons[index] = comparison;
  }
  return comparisons;
}

type Settings = Required<Question>;

function settle(question: Question): Settings {
  const effect = question.effect ?? 'ratio';
  const settings: Settings = {
    ...question,
    countable: question.countable ?? false,
    units: question.units ?? `${question.unit}s`,
    effect,
    practicalMargin: question.practicalMargin ?? (effect === 'ratio' ? 0.01 : 0),
    minimumUnits: question.minimumUnits ?? fewestUnits,
    level: question.level ?? defaultLevel,
    resamples: question.resamples ?? defaultResamples,
  };
  requireLevel('compare', settings.level);
  if (!(settings.practicalMargin >= 0 && Number.isFinite(settings.practicalMargin))) {
    throw new EvidenceError(
      'invalid-option',
      `compare: expected a practical margin of at least 0, got ${settings.practicalMargin}; pass the smallest improvement that matters.`,
    );
  }
  return settings;
}

interface Measured {
  readonly baseline: Contender;
  readonly challenger: Contender;
  readonly distribution: BootstrapDistribution;
}

/** Every challenger is redrawn with the same units, so that their intervals move together. */
function measure(settings: Settings, baseline: Contender, challenger: Contender): Measured {
  requireSameLength(
    `compare ${challenger.name} with ${baseline.name}`,
    baseline.values.length,
    challenger.values.length,
  );
  const random = createRandom(settings.seed).fork('bootstrap');
  const bootstrap = settings.effect === 'ratio' ? bootstrapRatio : bootstrapDifference;
  return {
    baseline,
    challenger,
    distribution: bootstrap(baseline.values, challenger.values, random, { resamples: settings.resamples }),
  };
}

/** Twice the smallest one-sided p-value among: beyond the margin, beyond minus the margin, between both. */
function decisionPValue(settings: Settings, distribution: BootstrapDistribution): number {
  const none = settings.effect === 'ratio' ? 1 : 0;
  const below = distribution.tailAbove(none - settings.practicalMargin);
  const above = distribution.tailAbove(none + settings.practicalMargin);
  return Math.min(1, 2 * Math.min(above, 1 - below, Math.max(below, 1 - above)));
}

function conclude(settings: Settings, measured: Measured, level: number, undecided: boolean): Comparison {
  const { baseline, challenger, distribution } = measured;
  const effect = { kind: settings.effect, estimate: distribution.estimate, ...distribution.interval(level) };
  const improvement = improve(effect, settings.lowerIsBetter);
  const n = distribution.units;
  const verdict = undecided
    ? 'not enough evidence'
    : decide(improvement, settings.practicalMargin, n, settings.minimumUnits);
  const { practicalMargin, minimumUnits, simulated, unit } = settings;
  const cost = baseline.cost && challenger.cost ? compareCosts(baseline.cost, challenger.cost, n) : null;
  const facts = {
    verdict,
    baseline: baseline.name,
    challenger: challenger.name,
    measure: settings.measure,
    unit,
    n,
    baselineMean: mean(baseline.values),
    challengerMean: mean(challenger.values),
    effect,
    improvement,
    level,
    practicalMargin,
    minimumUnits,
    simulated,
    cost,
  };
  return { ...facts, words: sayVerdict(facts, settings) };
}

/** Lower is better: 1 - ratio or minus the difference; higher is better: ratio - 1 or the difference. */
function improve(effect: Comparison['effect'], lowerIsBetter: boolean): Improvement {
  const none = effect.kind === 'ratio' ? 1 : 0;
  // `+ 0` turns -0 into 0, which would print as "-0".
  return lowerIsBetter
    ? { estimate: none - effect.estimate + 0, low: none - effect.high + 0, high: none - effect.low + 0 }
    : { estimate: effect.estimate - none, low: effect.low - none, high: effect.high - none };
}
