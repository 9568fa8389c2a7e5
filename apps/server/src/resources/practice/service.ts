/** Practice: an exercise is given, hints are asked for, the answer is checked and becomes a record like any other. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Item } from '@qurriculum/course';
import type { Kysely } from 'kysely';
import { updateEngagement } from '../../estimates/fit-engagement.ts';
import { updateMemory } from '../../estimates/memory-store.ts';
import { type MasteryChange, updateMastery } from '../../estimates/update-mastery.ts';
import type { Person } from '../../http/person.ts';
import { orNotFound, Problem } from '../../http/problem.ts';
import { loadMisconceptions } from '../../planning/course-graph.ts';
import type { Database } from '../../store/database.ts';
import { practiceDataset } from '../../store/datasets.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { selectLearner } from '../learners/service.ts';
import { currentPlan, makePlan } from '../plans/service.ts';
import { makeExercise, viewExercise } from './exercise.ts';
import { judgeAnswer, type Response } from './judge-answer.ts';
import type { AnswerResult, ExerciseView } from './schema.ts';
import { storeInteraction } from './store-interaction.ts';

type Db = Kysely<Database>;

/** What is kept of an exercise; with the answer, so it never leaves the server whole. */
interface StoredExercise {
  readonly item: Item;
  readonly source: ExerciseView['source'];
  readonly skill: ExerciseView['skill'];
}

/** Learners practise for themselves; staff may try exercises on behalf of a learner only by acting as that learner. */
export function requireSelf(person: Person | null, learnerId: number): void {
  if (person?.role === 'learner' && person.learnerId === learnerId) return;
  throw new Problem(
    'not-allowed',
    'practice: expected the learner, got somebody else; choose the learner as who you are.',
  );
}

/** Gives an exercise on a skill, by default the first step of the plan. */
export async function giveExercise(store: Store, learnerId: number, wanted: number | undefined): Promise<ExerciseView> {
  const { db } = store;
  const learner = await selectLearner(db, learnerId);
  const skillId = wanted ?? (await firstStep(store, learnerId));
  const skill = await db
    .selectFrom('skill')
    .select(['id', 'key', 'name'])
    .where('id', '=', skillId)
    .where('course_id', '=', learner.course_id)
    .executeTakeFirst();
  const found = orNotFound(skill, 'skill', skillId);
  // Which item comes is no result of an analysis: it is drawn from the system and the seed is kept with the exercise.
  const made = await makeExercise(db, learnerId, skillId, randomInt(2 ** 31));
  const id = randomUUID();
  const body: StoredExercise = { item: made.item, source: made.source, skill: found };
  await db
    .insertInto('exercise')
    .values({ id, learner_id: learnerId, item_id: made.itemId, seed: made.seed, body: JSON.stringify(body) })
    .execute();
  return viewExercise(id, made, found);
}

async function firstStep(store: Store, learnerId: number): Promise<number> {
  const plan = (await currentPlan(store.db, learnerId)) ?? (await makePlan(store, learnerId));
  const step = plan.sessions.flatMap((session) => session.steps)[0];
  if (step === undefined)
    throw new Problem('conflict', 'practice: expected a plan with steps, got an empty one; choose a skill.');
  return step.skillId;
}

/** The exercise with whose it is; a problem where there is none. */
export async function selectExercise(db: Db, id: string) {
  const row = await db.selectFrom('exercise').selectAll().where('id', '=', id).executeTakeFirst();
  const found = orNotFound(row, 'exercise', id);
  return { ...found, stored: found.body as unknown as StoredExercise };
}

