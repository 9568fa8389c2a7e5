/** The job that repairs a plan after something happened: a proposal with alternatives, for a person to choose from. */
import { hashJson } from '@qurriculum/evidence';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { defineJob } from '../jobs/definition.ts';
import { eventSchema } from '../resources/schedules/proposal-schema.ts';
import { courseInputs, storeRun } from '../runs.ts';
import type { Transaction } from '../store/store.ts';
import { withNames } from './as-problem.ts';
import { nameEvents } from './events.ts';
import { namesOf } from './names.ts';
import { storedUnmet, storeProposal } from './proposals.ts';
import type { RepairInput, RepairOutput, run as runRepair } from './repair-task.ts';
import { loadCourseSchedule } from './state.ts';

const repairTask = defineTask<typeof runRepair>(new URL('./repair-task.ts', import.meta.url));

/** For each of the three searches; repair is asked for while somebody waits. */
export const defaultRepairSeconds = 1;

const payload = z.object({
  courseId: z.number().int(),
  person: z.string(),
  events: z.array(eventSchema).min(1),
  changeCost: z.number(),
  seconds: z.number(),
  seed: z.number().int(),
});
type Payload = z.output<typeof payload>;

export const scheduleRepairJob = defineJob<Payload>({
  name: 'schedule-repair',
  payload: payload as z.ZodType<Payload>,
  title: () => 'Repairing tutoring sessions',
  course: ({ courseId }) => courseId,
  async run({ courseId, person, events: bodies, changeCost, seconds, seed }, context) {
    const startedAt = new Date();
    const loaded = await loadCourseSchedule(context.store, courseId);
    const { events, words, added } = await nameEvents(context.store, loaded, bodies);
    const before = loaded.schedule.plan?.assignments ?? [];
    const input: RepairInput = { state: loaded.state, plan: before, events, changeCost, seconds, seed };
    const work = context.compute.run(repairTask, input, {
      signal: context.signal,
      onProgress: (_, label) => context.progress(null, label),
    });
    const found = await withNames(namesOf(loaded), work);
    return context.finish(async (transaction) => {
      const runId = await storeRepairRun(transaction, courseId, input, found, startedAt);
      // What nobody can pass, whoever minds changes or not: known from the answer from scratch.
      const bound = found.answers.find(({ name }) => name === 'best')?.answer.bound ?? null;
      const alternatives = found.answers.map(({ name, answer }) => ({
        ...{ name, broken: found.broken, changed: answer.moved, kept: answer.kept },
        plan: {
          ...{ assignments: answer.plan.assignments, objective: answer.value, bound, runId },
          terms: { ...answer.plan.terms, change: 0 },
          unmet: answer.unmet.map(storedUnmet),
        },
      }));
      const writer = { courseId, version: loaded.schedule.version, person };
      const proposal = { before, alternatives, changeCost, events, words, added };
      return { proposalId: await storeProposal(transaction, writer, 'repair', proposal) };
    });
  },
});

async function storeRepairRun(
  { db }: Transaction,
  courseId: number,
  { state, plan, events, changeCost, seconds, seed }: RepairInput,
  { broken, answers, cost }: RepairOutput,
  startedAt: Date,
): Promise<string> {
  const run = await storeRun(
    db,
    { course: courseId, startedAt },
    {
      ...{ kind: 'plan', subject: 'schedule-repair', problemHash: hashJson({ state, plan, events, changeCost }), cost },
      ...{ inputs: await courseInputs(db, courseId), seed, budget: { seconds } },
      result: {
        ...{ events: events.length, changeCost, broken },
        answers: answers.map(({ name, answer: { value, bound, kept, moved, violations } }) => ({
          ...{ name, value, bound, kept, moved, violations: violations.map(({ message }) => message) },
        })),
      },
    },
  );
  return run.id;
}
