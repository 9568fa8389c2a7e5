/**
 * The job that plans a term or some weeks. What it finds is kept as a proposal; it becomes the working plan by itself unless
 * somebody changed the schedule meanwhile, or asked to see it first.
 */
import { scoreSchedule } from '@qurriculum/decisions';
import { hashJson, type Json } from '@qurriculum/evidence';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { Problem } from '../http/problem.ts';
import { defineJob, type JobContext } from '../jobs/definition.ts';
import { courseInputs, storeRun } from '../runs.ts';
import type { Transaction } from '../store/store.ts';
import { withNames } from './as-problem.ts';
import { changesBetween } from './compare.ts';
import { learnerKey, skillKey } from './keys.ts';
import { namesOf } from './names.ts';
import { type FoundPlan, type StoredProposal, storedUnmet, storeProposal } from './proposals.ts';
import { changeWithin, type StoredUnmet, type Writer } from './rows.ts';
import type { PlanOutput, run as runPlan } from './solve-task.ts';
import { type CourseSchedule, loadCourseSchedule } from './state.ts';
import { type WindowState, windowOf } from './window.ts';

const planTask = defineTask<typeof runPlan>(new URL('./solve-task.ts', import.meta.url));

/** Enough for a proof in classes of the usual size. */
export const defaultScheduleSeconds = 10;

const payload = z.object({
  courseId: z.number().int(),
  version: z.number().int(),
  person: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  seconds: z.number(),
  seed: z.number().int(),
  accept: z.boolean(),
});
type Payload = z.output<typeof payload>;

export const schedulePlanJob = defineJob<Payload>({
  name: 'schedule-plan',
  payload,
  title: () => 'Planning tutoring sessions',
  course: ({ courseId }) => courseId,
  async run(asked, context) {
    const startedAt = new Date();
    const loaded = await loadCourseSchedule(context.store, asked.courseId);
    const part = windowOf(loaded.state, loaded.schedule.plan?.assignments ?? [], asked);
    const { seconds, seed } = asked;
    const initial = part.inside.length === 0 ? null : part.inside;
    const work = context.compute.run(
      planTask,
      { state: part.state, seconds, seed, initial },
      { signal: context.signal, onProgress: (fraction, label) => context.progress(fraction, label) },
    );
    const found = await withNames(namesOf(loaded), work);
    return context.finish((transaction) => keep(transaction, asked, context, { loaded, part, found, startedAt }));
  },
});

interface Found {
  readonly loaded: CourseSchedule;
  readonly part: WindowState;
  readonly found: PlanOutput;
  readonly startedAt: Date;
}

async function keep(transaction: Transaction, asked: Payload, context: JobContext, work: Found): Promise<Json> {
  const { loaded, found } = work;
  const runId = await storePlanRun(transaction, asked, work);
  const plan = wholePlan(work, runId);
  const before = loaded.schedule.plan?.assignments ?? [];
  const changed = changesBetween(before, plan.assignments, () => 0).length;
  const body: StoredProposal = {
    ...{ before, changeCost: null, events: [], words: [], added: [] },
    alternatives: [{ name: 'plan', plan, broken: 0, changed, kept: Math.max(0, before.length - changed) }],
  };
  // Made from what was loaded, also where that is newer than what was on screen.
  const writer: Writer = { courseId: asked.courseId, version: loaded.schedule.version, person: asked.person };
  const proposalId = await storeProposal(transaction, writer, 'plan', body);
  if (!asked.accept) return { proposalId, accepted: false, changes: [] };
  if (found.violations.length > 0) {
    return { proposalId, accepted: false, changes: found.violations.map(({ message }) => message) };
  }
  context.signal.throwIfAborted();
  try {
    await changeWithin(transaction, { ...writer, version: asked.version }, () => ({
      text: sayPlanned(asked, plan),
      plan: { ...plan, updatedBy: asked.person, updatedAt: new Date().toISOString(), publishedAs: null },
      result: null,
    }));
  } catch (error) {
    // Somebody changed the schedule meanwhile: the proposal is there, and a person decides.
    if (!(error instanceof Problem) || error.code !== 'conflict') throw error;
    return { proposalId, accepted: false, changes: error.errors.map(({ detail }) => detail) };
  }
  await transaction.db
    .updateTable('schedule_proposal')
    .set({ accepted_at: new Date() })
    .where('id', '=', proposalId)
    .execute();
  return { proposalId, accepted: true, changes: [] };
}

function sayPlanned({ from, to }: Payload, { assignments }: FoundPlan): string {
  const when = from === undefined && to === undefined ? '' : ` from ${from ?? 'the beginning'} to ${to ?? 'the end'}`;
  return `Planned${when}: ${assignments.length} places in sessions.`;
}

/** The weeks planned and the rest together. A bound of some weeks says nothing about all. */
function wholePlan({ loaded, part, found }: Found, runId: string): FoundPlan {
  const isWhole = part.state === loaded.state;
  const assignments = [...part.outside, ...found.plan.assignments];
  const { objective, terms } = isWhole ? found.plan : scoreSchedule(loaded.state, assignments);
  const unmet = found.unmet.map(storedUnmet);
  return {
    ...{ assignments, objective, terms, bound: isWhole ? found.bound : null, runId },
    unmet: isWhole ? unmet : unmet.map((one) => ofAllWeeks(one, loaded, part)),
  };
}

function ofAllWeeks(one: StoredUnmet, { needs }: CourseSchedule, { outside }: WindowState): StoredUnmet {
  const already = outside.filter(
    ({ learner, skill }) => learner === learnerKey(one.learnerId) && skill === skillKey(one.skillId),
  ).length;
  const need = needs.get(one.learnerId)?.find(({ skillId }) => skillId === one.skillId);
  return { ...one, wanted: need?.sessions ?? one.wanted + already, met: one.met + already };
}

async function storePlanRun({ db }: Transaction, asked: Payload, { part, found, startedAt }: Found): Promise<string> {
  const { plan, bound, optimal, violations, unmet, stoppedEarly, work, cost } = found;
  const run = await storeRun(
    db,
    { course: asked.courseId, startedAt },
    {
      ...{ kind: 'plan', subject: 'schedule', problemHash: hashJson(part.state), bound, cost },
      inputs: await courseInputs(db, asked.courseId),
      ...{ seed: asked.seed, budget: { seconds: asked.seconds } },
      result: {
        ...{ objective: plan.objective, optimal, stoppedEarly, work, places: plan.assignments.length },
        terms: { ...plan.terms },
        ...{ unmet: unmet.length, violations: violations.map(({ message }) => message) },
      },
    },
  );
  return run.id;
}