/** The next hint. */
export async function giveHint(db: Db, id: string): Promise<{ hint: string; number: number; remaining: number }> {
  const { stored, hints_used: used, answered_at } = await selectExercise(db, id);
  const { hints } = stored.item;
  if (answered_at !== null)
    throw new Problem('conflict', 'hint: expected an open exercise, got one that is answered; see its steps.');
  if (used >= hints.length)
    throw new Problem('conflict', `hint: expected at most ${hints.length} hints to be asked for, got one more.`);
  await db
    .updateTable('exercise')
    .set({ hints_used: used + 1 })
    .where('id', '=', id)
    .execute();
  return { hint: hints[used].text, number: used + 1, remaining: hints.length - used - 1 };
}

export interface AnswerRequest extends Response {
  readonly seconds?: number;
}

/** Checks an answer; what could not be read is not counted. The answer, the mastery it moves and the plan go together. */
export async function answerExercise(store: Store, id: string, request: AnswerRequest): Promise<AnswerResult> {
  const exercise = await selectExercise(store.db, id);
  if (exercise.answered_at !== null) {
    throw new Problem('conflict', 'answer: expected an open exercise, got one that is answered; ask for another.');
  }
  const { item } = exercise.stored;
  const judged = judgeAnswer(item, request);
  if (!judged.accepted) return judged;
  const { misconception } = judged;
  const learner = await selectLearner(store.db, exercise.learner_id);
  // The last hint all but says the answer: what is right after it is no evidence that the skill is known.
  const correct = judged.correct && exercise.hints_used < Math.max(1, item.hints.length);
  const mastery = await store.transaction(async (transaction) => {
    const claimed = await transaction.db
      .updateTable('exercise')
      .set({
        answered_at: new Date(),
        response: JSON.stringify(request.response),
        correct: judged.correct,
        misconception,
      })
      .where('id', '=', id)
      .where('answered_at', 'is', null)
      .executeTakeFirst();
    if (claimed.numUpdatedRows === 0n)
      throw new Problem('conflict', 'answer: it was answered a moment ago; ask for another.');
    const changes = await recordAnswer(transaction, learner.course_id, exercise, correct, request.seconds);
    return named(transaction.db, changes);
  });
  await updateEngagement(store, learner.course_id, exercise.learner_id);
  const plan = await makePlan(store, exercise.learner_id).catch(() => null);
  return {
    accepted: true,
    correct: judged.correct,
    feedback: judged.feedback,
    misconception:
      misconception === null
        ? null
        : ((await loadMisconceptions(store.db, learner.course_id)).get(misconception) ?? null),
    answer: item.solution,
    steps: [...item.steps],
    mastery,
    planChanged: plan !== null,
  };
}

/** What was answered in the app, as it is kept among the records. */
export interface GivenAnswer {
  /** Unique among the course's answers in the app. */
  readonly id: string;
  readonly learner_id: number;
  readonly item_id: number;
  readonly hints_used: number;
}

/** A row of `interaction` in the course's practice data set, and the memory and mastery that follow from it. */
export async function recordAnswer(
  transaction: Transaction,
  course: number,
  exercise: GivenAnswer,
  correct: boolean,
  seconds: number | undefined,
): Promise<MasteryChange[]> {
  const { db } = transaction;
  const { id, learner_id: learner, item_id: item, hints_used: hints } = exercise;
  const dataset = await practiceDataset(transaction, course);
  const answer = { dataset, course, learner, item, correct, externalId: id, seconds: seconds ?? null, hints };
  const skills = await storeInteraction(db, answer);
  await updateMemory(db, { courseId: course, learnerId: learner, skills }, { correct, hints });
  return updateMastery(db, course, learner, skills);
}

async function named(db: Db, changes: readonly MasteryChange[]) {
  if (changes.length === 0) return [];
  const ids = changes.map(({ skillId }) => skillId);
  const names = await db.selectFrom('skill').select(['id', 'key', 'name']).where('id', 'in', ids).execute();
  return changes.map(({ skillId, before, after }) => {
    const skill = names.find((row) => row.id === skillId);
    const { mean, low, high } = after;
    return { id: skillId, key: skill?.key ?? '', name: skill?.name ?? '', before: before.mean, after: mean, low, high };
  });
}
