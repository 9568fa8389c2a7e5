/**
 * Champion and challengers: what shadow runs say about replacing the champion. It recommends; it never promotes. A
 * person does that, elsewhere, with this judgement as the reason.
 */
import { EvidenceError } from '../errors.ts';
import { compareAll } from './compare.ts';
import type { Comparison, Contender, Question } from './question.ts';

export interface Judgement {
  readonly champion: string;
  /** One per challenger, in the order given. */
  readonly comparisons: readonly Comparison[];
  /** The challenger that a person may promote: the largest improvement among those that are better. Null: none is. */
  readonly candidate: string | null;
  /** The judgement in plain words. */
  readonly words: string;
}

/**
 * Judges challengers that ran in shadow on the champion's own problems, with the same seeds and budgets.
 * @throws EvidenceError `invalid-option` when two contenders have one name.
 */
export function judge(champion: Contender, challengers: readonly Contender[], question: Question): Judgement {
  const names = [champion, ...challengers].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new EvidenceError(
      'invalid-option',
      `judge: expected one contender per name, got "${twice}" twice; rename one.`,
    );
  }
  const comparisons = compareAll(question, champion, challengers);
  const better = comparisons.filter(({ verdict }) => verdict === 'better');
  const candidate = better.reduce<Comparison | null>(
    (best, next) => (best === null || next.improvement.estimate > best.improvement.estimate ? next : best),
    null,
  );
  return {
    champion: champion.name,
    comparisons,
    candidate: candidate?.challenger ?? null,
    words: say(champion, candidate, comparisons),
  };
}

function say(champion: Contender, candidate: Comparison | null, comparisons: readonly Comparison[]): string {
  if (candidate)
    return `${candidate.challenger} may replace ${champion.name} if a person decides so. ${candidate.words}`;
  if (comparisons.length === 0) return `${champion.name} stays champion: nothing challenged it.`;
  const open = comparisons.filter(({ verdict }) => verdict === 'not enough evidence');
  if (open.length === 0) return `${champion.name} stays champion: no challenger is better.`;
  const names = open.map(({ challenger }) => challenger).join(', ');
  return `${champion.name} stays champion: there is not enough evidence on ${names}.`;
}
