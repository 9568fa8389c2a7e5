/** What planning and repair found, kept beside the plan that it would replace until a person accepts it. */
import type { ScheduleAssignment, ScheduleEvent, UnmetDemand } from '@qurriculum/decisions';
import { orNotFound, Problem } from '../http/problem.ts';
import type { ProposalView } from '../resources/schedules/proposal-schema.ts';
import type { LearnerSetting } from '../resources/schedules/setting-schema.ts';
import type { Store, Transaction } from '../store/store.ts';
import { viewChanges } from './compare.ts';
import { figuresOf } from './figures.ts';
import { numberIn } from './keys.ts';
import { namesOf } from './names.ts';
import type { StoredPlan, StoredUnmet, Writer } from './rows.ts';
import type { CourseSchedule } from './state.ts';

export type AlternativeName = ProposalView['alternatives'][number]['name'];

/** A plan without who accepted it. */
export type FoundPlan = Pick<
  StoredPlan,
  'assignments' | 'objective' | 'terms' | 'bound' | 'boundFor' | 'unmet' | 'runId'
>;

export interface StoredAlternative {
  readonly name: AlternativeName;
  readonly plan: FoundPlan;
  readonly broken: number;
  readonly changed: number;
  readonly kept: number;
}

export interface StoredProposal {
  /** The plan that people saw when it was made. */
  readonly before: readonly ScheduleAssignment[];
  readonly alternatives: readonly StoredAlternative[];
  readonly changeCost: number | null;
  readonly events: readonly ScheduleEvent[];
  /** The events in words. */
  readonly words: readonly string[];
  /** Learners that events brought, with what is set for them. */
  readonly added: readonly { readonly learnerId: number; readonly setting: LearnerSetting }[];
}

export const storedUnmet = ({ learner, skill, wanted, met, message, fixes }: UnmetDemand): StoredUnmet => ({
  ...{ learnerId: numberIn(learner), skillId: numberIn(skill), wanted, met, reason: message },
  fixes: fixes.map((fix) => fix.message),
});

export async function storeProposal(
  { db }: Transaction,
  { courseId, version, person }: Writer,
  kind: ProposalView['kind'],
  body: StoredProposal,
): Promise<number> {
  const { id } = await db
    .insertInto('schedule_proposal')
    .values({ course_id: courseId, kind, version, body: JSON.stringify(body), by_person: person })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function selectProposal(store: Store, courseId: number, id: number) {
  const row = await store.db
    .selectFrom('schedule_proposal')
    .selectAll()
    .where('id', '=', id)
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  const found = orNotFound(row, 'proposal', id);
  return { ...found, body: found.body as unknown as StoredProposal };
}

export type ProposalRow = Awaited<ReturnType<typeof selectProposal>>;

/** The chosen alternative; a problem where it was accepted before, or the schedule is no longer what it was made from. */
export function requireAlternative(row: ProposalRow, name: AlternativeName, version: number): StoredAlternative {
  if (row.accepted_at !== null)
    throw new Problem('conflict', 'proposal: expected one to accept, got one that was accepted already.');
  if (row.version !== version) {
    throw new Problem(
      'conflict',
      `proposal: expected one made from version ${version}, got one from version ${row.version}; the schedule was changed since. Plan again.`,
    );
  }
  const found = row.body.alternatives.find((alternative) => alternative.name === name);
  if (found !== undefined) return found;
  const known = row.body.alternatives.map((alternative) => alternative.name).join(', ');
  throw new Problem('invalid-request', `alternative: expected one of ${known}, got ${name}.`);
}

export function viewProposal(loaded: CourseSchedule, row: ProposalRow): ProposalView {
  const names = namesOf(loaded);
  const { body } = row;
  return {
    ...{ id: row.id, kind: row.kind, version: row.version, byPerson: row.by_person, changeCost: body.changeCost },
    createdAt: new Date(row.created_at).toISOString(),
    current: row.version === loaded.schedule.version && row.accepted_at === null,
    acceptedAt: row.accepted_at === null ? null : new Date(row.accepted_at).toISOString(),
    events: [...body.words],
    alternatives: body.alternatives.map(({ name, plan, broken, changed, kept }) => {
      const changes = viewChanges(names, body.before, plan.assignments);
      return {
        ...{ name, figures: figuresOf(plan), broken, changed, kept, changes, runId: plan.runId },
        people: new Set(changes.map(({ learnerId }) => learnerId)).size,
        unmet: plan.unmet.map(({ learnerId, skillId, wanted, met, reason, fixes }) => ({
          learnerId,
          learnerName: names.learner(learnerId),
          ...{ skill: names.skill(skillId), wanted, met, reason: names.say(reason), fixes: fixes.map(names.say) },
        })),
      };
    }),
  };
}
