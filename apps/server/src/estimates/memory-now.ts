/** What screens and plans mean by "still known": the chance to recall now, and when a look back is due. */
import type { MemoryModel, SkillMemory } from '@qurriculum/learner';
import { masteryThreshold } from './threshold.ts';

/** A look back is due when the chance to recall falls to this: below it, what was mastered hardly counts as such any more. */
export const WANTED_RECALL = 0.8;

/** Times beyond what a Date can say stand at its end. */
export const isoOf = (seconds: number): string => new Date(1000 * Math.min(seconds, 8.64e12)).toISOString();

/** @param now seconds since 1970; @param mastery of the skill at its last answer, null where unknown */
export function memoryNow(model: MemoryModel, memory: SkillMemory, now: number, mastery: number | null) {
  const recall = model.retrievability(memory, now);
  return {
    recall,
    reviewBy: isoOf(model.reviewBy(memory, WANTED_RECALL)),
    fading: (mastery ?? 0) >= masteryThreshold && recall < WANTED_RECALL,
    answers: memory.answers,
  };
}
