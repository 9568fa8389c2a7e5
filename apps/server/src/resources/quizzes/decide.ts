/**
 * What a quiz asks next: the assessment decision over the quiz's skills (packages/decisions/src/assessment), by mutual
 * information, from what was believed at the start and every answer since. Pure: the same setup, answers and counts give
 * the same question.
 */
import {
  type AskedItem,
  type AssessmentItem,
  type AssessmentState,
  type Belief,
  beliefAfter,
  explainItem,
  masteryAssessment,
  type SelectionRule,
  type StopReason,
  selectItem,
  stopReason,
} from '@qurriculum/decisions';
import { createRandom } from '@qurriculum/random';
import type { BankItem, QuizSetup, QuizSkill } from './setup.ts';
import { whyInWords } from './words.ts';

export const quizRule: SelectionRule = 'mutual-information';
/** A skill is settled when it is this likely known, or unknown: one error in ten, less than a guess costs. */
export const settledAt = 0.9;
/** No imported item in more than this share of a course's quizzes, while there are others. */
const MOST_EXPOSURE = 0.25;
/** An item is drawn from this many best ones. */
const AMONG = 3;
/** A skill that is still open may lag this many questions behind the most asked one before it is its turn. */
const LAG = 2;

export interface QuizAnswer {
  /** Number in the bank. */
  readonly bank: number;
  readonly right: boolean;
}

/** Quizzes begun in the course, and in how many of them each item of the bank was asked. */
export interface Exposure {
  readonly quizzes: number;
  readonly asked: ReadonlyMap<number, number>;
}

/** Why a question was asked: a sentence for the learner, figures for staff. */
export interface QuestionWhy {
  readonly text: string;
  /** P(right) as believed before it was asked. */
  readonly chanceRight: number;
  /** Expected loss of uncertainty, bits. */
  readonly bits: number;
  /** Its place by information among those that could be asked. */
  readonly rank: number;
  readonly eligible: number;
  /** Left out because it was asked, was asked of too many, or its skill had its turn. */
  readonly setAside: { readonly asked: number; readonly exposure: number; readonly content: number };
}

export type NextQuestion =
  | { readonly stop: StopReason }
  | { readonly bank: number; readonly skill: QuizSkill; readonly why: QuestionWhy };

/** A quiz as the assessment sees it. A template stands there as often as it could be asked. */
interface QuizState {
  readonly state: AssessmentState;
  readonly belief: Belief;
  /** The bank's number of each of the assessment's items. */
  readonly bank: readonly number[];
}

/** The next question, or why there is none. */
export function decideNext(setup: QuizSetup, answers: readonly QuizAnswer[], exposure: Exposure): NextQuestion {
  const { state, belief, bank } = quizState(setup, answers, exposure);
  const rules = { certainty: settledAt, least: Math.min(setup.skills.length, setup.most), most: setup.most };
  const stop = stopReason(state, rules, belief);
  if (stop !== null) return { stop };
  const random = createRandom(setup.seed).fork('question', answers.length);
  const item = selectItem(state, quizRule, random, belief);
  if (item === null) return { stop: 'no-items' };
  const explanation = explainItem(state, { items: [item], value: Number.NaN }, item, quizRule);
  const { asked, exposure: capped, content } = explanation.setAside;
  const skill = setup.skills[setup.bank[bank[item]].skills[0]];
  const unsure = setup.skills.map((_, k) => doubt(belief.mastery[k]));
  const mostUnsure = setup.skills[unsure.indexOf(Math.max(...unsure))];
  return {
    ...{ bank: bank[item], skill },
    why: {
      text: whyInWords(skill.name, {
        first: !answers.some((answer) => setup.bank[answer.bank].skills.includes(setup.skills.indexOf(skill))),
        leastSure: skill === mostUnsure,
      }),
      chanceRight: explanation.chanceRight,
      bits: explanation.information / Math.LN2,
      rank: explanation.rank ?? 1,
      eligible: explanation.eligible,
      setAside: { asked, exposure: capped, content },
    },
  };
}

/** P(known) of each skill of the quiz after the answers, all of them weighed by Bayes' rule. */
export function believed(setup: QuizSetup, answers: readonly QuizAnswer[]): Float64Array {
  return quizState(setup, answers, { quizzes: 0, asked: new Map() }).belief.mastery;
}

function quizState(setup: QuizSetup, answers: readonly QuizAnswer[], exposure: Exposure): QuizState {
  const bank = setup.bank.flatMap((item, k) => Array<number>(item.template ? setup.most : 1).fill(k));
  const firstOf = setup.bank.map((_, k) => bank.indexOf(k));
  const uses = setup.bank.map(() => 0);
  const asked = answers.map(({ bank: k, right }): AskedItem => ({ item: firstOf[k] + uses[k]++, right }));
  const model = masteryAssessment(
    setup.skills.map(({ key, known }) => ({ skill: key, mastery: known })),
    bank.map((k) => tracedItem(setup, setup.bank[k])),
  );
  const items = bank.map((k, copy): AssessmentItem => {
    const { itemId, skills } = setup.bank[k];
    return { id: `${itemId}.${copy - firstOf[k]}`, content: areaOf(setup.skills[skills[0]]) };
  });
  const belief = beliefAfter(model, asked);
  const content = turns(setup, answers, belief);
  const state: AssessmentState = {
    ...{ items, model, answers: asked },
    ...(content !== null && { content }),
    exposure: {
      most: MOST_EXPOSURE,
      among: AMONG,
      tests: exposure.quizzes,
      // New numbers each time: a template cannot be passed on as an item can.
      asked: bank.map((k) => (setup.bank[k].template ? 0 : (exposure.asked.get(setup.bank[k].itemId) ?? 0))),
    },
  };
  return { state, belief, bank };
}

/** All skills are needed: right if all are known and none slips, else a guess as good as the mean of theirs. */
function tracedItem({ skills }: QuizSetup, item: BankItem) {
  const needed = item.skills.map((k) => skills[k]);
  return {
    skills: needed.map(({ key }) => key),
    guess: needed.reduce((sum, { guess }) => sum + guess, 0) / needed.length,
    slip: 1 - needed.reduce((product, { slip }) => product * (1 - slip), 1),
  };
}

/** Not the key alone: objects put keys that are numbers in an order of their own. */
const areaOf = ({ key }: QuizSkill): string => `skill ${key}`;

/** How unsure a probability leaves us: its variance, largest at .5. */
export const doubt = (p: number): number => p * (1 - p);

/**
 * Content balance: every skill once before any of them again, and later none that is still open far behind the others;
 * those whose turn it is share alike, the least sure first. Null while nobody lags: then information alone decides.
 */
function turns(
  { skills, bank }: QuizSetup,
  answers: readonly QuizAnswer[],
  { mastery }: Belief,
): Record<string, number> | null {
  const asked = skills.map((_, k) => answers.filter((answer) => bank[answer.bank].skills[0] === k).length);
  const most = Math.max(...asked);
  const isOpen = (k: number): boolean => Math.max(mastery[k], 1 - mastery[k]) < settledAt;
  const lagging = skills.flatMap((_, k) =>
    (asked[k] === 0 && answers.length < skills.length) || (isOpen(k) && most - asked[k] >= LAG) ? [k] : [],
  );
  if (lagging.length === 0) return null;
  lagging.sort((a, b) => doubt(mastery[b]) - doubt(mastery[a]));
  return Object.fromEntries(lagging.map((k) => [areaOf(skills[k]), 1 / lagging.length]));
}
