/** Simulated banks and learners. What rests on them is simulated, and says so. */
import { type LogisticItem, uniform } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { abilityAssessment, masteryAssessment } from '../models.ts';
import type { AssessmentItem, AssessmentModel } from '../types.ts';

export type BankKind = 'ability' | 'diagnosis';

export const bankKinds: readonly BankKind[] = ['ability', 'diagnosis'];

export interface SimulatedBank {
  readonly items: readonly AssessmentItem[];
  readonly model: AssessmentModel;
  readonly content: Readonly<Record<string, number>>;
}

export interface SimulatedTaker {
  /** The hypothesis nearest to the truth. */
  readonly hypothesis: number;
  /** The true ability; NaN for states. */
  readonly ability: number;
  /** Answers an item; the same learner gives the same answer whoever asks and when. */
  answer(item: number): boolean;
}

const AREAS = ['numbers', 'algebra', 'geometry', 'data'];
const ATTRIBUTES = 6;

/**
 * A bank. 'ability': slopes exp(N(0, .3)), difficulties N(0, 1). 'diagnosis': six attributes, one or two needed per item,
 * guesses and slips of 5 to 20 %. Four content areas alike; one item in ten has an enemy.
 */
export function drawBank(kind: BankKind, size: number, seed: number): SimulatedBank {
  const random = createRandom(seed).fork('bank', kind);
  const items = Array.from({ length: size }, (_, i): AssessmentItem => {
    const enemy = i > 0 && random.chance(0.1) ? [random.integer(i)] : [];
    return { id: `item ${i + 1}`, content: AREAS[i % AREAS.length], enemies: enemy };
  });
  const content = Object.fromEntries(AREAS.map((area) => [area, 1 / AREAS.length]));
  if (kind === 'diagnosis') {
    const skills = Array.from({ length: ATTRIBUTES }, (_, k) => ({ skill: `attribute ${k + 1}`, mastery: 0.5 }));
    const traced = items.map(() => {
      const needed = random.shuffle(skills.map(({ skill }) => skill)).slice(0, 1 + random.integer(2));
      return { skills: needed, guess: 0.05 + 0.15 * random.next(), slip: 0.05 + 0.15 * random.next() };
    });
    return { items, content, model: masteryAssessment(skills, traced) };
  }
  const logistic = items.map(
    (): LogisticItem => ({
      ...{ kind: 'logistic', slope: Math.exp(0.3 * random.normal()), difficulty: random.normal(), guessing: 0 },
    }),
  );
  return { items, content, model: abilityAssessment(logistic) };
}

/** Learner number `index` of a seed. */
export function drawTaker({ model }: SimulatedBank, seed: number, index: number): SimulatedTaker {
  const random = createRandom(seed).fork('taker', index);
  const { ability } = model;
  if (ability === null) {
    const hypothesis = random.integer(model.prior.length);
    const answer = (item: number) => uniform(seed, 'answer', index, item) < model.right[item][hypothesis];
    return { hypothesis, ability: Number.NaN, answer };
  }
  const theta = Math.max(-4, Math.min(4, random.normal()));
  const hypothesis = ability.reduce(
    (best, at, h) => (Math.abs(at - theta) < Math.abs(ability[best] - theta) ? h : best),
    0,
  );
  // Between two points of the grid P(right) is a straight line to far below sampling error.
  const low = Math.min(
    ability.length - 2,
    Math.max(
      0,
      ability.findLastIndex((at) => at <= theta),
    ),
  );
  const share = (theta - ability[low]) / (ability[low + 1] - ability[low]);
  const answer = (item: number) => {
    const right = model.right[item];
    return uniform(seed, 'answer', index, item) < right[low] * (1 - share) + right[low + 1] * share;
  };
  return { hypothesis, ability: theta, answer };
}
