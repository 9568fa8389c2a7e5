/**
 * Seconds for simulated answers: lognormal around what is usual for the skill and the learner's pace. One learner in
 * twelve guesses in spells: wrong answers mostly come within two seconds there. Who is right or wrong stays as it was.
 */
import { createRandom } from '@qurriculum/random';

export interface SimulatedAnswer {
  readonly learner: number;
  readonly skill: string;
  readonly correct: boolean;
}

const GUESSING_LEARNERS = 1 / 12;
const SPELL = { begins: 0.1, ends: 0.1 };
/** P(the answer was a guess | a spell, right or wrong): a guess at one of four options is right once in four times. */
const GUESSED = { right: 0.3, wrong: 0.9 };

/** Whole tenths of a second, one for each answer; answers of a learner follow one another. */
export function simulateSeconds(answers: readonly SimulatedAnswer[], seed: number): Float64Array {
  const usual = new Map<string, number>();
  let learner = { number: -1, random: createRandom(seed), strays: false, pace: 0, spell: false };
  return Float64Array.from(answers, ({ learner: number, skill, correct }) => {
    if (number !== learner.number) {
      const random = createRandom(seed).fork('seconds', number);
      learner = {
        number,
        random,
        strays: random.chance(GUESSING_LEARNERS),
        pace: 0.25 * random.normal(),
        spell: false,
      };
    }
    const { random, strays, pace } = learner;
    const known = usual.get(skill) ?? 3 + 0.3 * createRandom(seed).fork('usual', skill).normal();
    usual.set(skill, known);
    if (strays) learner.spell = learner.spell ? !random.chance(SPELL.ends) : random.chance(SPELL.begins);
    const guessed = random.chance(correct ? GUESSED.right : GUESSED.wrong) && learner.spell;
    const log = guessed ? 0.2 + 0.4 * random.normal() : known + pace + 0.5 * random.normal();
    return Math.round(10 * Math.exp(log)) / 10;
  });
}
