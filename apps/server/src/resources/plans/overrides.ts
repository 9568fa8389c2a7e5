/** What people say about steps: skip, pin, forbid, and taking it back; each makes the plan anew. */
import type { Person } from '../../http/person.ts';
import { orNotFound, Problem } from '../../http/problem.ts';
import type { Store } from '../../store/store.ts';
import { learnerName, selectLearner } from '../learners/service.ts';
import type { PlanView } from './schema.ts';
import { makePlan } from './service.ts';

export interface OverrideRequest {
  readonly skillId: number;
  readonly action: 'skip' | 'pin' | 'forbid';
  readonly reason?: string;
}

/** Stores what a person says about a skill and plans again. Learners speak for themselves; staff give a reason. */
export async function overrideStep(
  store: Store,
  learnerId: number,
  person: Person,
  { skillId, action, reason = '' }: OverrideRequest,
): Promise<PlanView> {
  if (person.role === 'learner' && person.learnerId !== learnerId) {
    throw new Problem(
      'not-allowed',
      'override: expected the learner or staff, got another learner; choose who you are.',
    );
  }
  if (person.role !== 'learner' && reason === '') {
    const detail = 'expected a reason, which the learner will see';
    throw new Problem('invalid-request', `reason: ${detail}.`, [{ field: 'reason', detail }]);
  }
  const learner = await selectLearner(store.db, learnerId);
  const skill = await store.db
    .selectFrom('skill')
    .select('id')
    .where('id', '=', skillId)
    .where('course_id', '=', learner.course_id)
    .executeTakeFirst();
  orNotFound(skill, 'skill', skillId);
  const by_person = person.role === 'learner' ? learnerName(learner) : person.name;
  await store.db
    .insertInto('override')
    .values({ learner_id: learnerId, skill_id: skillId, action, reason, by_person, by_role: person.role })
    .execute();
  return makePlan(store, learnerId);
}

/** Takes a word back and plans again. */
export async function withdrawOverride(store: Store, overrideId: number): Promise<PlanView> {
  const row = await store.db
    .updateTable('override')
    .set({ withdrawn_at: new Date() })
    .where('id', '=', overrideId)
    .where('withdrawn_at', 'is', null)
    .returning('learner_id')
    .executeTakeFirst();
  return makePlan(store, orNotFound(row, 'override', overrideId).learner_id);
}
