/**
 * Beliefs brought into line with a memory model: where answers carry times, what people are shown as "how well you still
 * know it" is the model's retrievability, and plans must forget by the same law. Stability and last practice of skills
 * with a memory become the model's, and every skill forgets and strengthens by its law from then on. Mastery at the last
 * practice stays what it was: mastery today is that times the retrievability.
 *
 * A skill without a memory keeps the stability that the tracker guessed (days to 90 % recall under either law), with the
 * difficulty of a first right answer.
 */
import type { MemoryModel, SkillMemory } from '../memory/memory-model.ts';
import { firstDifficulty } from '../memory/recurrence.ts';
import { type Beliefs, copyBeliefs } from './beliefs.ts';
import { memoryLaw } from './memory-law.ts';

const GOOD = 3;

/**
 * @param memories one per skill, null where there is none.
 * @param dayOf the day, as the beliefs count them, of a time in seconds since 1970.
 * @returns new beliefs; those given stay as they are.
 */
export function beliefsFromMemory(
  beliefs: Beliefs,
  model: MemoryModel,
  memories: readonly (SkillMemory | null)[],
  dayOf: (time: number) => number,
): Beliefs {
  if (memories.length !== beliefs.last.length) {
    throw new RangeError(
      `beliefsFromMemory: expected ${beliefs.last.length} memories, one per skill, got ${memories.length}; fill in null.`,
    );
  }
  const difficulty = new Float64Array(memories.length).fill(firstDifficulty(model.weights, GOOD));
  const anchored = copyBeliefs({ ...beliefs, memory: { law: memoryLaw(model.weights), difficulty } });
  memories.forEach((memory, skill) => {
    if (memory === null) return;
    difficulty[skill] = memory.difficulty;
    anchored.stability[skill] = memory.stability;
    anchored.last[skill] = Math.min(beliefs.day, dayOf(memory.last));
  });
  return anchored;
}
