/** The working plan: seen, changed by hand, published; every change under the version that was on screen. */
import {
  nextEntries,
  type ScheduleAssignment,
  scoreSchedule,
  validateSchedule,
  writeScheduleCsv,
} from '@qurriculum/decisions';
import { orNotFound, Problem } from '../../http/problem.ts';
import type { Jobs } from '../../jobs/definition.ts';
import { askForBound } from '../../scheduling/bound-job.ts';
import { changesBetween } from '../../scheduling/compare.ts';
import { readCalendarRow, writeCalendarRow } from '../../scheduling/feeds.ts';
import { figuresOf } from '../../scheduling/figures.ts';
import { consequencesOf } from '../../scheduling/moves.ts';
import { namesOf } from '../../scheduling/names.ts';
import { boundNow, isStillProved, sessionsOf, viewPlan } from '../../scheduling/plan-view.ts';
import { changeSchedule, type StoredPlan, type Writer } from '../../scheduling/rows.ts';
import { boundKey, type CourseSchedule, loadCourseSchedule } from '../../scheduling/state.ts';
import { tellWebhooks } from '../../scheduling/webhooks.ts';
import type { Store } from '../../store/store.ts';
import type { ConsequencesView, PublishedView, ScheduleMove, SchedulePlanView } from './schema.ts';

/** The plan in hand, or a problem that says to make one. */
export function requirePlan({ schedule }: CourseSchedule): StoredPlan {
  if (schedule.plan !== null) return schedule.plan;
  throw new Problem('not-found', 'schedule: expected a plan, got none yet; plan first.');
}

/** The plan in hand; where its bound is not known, that is asked for. */
export async function viewWorkingPlan(store: Store, jobs: Jobs, loaded: CourseSchedule): Promise<SchedulePlanView> {
  const view = viewPlan(loaded, requirePlan(loaded));
  const isWanted = view.figures.bound === null && view.violations.length === 0;
  return { ...view, boundComing: isWanted && (await askForBound(store, jobs, loaded)) };
}

const noAssignments: readonly ScheduleAssignment[] = [];

export function previewMoves(loaded: CourseSchedule, moves: readonly ScheduleMove[]): ConsequencesView {
  const before = loaded.schedule.plan?.assignments ?? noAssignments;
  const { view } = consequencesOf(loaded.state, before, moves, namesOf(loaded));
  return { version: loaded.schedule.version, ...view };
}

/** Moves are refused where a rule would be broken: rules are never traded, and never broken by hand unawares. */
export async function acceptMoves(store: Store, writer: Writer, moves: readonly ScheduleMove[]): Promise<number> {
  const loaded = await loadCourseSchedule(store, writer.courseId);
  const names = namesOf(loaded);
  const { version } = await changeSchedule(store, writer, (current) => {
    const { plan, view } = consequencesOf(
      loaded.state,
      loaded.schedule.plan?.assignments ?? noAssignments,
      moves,
      names,
    );
    if (!view.allowed) {
      const errors = view.violations.map(({ rule, message }) => ({ field: rule, detail: message }));
      throw new Problem(
        'unprocessable',
        `moves: expected a change that keeps every rule, got: ${errors[0].detail}`,
        errors,
      );
    }
    const who = [...new Set(view.changes.map(({ learnerName }) => learnerName))];
    return {
      text: `Moved ${view.changes.length === 1 ? 'a session' : `${view.changes.length} sessions`} of ${who.slice(0, 3).join(', ')}${who.length > 3 ? ' and others' : ''}.`,
      plan: {
        ...{ assignments: plan.assignments, objective: plan.objective, terms: plan.terms, ...keptBound(loaded) },
        ...{ unmet: current.plan?.unmet ?? [], runId: current.plan?.runId ?? null },
        ...{ updatedBy: writer.person, updatedAt: new Date().toISOString(), publishedAs: null },
      },
      result: null,
    };
  });
  return version;
}

/** What is possible stays possible: a change by hand keeps a bound that holds. */
function keptBound({ state, schedule: { plan } }: CourseSchedule): Pick<StoredPlan, 'bound' | 'boundFor'> {
  const holds = plan !== null && isStillProved(state, plan, scoreSchedule(state, plan.assignments).objective);
  return holds ? { bound: plan.bound, boundFor: plan.boundFor } : { bound: null, boundFor: null };
}

/** What a plan is worth as people see it: setting and needs may have changed since it was planned. */
function valueNow(loaded: CourseSchedule, plan: StoredPlan) {
  const { objective, terms } = scoreSchedule(loaded.state, plan.assignments);
  const bound = boundNow(loaded, plan, objective);
  return { objective, terms, bound, boundFor: bound === null ? null : boundKey(loaded.state) };
}

export interface Publication {
  readonly name: string;
  readonly note?: string;
}

