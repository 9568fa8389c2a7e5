/** Planning asked for, and proposals accepted: the plan, and for repairs what events did to hours, people and rooms. */
import { applyScheduleEvents, validateSchedule } from '@qurriculum/decisions';
import { orNotFound, Problem } from '../../http/problem.ts';
import type { Jobs } from '../../jobs/definition.ts';
import { asProblem, requirePlannable } from '../../scheduling/as-problem.ts';
import { nameEvents } from '../../scheduling/events.ts';
import { namesOf } from '../../scheduling/names.ts';
import { defaultScheduleSeconds, schedulePlanJob } from '../../scheduling/plan-job.ts';
import { defaultPriceSeconds, scheduleRulePriceJob } from '../../scheduling/price-job.ts';
import {
  type AlternativeName,
  type ProposalRow,
  requireAlternative,
  type StoredAlternative,
  selectProposal,
} from '../../scheduling/proposals.ts';
import { defaultRepairSeconds, scheduleRepairJob } from '../../scheduling/repair-job.ts';
import {
  changeSchedule,
  type ScheduleChange,
  type StoredSchedule,
  staleVersion,
  type Writer,
  writeLearner,
} from '../../scheduling/rows.ts';
import { type CourseSchedule, learnersAfter, loadCourseSchedule, settingAfter } from '../../scheduling/state.ts';
import { tellWebhooks } from '../../scheduling/webhooks.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { requirePlan } from './plan-service.ts';
import { type EventBody, type RulePriceView, rulePriceSchema } from './proposal-schema.ts';

export interface PlanRequest {
  readonly from?: string;
  readonly to?: string;
  readonly seconds?: number;
  readonly seed?: number;
  readonly accept?: boolean;
}

/** Starts the job; refused at once where the schedule is not the one that was on screen, or has nothing to plan. */
export async function sendPlanning(store: Store, jobs: Jobs, writer: Writer, request: PlanRequest): Promise<string> {
  const loaded = await loadCourseSchedule(store, writer.courseId);
  await requireNewest(store, writer, loaded.schedule);
  const { version, setting } = loaded.schedule;
  if (setting.slots.length === 0 || setting.tutors.length === 0) {
    throw new Problem('unprocessable', 'plan: expected slots and tutors to plan with, got none; add them first.');
  }
  requirePlannable(loaded.state, namesOf(loaded));
  const { from, to, seconds = defaultScheduleSeconds, seed = 0, accept = true } = request;
  const { courseId, person } = writer;
  const payload = { courseId, version, person, seconds, seed, accept, ...(from && { from }), ...(to && { to }) };
  return jobs.send(schedulePlanJob, payload, { requestedBy: person });
}

export interface RepairRequest {
  readonly events: readonly EventBody[];
  readonly changeCost?: number;
  readonly seconds?: number;
  readonly seed?: number;
}

/** Starts the job; events that name what is not there, or cannot be, are refused at once. */
export async function sendRepair(store: Store, jobs: Jobs, writer: Writer, request: RepairRequest): Promise<string> {
  const loaded = await loadCourseSchedule(store, writer.courseId);
  await requireNewest(store, writer, loaded.schedule);
  requirePlan(loaded);
  const { events } = await nameEvents(store, loaded, request.events);
  asProblem(() => applyScheduleEvents(loaded.state, events));
  const { change } = loaded.schedule.setting.weights;
  const { changeCost = change, seconds = defaultRepairSeconds, seed = 0 } = request;
  const { courseId, person } = writer;
  const payload = { courseId, person, events: [...request.events], changeCost, seconds, seed };
  return jobs.send(scheduleRepairJob, payload, { requestedBy: person });
}

export interface RulePriceRequest {
  readonly rule: RulePriceView['rule'];
  readonly seconds?: number;
}

