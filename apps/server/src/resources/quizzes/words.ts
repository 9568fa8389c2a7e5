/** What a quiz says, in plain words for learners. */
import type { StopReason } from '@qurriculum/decisions';
import { masteryThreshold } from '../../estimates/threshold.ts';

/** What the answers say about a skill. */
export type Finding = 'knows' | 'not-yet' | 'unsure';

/** The finding for a P(known): on one side of the threshold of mastery, on the other, or in between. */
export function findingOf(known: number): Finding {
  if (known >= masteryThreshold) return 'knows';
  return known <= 1 - masteryThreshold ? 'not-yet' : 'unsure';
}

export interface WhyFacts {
  /** The first question on the skill in this quiz. */
  readonly first: boolean;
  /** No other skill of the quiz is less certain. */
  readonly leastSure: boolean;
}

/** Why a question on this skill, in one sentence. */
export function whyInWords(skill: string, { first, leastSure }: WhyFacts): string {
  if (leastSure) return `We are least sure about “${skill}”; your answer tells most there.`;
  if (first) return `Every skill gets a question. This is the first one about “${skill}”.`;
  return `We are not sure about “${skill}” yet; one more answer tells most.`;
}

/** Why the quiz ended. */
export function endInWords(reason: StopReason | 'stopped', questions: number, most: number): string {
  if (reason === 'certainty') return `It ended after ${count(questions)}: we were sure enough about every skill.`;
  if (reason === 'length') return `It ended after ${count(most)}, the most that were to be asked.`;
  if (reason === 'stopped')
    return questions === 0 ? 'It was stopped before an answer.' : `It was stopped after ${count(questions)}.`;
  return `It ended after ${count(questions)}: there was nothing left to ask.`;
}

const count = (questions: number): string => (questions === 1 ? '1 question' : `${questions} questions`);
