/** The job that tells what a rule costs: the plan with it and without it, by the same effort. No plan is changed by it. */
import type { ScheduleRuleName } from '@qurriculum/decisions';
import { hashJson, type Json } from '@qurriculum/evidence';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { defineJob } from '../jobs/definition.ts';
import { type RulePriceView, ruleSchema } from '../resources/schedules/proposal-schema.ts';
import { courseInputs, storeRun } from '../runs.ts';
import { withNames } from './as-problem.ts';
import { namesOf } from './names.ts';
import type { PriceOutput, run as runPrice } from './price-task.ts';
import { loadCourseSchedule } from './state.ts';

const priceTask = defineTask<typeof runPrice>(new URL('./price-task.ts', import.meta.url));

/** For each of the two searches: somebody waits. */
export const defaultPriceSeconds = 2;

/** Rules as the API names them. */
const ruleNames = {
  mostPerDay: 'most-per-day',
  mostPerWeek: 'most-per-week',
  bufferMinutes: 'buffer',
  levelWidth: 'level-width',
  apart: 'apart',
  alone: 'alone',
  least: 'least-load',
  most: 'most-load',
  pins: 'pins',
} as const satisfies Record<string, ScheduleRuleName>;

const payload = z.object({ courseId: z.number().int(), rule: ruleSchema, seconds: z.number() });

export const scheduleRulePriceJob = defineJob<z.output<typeof payload>>({
  name: 'schedule-rule-price',
  payload,
  title: () => 'Working out what a rule costs',
  course: ({ courseId }) => courseId,
  async run({ courseId, rule, seconds }, context) {
    const startedAt = new Date();
    const loaded = await loadCourseSchedule(context.store, courseId);
    const { state } = loaded;
    const seed = 0;
    const work = context.compute.run(
      priceTask,
      { state, rule: ruleNames[rule], seconds, seed },
      { signal: context.signal, onProgress: (fraction, label) => context.progress(fraction, label) },
    );
    const price = await withNames(namesOf(loaded), work);
    const [withRule, withoutRule] = [price.with.plan.objective, price.without.plan.objective];
    return context.finish(async ({ db }): Promise<RulePriceView & Json> => {
      const run = await storeRun(
        db,
        { course: courseId, startedAt },
        {
          ...{ kind: 'plan', subject: 'schedule-rule', problemHash: hashJson(state), cost: price.cost, seed },
          ...{ inputs: await courseInputs(db, courseId), budget: { seconds } },
          result: { rule, with: withRule, without: withoutRule, between: price.between && [...price.between] },
        },
      );
      return viewPrice(rule, price, run.id);
    });
  },
});

function viewPrice(rule: RulePriceView['rule'], found: PriceOutput, runId: string): RulePriceView {
  const { price, between } = found;
  const [kept, free] = [found.with.plan, found.without.plan];
  const sessions = free.assignments.length - kept.assignments.length;
  return {
    ...{ rule, withRule: kept.objective, withoutRule: free.objective, price, sessions },
    between: between && { least: between[0], most: between[1] },
    text: sayPrice(price, sessions, between),
    runIds: [runId],
  };
}

function sayPrice(price: number, sessions: number, between: readonly [number, number] | null): string {
  const sure = between === null ? '' : ` Proved: between ${between[0].toFixed(1)} and ${between[1].toFixed(1)} points.`;
  if (price < 0.05) return `No better plan was found without this rule.${sure}`;
  const more = sessions > 0 ? `, with ${sessions} more ${sessions === 1 ? 'place' : 'places'} in sessions` : '';
  return `Without this rule a plan worth ${price.toFixed(1)} points more was found${more}.${sure}`;
}
