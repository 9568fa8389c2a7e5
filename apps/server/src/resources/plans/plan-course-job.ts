/**
 * The job that plans for everybody on a course, by its champion. Each plan is stored whole as it is made, so a job that
 * is cancelled or dies leaves good plans behind; tried again, it goes on with the learners who have none yet.
 */
import { z } from 'zod';
import { Problem } from '../../http/problem.ts';
import { defineJob } from '../../jobs/definition.ts';
import { loadCourseGraph } from '../../planning/course-graph.ts';
import type { Store } from '../../store/store.ts';
import { makePlan } from './service.ts';

const payload = z.object({
  courseId: z.number().int().positive(),
  /** When it was asked for: plans that are older are made anew. */
  since: z.iso.datetime(),
});

export const planCourseJob = defineJob<z.output<typeof payload>>({
  name: 'plan-course',
  payload,
  title: () => "Planning everybody's next steps",
  course: ({ courseId }) => courseId,
  async run({ courseId, since }, { store, signal, progress }) {
    const learners = await learnersToPlan(store, courseId, since);
    const course = await loadCourseGraph(store.db, courseId);
    let planned = 0;
    const refused: { readonly learnerId: number; readonly why: string }[] = [];
    for (const learnerId of learners) {
      signal.throwIfAborted();
      progress(
        (planned + refused.length) / learners.length,
        `Plan ${planned + refused.length + 1} of ${learners.length}`,
      );
      try {
        await makePlan(store, learnerId, {}, course);
        planned++;
      } catch (error) {
        // One learner without a plan must not keep the others from theirs; whatever else goes wrong ends the job.
        if (!(error instanceof Problem)) throw error;
        refused.push({ learnerId, why: error.message });
      }
    }
    return { planned, refused: refused.length, firstRefused: refused[0] ?? null };
  },
});

/** Learners of the course whose plan in force, if any, is older than `since`. */
async function learnersToPlan(store: Store, courseId: number, since: string): Promise<number[]> {
  const rows = await store.db
    .selectFrom('learner')
    .select('learner.id')
    .where('learner.course_id', '=', courseId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('plan')
            .select('plan.id')
            .whereRef('plan.learner_id', '=', 'learner.id')
            .where('plan.superseded', '=', false)
            .where('plan.created_at', '>=', new Date(since)),
        ),
      ),
    )
    .orderBy('learner.id')
    .execute();
  return rows.map(({ id }) => id);
}
