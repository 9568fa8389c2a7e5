/** People who can be chosen in the person picker: staff by role, and the learners of a course. */
import { type Kysely, sql } from 'kysely';
import { type Person, staffRoles } from '../../http/person.ts';
import type { Database } from '../../store/database.ts';
import type { StaffRole } from '../../store/tables/course.ts';

export interface PickablePerson {
  /** What goes into the header, before percent-encoding: `teacher:Ms Lopez`, `learner:12`. */
  readonly person: string;
  readonly role: Person['role'];
  readonly name: string;
  readonly simulated: boolean;
}

export interface PeopleFilter {
  readonly courseId?: number;
  /** Part of a learner's name or key. */
  readonly search?: string;
  /** Most learners in the answer. */
  readonly limit: number;
}

/** Staff first, by role; a role in which nobody is known yet is offered under its own name. */
export async function listPeople(db: Kysely<Database>, filter: PeopleFilter): Promise<PickablePerson[]> {
  const known = await db.selectFrom('staff').select(['role', 'name']).orderBy('id').execute();
  const staff = staffRoles.flatMap((role) => {
    const names = known.filter((one) => one.role === role).map((one) => one.name);
    const offered = names.length > 0 ? names : [role[0].toUpperCase() + role.slice(1)];
    return offered.map((name) => ({ person: `${role}:${name}`, role, name, simulated: false }));
  });
  return [...staff, ...(await listLearners(db, filter))];
}

async function listLearners(db: Kysely<Database>, filter: PeopleFilter): Promise<PickablePerson[]> {
  if (filter.courseId === undefined) return [];
  let query = db
    .selectFrom('learner')
    .select(['id', 'simulated', sql<string>`coalesce(name, key)`.as('name')])
    .where('course_id', '=', filter.courseId)
    .orderBy('id')
    .limit(filter.limit);
  if (filter.search)
    query = query.where(
      sql<boolean>`strpos(lower(coalesce(name, '') || ' ' || key), ${filter.search.toLowerCase()}) > 0`,
    );
  const rows = await query.execute();
  return rows.map(({ id, name, simulated }) => ({ person: `learner:${id}`, role: 'learner', name, simulated }));
}

/** Adds a member of staff; one who is there already stays as is. */
export async function addStaff(db: Kysely<Database>, role: StaffRole, name: string): Promise<PickablePerson> {
  await db
    .insertInto('staff')
    .values({ role, name })
    .onConflict((conflict) => conflict.constraint('staff_person').doNothing())
    .execute();
  return { person: `${role}:${name}`, role, name, simulated: false };
}