/** Publishes the working plan under the next number; calendars and webhooks are told. */
export async function publishPlan(
  store: Store,
  jobs: Jobs,
  writer: Writer,
  { name, note }: Publication,
): Promise<{ version: number; published: PublishedView }> {
  const loaded = await loadCourseSchedule(store, writer.courseId);
  const plan = requirePlan(loaded);
  const { state, published, schedule } = loaded;
  const broken = validateSchedule(state, { assignments: plan.assignments });
  if (broken.length > 0) {
    const names = namesOf(loaded);
    const errors = broken.slice(0, 50).map(({ rule, message }) => ({ field: rule, detail: names.say(message) }));
    throw new Problem(
      'unprocessable',
      `publish: expected a plan that keeps every rule, got: ${errors[0].detail}`,
      errors,
    );
  }
  const number = (published?.number ?? 0) + 1;
  const publishedAt = new Date().toISOString();
  const stored: StoredPlan = { ...plan, ...valueNow(loaded, plan), publishedAs: number };
  const { version } = await changeSchedule(store, writer, async (_, transaction) => {
    const { db } = transaction;
    await db
      .insertInto('schedule_published')
      .values({
        ...{ course_id: writer.courseId, number, name, note: note ?? null, approved_by: writer.person },
        ...{ version: schedule.version, body: JSON.stringify(stored), published_at: publishedAt },
      })
      .execute();
    const calendar = await readCalendarRow(db, writer.courseId);
    const sessions = sessionsOf(plan.assignments, namesOf(loaded), []).map(toCalendar);
    await writeCalendarRow(db, writer.courseId, {
      ...calendar,
      entries: nextEntries(calendar.entries, sessions, publishedAt),
    });
    const changed = changedSince(loaded, plan);
    await tellWebhooks(transaction, jobs, writer.courseId, {
      ...{ event: 'schedule.published', at: publishedAt, courseId: writer.courseId, number, name },
      ...{ approvedBy: writer.person, seats: plan.assignments.length, changed },
    });
    return { text: `Published "${name}" (number ${number}).`, plan: stored, result: null };
  });
  const view = { number, name, note: note ?? null, approvedBy: writer.person, publishedAt, version: schedule.version };
  const approved = { ...view, figures: figuresOf(stored), changed: changedSince(loaded, plan), inForce: true };
  return { version, published: approved };
}

function toCalendar({ tutorId, slotId, start, end, skill, roomId, members }: ReturnType<typeof sessionsOf>[number]) {
  return {
    ...{ tutor: tutorId, slot: slotId, skill: String(skill.id), start, end },
    ...(roomId !== null && { room: roomId }),
    learners: members.map(({ learnerId }) => String(learnerId)),
  };
}

const changedSince = ({ published }: CourseSchedule, plan: StoredPlan): number =>
  changesBetween(published?.plan.assignments ?? noAssignments, plan.assignments, () => 0).length;

interface PublishedRow {
  readonly number: number;
  readonly name: string;
  readonly note: string | null;
  readonly approved_by: string;
  readonly published_at: Date;
  readonly version: number;
  readonly body: unknown;
}

/** Everything that was published, newest first, with who approved it. */
export async function listPublished(store: Store, courseId: number): Promise<PublishedView[]> {
  const rows: PublishedRow[] = await store.db
    .selectFrom('schedule_published')
    .selectAll()
    .where('course_id', '=', courseId)
    .orderBy('number')
    .execute();
  return rows
    .map((row, k): PublishedView => {
      const plan = row.body as StoredPlan;
      const before = k === 0 ? noAssignments : (rows[k - 1].body as StoredPlan).assignments;
      return {
        ...{ number: row.number, name: row.name, note: row.note, approvedBy: row.approved_by, version: row.version },
        publishedAt: new Date(row.published_at).toISOString(),
        figures: figuresOf(plan),
        changed: changesBetween(before, plan.assignments, () => 0).length,
        inForce: k === rows.length - 1,
      };
    })
    .reverse();
}

/** A publication as it was, under the names of today. */
export async function viewPublished(store: Store, loaded: CourseSchedule, number: number): Promise<SchedulePlanView> {
  const row = await store.db
    .selectFrom('schedule_published')
    .select(['body'])
    .where('course_id', '=', loaded.schedule.courseId)
    .where('number', '=', number)
    .executeTakeFirst();
  const plan = orNotFound(row, 'publication', number).body as unknown as StoredPlan;
  return { ...viewPlan(loaded, plan), figures: figuresOf(plan), boundComing: false };
}

export function planCsv(loaded: CourseSchedule): string {
  const names = namesOf(loaded);
  const rows = sessionsOf(requirePlan(loaded).assignments, names, []).flatMap(
    ({ start, end, tutorName, skill, roomName, members }) =>
      members.map(({ name }) => ({
        start,
        end,
        tutor: tutorName,
        learner: name,
        skill: skill.name,
        room: roomName ?? '',
      })),
  );
  return writeScheduleCsv(rows, loaded.schedule.setting.timeZone);
}
