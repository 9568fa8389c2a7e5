/** A course made by a test: skills in a chain, learners with estimates and answers, written straight into the store. */
import { practiceDataset } from '../store/datasets.ts';
import type { Store } from '../store/store.ts';

export interface SmallLearner {
  readonly key: string;
  readonly name?: string;
  /** By skill, in the course's order: right and wrong answers, oldest first, "1101"; absent: none. */
  readonly answers: readonly string[];
  /** By skill: the estimated mastery. */
  readonly mastery: readonly number[];
  /** Days ago of each answer; default: no times. */
  readonly daysAgo?: number;
}

export interface SmallCourse {
  readonly id: number;
  readonly dataset: number;
  readonly skills: readonly number[];
  readonly learners: readonly number[];
}

export interface SmallCourseOptions {
  readonly name: string;
  /** Each is a hard prerequisite of the next. */
  readonly skills: readonly string[];
  readonly learners: readonly SmallLearner[];
  readonly simulated?: boolean;
}

export function makeSmallCourse(store: Store, options: SmallCourseOptions): Promise<SmallCourse> {
  return store.transaction(async (transaction) => {
    const { db } = transaction;
    const { id } = await db
      .insertInto('course')
      .values({ name: options.name, simulated: options.simulated ?? false })
      .returning('id')
      .executeTakeFirstOrThrow();
    const dataset = await practiceDataset(transaction, id);
    if (options.simulated) await db.updateTable('dataset').set({ simulated: true }).where('id', '=', dataset).execute();
    const skills: number[] = [];
    const sets: number[] = [];
    for (const [position, key] of options.skills.entries()) {
      const skill = await db
        .insertInto('skill')
        .values({ course_id: id, key, name: `Skill ${key}`, subject: position % 2 === 0 ? 'even' : 'odd', position })
        .returning('id')
        .executeTakeFirstOrThrow();
      const set = await db
        .insertInto('skill_set')
        .values({ course_id: id, skills: [skill.id] })
        .returning('id')
        .executeTakeFirstOrThrow();
      skills.push(skill.id);
      sets.push(set.id);
    }
    for (let k = 1; k < skills.length; k++) {
      const ends = { from_skill: skills[k - 1], to_skill: skills[k] };
      await db
        .insertInto('prerequisite')
        .values({ ...ends, course_id: id, dataset_id: dataset, strength: 'hard', source: 'given' })
        .execute();
    }
    const learners: number[] = [];
    for (const { key, name, answers, mastery, daysAgo } of options.learners) {
      const row = { course_id: id, key, name: name ?? null, simulated: options.simulated ?? false };
      const learner = await db.insertInto('learner').values(row).returning('id').executeTakeFirstOrThrow();
      learners.push(learner.id);
      const at = daysAgo === undefined ? null : new Date(Date.now() - 86_400_000 * daysAgo);
      let sequence = 0;
      for (const [k, given] of answers.entries()) {
        if (given === '') continue;
        const place = { dataset_id: dataset, course_id: id, learner_id: learner.id, skill_set_id: sets[k], at };
        const rows = [...given].map((mark) => ({ ...place, correct: mark === '1', sequence: sequence++ }));
        await db.insertInto('interaction').values(rows).execute();
        const [mean, correct] = [mastery[k], [...given].filter((mark) => mark === '1').length];
        const interval = { mean, low: Math.max(0, mean - 0.1), high: Math.min(1, mean + 0.1) };
        await db
          .insertInto('mastery')
          .values({
            ...{ learner_id: learner.id, skill_id: skills[k], ...interval },
            ...{ attempts: given.length, correct, last_at: at },
          })
          .execute();
      }
    }
    return { id, dataset, skills, learners };
  });
}
