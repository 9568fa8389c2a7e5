/** A course with a small schedule: six learners, two tutors, two rooms, one week of ten slots in which clocks change. */
import type { TestApi } from '../../../testing/api.ts';
import { makeSmallCourse, type SmallCourse } from '../../../testing/small-course.ts';
import type { SchedulePlanView } from '../schema.ts';
import type { ScheduleView } from '../setting-schema.ts';

export interface SmallSchedule extends SmallCourse {
  /** /api/courses/ID/schedule */
  readonly path: string;
  readonly slots: readonly string[];
}

export const teacher = 'teacher:Ms Lopez';

/** Clocks go back in Madrid on Sunday 25 October 2026: Thursday to Monday lies across it. */
const pattern = {
  from: '2026-10-22',
  weeks: 2,
  days: [1, 4, 5],
  times: [
    ['09:00', '09:45'],
    ['10:00', '10:45'],
  ],
};

/** The working plan, once its bound is there. */
export async function settledPlan(api: TestApi, path: string): Promise<SchedulePlanView> {
  for (;;) {
    const plan = await api.ok<SchedulePlanView>('GET', `${path}/plan`);
    if (!plan.boundComing) return plan;
    const [job] = await api.jobs.list({ name: 'schedule-bound', active: true, limit: 1 });
    if (job !== undefined) await api.jobs.wait(job.id);
  }
}

export async function makeSmallSchedule(api: TestApi, name: string): Promise<SmallSchedule> {
  const learners = Array.from({ length: 6 }, (_, k) => ({
    ...{ key: `l${k}`, name: `Learner ${k}`, answers: ['110', '10'], mastery: [0.3 + 0.05 * k, 0.2] },
  }));
  const course = await makeSmallCourse(api.store, { name, skills: ['add', 'multiply'], learners, simulated: true });
  const path = `/api/courses/${course.id}/schedule`;
  // Nobody else writes: versions count up.
  let version = 0;
  const put = async (at: string, body: object): Promise<void> => {
    ({ version } = await api.ok<{ version: number }>('PUT', `${path}${at}`, {
      person: teacher,
      body: { version, ...body },
    }));
  };
  await put('', { timeZone: 'Europe/Madrid', pattern, rules: { mostPerDay: 1 } });
  const slots = (await api.ok<ScheduleView>('GET', path)).slots.map(({ id }) => id);
  const skills = course.skills.map((skillId) => ({ skillId, quality: 1 }));
  await put('/tutors/ana', { tutor: { id: 'ana', name: 'Ana Ruiz', skills, available: slots, most: 6, groupSize: 2 } });
  await put('/tutors/bo', {
    tutor: { id: 'bo', name: 'Bo Berg', skills: skills.slice(0, 1), available: slots.slice(0, 4), most: 4 },
  });
  await put('/rooms/r1', { room: { id: 'r1', name: 'Room 1', seats: 2 } });
  await put('/rooms/r2', { room: { id: 'r2', name: 'Room 2', seats: 4, features: ['step-free'] } });
  for (const [k, id] of course.learners.entries()) {
    const needs = [{ skillId: course.skills[0], sessions: k < 2 ? 2 : 1, gain: 10 + k }];
    await put(`/learners/${id}`, { learner: { available: slots.slice(0, 5), needs } });
  }
  return { ...course, path, slots };
}
