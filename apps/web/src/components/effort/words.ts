/** Effort in words: what was seen, never what kind of person somebody is. */
import type { EngagementView } from '../../api/engagement.ts';
import { formatInterval, formatNumber } from '../format.ts';

export const VERDICTS: Readonly<Record<EngagementView['verdict'], string>> = {
  engaged: 'as usual',
  mixed: 'mixed',
  guessing: 'very quick answers',
  away: 'long pauses or slow answers',
  unknown: 'not enough to say',
};

/** "Given with effort: 45 % (30 to 62 %) of the last 20 answers." */
export const sayEffort = ({ mean, low, high, answers, verdict }: EngagementView): string =>
  verdict === 'unknown'
    ? 'Not enough answers to say.'
    : `Given with effort: ${formatNumber(mean, { unit: '%' })} (${formatInterval({ low, high }, { unit: '%' })}) of the last ${answers} answers.`;

export const HOW_EFFORT =
  'Estimated from how long answers take, pauses, hints and what learners say. The range holds the true share 9 times in 10.';
