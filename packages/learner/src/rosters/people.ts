/** Who a OneRoster package says learns and teaches, and in which classes; bulk packages replace, deltas change what is known. */
import type { OneRosterPackage, OneRosterRow } from './one-roster-package.ts';
import type { OneRosterFile } from './one-roster-tables.ts';

export interface RosterPerson {
  /** `sourcedId` in users.csv. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

export interface RosterClass {
  readonly id: string;
  readonly title: string;
}

export interface RosterEnrolment {
  readonly id: string;
  readonly person: string;
  readonly class: string;
  /** student, teacher, aide, ... */
  readonly role: string;
}

/** Everything that packages have said so far. Plain JSON: kept from one package to the next. */
export interface Roster {
  readonly people: readonly RosterPerson[];
  readonly classes: readonly RosterClass[];
  readonly enrolments: readonly RosterEnrolment[];
  /** Roles at the institution by roles.csv, for people without a class. */
  readonly roles: readonly { readonly id: string; readonly person: string; readonly role: string }[];
}

export const emptyRoster: Roster = { people: [], classes: [], enrolments: [], roles: [] };

/**
 * The roster after a package. A bulk file stands for all there is; a row of a delta comes in place of the one with its id,
 * and one `tobedeleted` takes it away. Files that are absent leave what is known.
 */
export function applyOneRoster(known: Roster, { modes, rows }: OneRosterPackage): Roster {
  const after = <Row extends { readonly id: string }>(
    file: OneRosterFile,
    before: readonly Row[],
    read: (row: OneRosterRow) => Row,
  ): Row[] => {
    const mode = modes.get(file) ?? 'absent';
    if (mode === 'absent') return [...before];
    const all = new Map(mode === 'bulk' ? [] : before.map((row) => [row.id, row]));
    for (const row of rows.get(file) ?? []) {
      const id = row.cells['sourcedId'];
      if (row.cells['status'] === 'tobedeleted' || row.cells['enabledUser'] === 'false') all.delete(id);
      else all.set(id, read(row));
    }
    return [...all.values()];
  };
  return {
    people: after('users', known.people, ({ cells }) => ({
      ...{ id: cells['sourcedId'], username: cells['username'], name: nameOf(cells) },
    })),
    classes: after('classes', known.classes, ({ cells }) => ({ id: cells['sourcedId'], title: cells['title'] })),
    enrolments: after('enrollments', known.enrolments, ({ cells }) => ({
      ...{
        id: cells['sourcedId'],
        person: cells['userSourcedId'],
        class: cells['classSourcedId'],
        role: cells['role'],
      },
    })),
    roles: after('roles', known.roles, ({ cells }) => ({
      ...{ id: cells['sourcedId'], person: cells['userSourcedId'], role: cells['role'] },
    })),
  };
}

/** As people want to be called, where they said so. */
function nameOf(cells: Readonly<Record<string, string>>): string {
  const given = cells['preferredGivenName'] || cells['givenName'];
  const family = cells['preferredFamilyName'] || cells['familyName'];
  return `${given} ${family}`.trim();
}

export interface RosterMember extends RosterPerson {
  /** Titles of the classes, in order. */
  readonly classes: readonly string[];
}

/** Map.groupBy would need Node 21. */
function byPerson<Row extends { readonly person: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.person, [...(groups.get(row.person) ?? []), row]);
  return groups;
}

const TEACHING = new Set(['teacher', 'aide', 'proctor']);

/** Learners are students of a class, or by role where they have none; tutors are teachers, aides and proctors. */
export function rosterMembers({ people, classes, enrolments, roles }: Roster): {
  readonly learners: readonly RosterMember[];
  readonly tutors: readonly RosterMember[];
} {
  const titles = new Map(classes.map(({ id, title }) => [id, title]));
  const enrolled = byPerson(enrolments);
  const roleOf = byPerson(roles);
  const membersBy = (is: (role: string) => boolean): RosterMember[] =>
    people.flatMap((person) => {
      const own = (enrolled.get(person.id) ?? []).filter(({ role }) => is(role));
      const byRole = !enrolled.has(person.id) && (roleOf.get(person.id) ?? []).some(({ role }) => is(role));
      if (own.length === 0 && !byRole) return [];
      const named = own.map((enrolment) => titles.get(enrolment.class) ?? enrolment.class);
      return [{ ...person, classes: [...new Set(named)].sort() }];
    });
  return { learners: membersBy((role) => role === 'student'), tutors: membersBy((role) => TEACHING.has(role)) };
}
