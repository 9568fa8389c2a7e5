/**
 * The thread's half of the sample's practice answers: what simulated learners wrote in their last exercises. The simulator
 * says only right or wrong; here a wrong answer gets a text, by a rule of our own, so that misconceptions have something
 * to be found in: who was wrong in half of their last answers to a template or more mostly holds one of its misconceptions.
 */
import { generateItem, type Item } from '@qurriculum/course';
import { createRandom, type Random } from '@qurriculum/random';
import type { TaskContext } from '../compute/tasks.ts';
import { templates } from '../planning/templates.ts';

/** One simulated answer, by the numbers of the sample. */
export interface SimulatedAnswer {
  readonly learner: number;
  /** Key of the template. */
  readonly item: string;
  readonly correct: boolean;
  /** Seconds since 1970. */
  readonly time: number;
}

export interface SimulatedExercise extends SimulatedAnswer {
  readonly seed: number;
  readonly generated: Item;
  readonly response: string;
  readonly misconception: string | null;
}

export interface SamplePracticeInput {
  /** A learner's answers together, in their order. */
  readonly answers: readonly SimulatedAnswer[];
  readonly seed: number;
}

const HOLDS_WHEN_WRONG = 0.6;
const SHOWS_WHEN_HELD = 0.85;

export async function run(
  { answers, seed }: SamplePracticeInput,
  { progress }: TaskContext,
): Promise<SimulatedExercise[]> {
  progress(0, 'Simulating what learners wrote');
  const wrongShare = sharesWrong(answers);
  return answers.flatMap((answer, place) => {
    const template = templates.get(answer.item);
    if (template === undefined) return [];
    const random = createRandom(seed).fork('practice', answer.learner, answer.item);
    const often = (wrongShare.get(keyOf(answer)) ?? 0) >= 0.5;
    const held = often && random.chance(HOLDS_WHEN_WRONG) ? random.nextDouble() : null;
    const itemSeed = random.fork(place).integer(2 ** 31);
    const generated = generateItem(template, itemSeed);
    return [{ ...answer, seed: itemSeed, generated, ...write(answer, generated, held, random.fork('shows', place)) }];
  });
}

const keyOf = ({ learner, item }: SimulatedAnswer): string => `${learner} ${item}`;

function sharesWrong(answers: readonly SimulatedAnswer[]): Map<string, number> {
  const grouped = Map.groupBy(answers, keyOf);
  return new Map([...grouped].map(([key, own]) => [key, own.filter(({ correct }) => !correct).length / own.length]));
}

/** `held` says which of the template's misconceptions, as a place among those in the order of their names. */
function write({ correct }: SimulatedAnswer, { answer, solution }: Item, held: number | null, random: Random) {
  if (correct) return { response: solution, misconception: null };
  const distractors = [...(answer.distractors ?? [])].sort((a, b) => (a.misconception < b.misconception ? -1 : 1));
  const shown = held === null ? undefined : distractors[Math.floor(held * distractors.length)];
  if (shown === undefined || !random.chance(SHOWS_WHEN_HELD)) return { response: '?', misconception: null };
  return { response: shown.response, misconception: shown.misconception };
}