/** Starts the job that plans with the rule and without it. */
export async function sendRulePrice(
  store: Store,
  jobs: Jobs,
  writer: Writer,
  { rule, seconds = defaultPriceSeconds }: RulePriceRequest,
): Promise<string> {
  const loaded = await loadCourseSchedule(store, writer.courseId);
  await requireNewest(store, writer, loaded.schedule);
  requirePlannable(loaded.state, namesOf(loaded));
  const { courseId, person } = writer;
  return jobs.send(scheduleRulePriceJob, { courseId, rule, seconds }, { requestedBy: person });
}

/** What such a job found; a problem `not-found` before it is done, and where it is none of this course. */
export async function readRulePrice(jobs: Jobs, courseId: number, jobId: string): Promise<RulePriceView> {
  const job = await jobs.find(jobId);
  const isPrice = job?.name === scheduleRulePriceJob.name && job.courseId === courseId && job.state === 'done';
  return rulePriceSchema.parse(orNotFound(isPrice ? job : undefined, 'price of a rule', jobId).result);
}

/** Refuses an older version as every write does, with what changed since. */
async function requireNewest(store: Store, writer: Writer, { version }: StoredSchedule): Promise<void> {
  if (version !== writer.version) throw await staleVersion(store.db, writer.courseId, writer.version, version);
}

/** Makes an alternative the working plan, and for a repair changes what its events changed. */
export async function acceptProposal(
  store: Store,
  jobs: Jobs,
  writer: Writer,
  id: number,
  name: AlternativeName,
): Promise<number> {
  const row = await selectProposal(store, writer.courseId, id);
  const loaded = await loadCourseSchedule(store, writer.courseId);
  const { version } = await changeSchedule(store, writer, async (current, transaction) => {
    const chosen = requireAlternative(row, name, current.version);
    await transaction.db
      .updateTable('schedule_proposal')
      .set({ accepted_at: new Date() })
      .where('id', '=', id)
      .execute();
    return row.kind === 'plan'
      ? acceptPlan(writer, loaded, chosen)
      : acceptRepair(transaction, jobs, writer, current, loaded, row, chosen);
  });
  return version;
}

type Change = ScheduleChange<null>;

const accepted = (writer: Writer, { plan }: StoredAlternative) => ({
  ...plan,
  ...{ updatedBy: writer.person, updatedAt: new Date().toISOString(), publishedAs: null },
});

function acceptPlan(writer: Writer, loaded: CourseSchedule, chosen: StoredAlternative): Change {
  const broken = validateSchedule(loaded.state, { assignments: chosen.plan.assignments });
  if (broken.length > 0) {
    const message = namesOf(loaded).say(broken[0].message);
    throw new Problem('unprocessable', `proposal: expected a plan that keeps every rule, got: ${message}`);
  }
  return {
    text: `Accepted a plan: ${chosen.plan.assignments.length} places in sessions.`,
    plan: accepted(writer, chosen),
    result: null,
  };
}

async function acceptRepair(
  transaction: Transaction,
  jobs: Jobs,
  writer: Writer,
  current: StoredSchedule,
  loaded: CourseSchedule,
  { body }: ProposalRow,
  chosen: StoredAlternative,
): Promise<Change> {
  const { courseId } = writer;
  const { db } = transaction;
  const { state } = applyScheduleEvents(loaded.state, body.events);
  for (const [learnerId, setting] of learnersAfter(loaded.learners, loaded.state, state)) {
    if (setting === null) await db.deleteFrom('schedule_learner').where('learner_id', '=', learnerId).execute();
    else await writeLearner(db, courseId, learnerId, setting);
  }
  for (const { learnerId, setting } of body.added) await writeLearner(db, courseId, learnerId, setting);
  const { broken, changed, kept } = chosen;
  await tellWebhooks(transaction, jobs, courseId, {
    ...{ event: 'schedule.repaired', at: new Date().toISOString(), courseId, approvedBy: writer.person },
    ...{ events: body.words.length, alternative: chosen.name, broken, changed, kept },
  });
  const what = body.words.length === 1 ? body.words[0] : `${body.words.length} events.`;
  return {
    text: `Repaired the plan after: ${what}`,
    setting: settingAfter(current.setting, state),
    plan: accepted(writer, chosen),
    result: null,
  };
}
