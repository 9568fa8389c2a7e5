import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { learnerDataFolder } from '../testing/learner-data.ts';
import { oneRosterTables } from './one-roster-tables.ts';
import { applyOneRoster, emptyRoster, rosterMembers } from './people.ts';
import { readOneRoster } from './read-one-roster.ts';

const folder = path.join(learnerDataFolder, '../edtech/oneroster');

const packages = (kind: string): string[] =>
  existsSync(folder) ? readdirSync(path.join(folder, kind)).map((name) => path.join(kind, name)) : [];

function load(name: string) {
  const at = path.join(folder, name);
  const files = readdirSync(at).filter((file) => file.endsWith('.csv'));
  const scenario = JSON.parse(readFileSync(path.join(at, '_scenario.json'), 'utf8')) as { expectedCodes?: string[] };
  return { scenario, entries: new Map(files.map((file) => [file, readFileSync(path.join(at, file), 'utf8')])) };
}

describe.skipIf(!existsSync(folder))('readOneRoster on published packages (skipped: ../shared/data is absent)', () => {
  it.each(packages('invalid'))('%s: names what is expected, and nothing else', (name) => {
    const { entries, scenario } = load(name);
    const { diagnostics } = readOneRoster(entries);
    expect([...new Set(diagnostics.map(({ code }) => code))].sort()).toEqual(
      [...(scenario.expectedCodes ?? [])].sort(),
    );
    for (const { message } of diagnostics) expect(message).toMatch(/^\w+\.csv: .*expected .+, .+\.$/);
  });

  it.each(packages('valid'))('%s: nothing is wrong', (name) => {
    const { diagnostics, usable, rejected } = readOneRoster(load(name).entries);
    expect([diagnostics, usable, rejected]).toEqual([[], true, 0]);
  });

  it('applies a delta on nothing: people with their roles', () => {
    const roster = applyOneRoster(emptyRoster, readOneRoster(load('valid/09-full-delta-package').entries));
    const { learners, tutors } = rosterMembers(roster);
    expect(learners).toEqual([]);
    expect(tutors).toEqual([
      { id: 'user-agent', username: 'user-agent', name: 'Given Family', classes: [] },
      { id: 'user-1', username: 'user-1', name: 'Given Family', classes: ['Algebra One A'] },
    ]);
  });
});

type Cells = Readonly<Record<string, string>>;
type Modes = Readonly<Record<string, 'bulk' | 'delta'>>;

/** A package with these rows; columns that a row leaves out are empty. */
function pack(modes: Modes, tables: Readonly<Record<string, readonly Cells[]>>): Map<string, string> {
  const manifest = ['propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2'];
  for (const file of Object.keys(oneRosterTables)) manifest.push(`file.${file},${modes[file] ?? 'absent'}`);
  const csv = Object.entries(tables).map(([file, rows]): [string, string] => {
    const { columns } = oneRosterTables[file as keyof typeof oneRosterTables];
    const lines = rows.map((row) => columns.map((column) => `"${row[column] ?? ''}"`).join(','));
    return [`${file}.csv`, [columns.join(','), ...lines].join('\r\n')];
  });
  return new Map([['manifest.csv', manifest.join('\r\n')], ...csv]);
}

const user = (sourcedId: string, givenName: string, more: Cells = {}): Cells => ({
  ...{ sourcedId, enabledUser: 'true', username: sourcedId, givenName, familyName: 'B', ...more },
});
const enrolment = (sourcedId: string, userSourcedId: string, role: string, more: Cells = {}): Cells => ({
  ...{ sourcedId, classSourcedId: 'c', schoolSourcedId: 'o', userSourcedId, role, ...more },
});
const bulk = pack(
  { users: 'bulk', enrollments: 'bulk', classes: 'bulk', orgs: 'bulk', courses: 'bulk', academicSessions: 'bulk' },
  {
    users: [
      user('u1', 'Ada', { preferredGivenName: 'Addie' }),
      user('u2', 'Ben'),
      user('t1', 'Tess'),
      user('u9', 'Gone', { enabledUser: 'false' }),
    ],
    enrollments: [enrolment('e1', 'u1', 'student'), enrolment('e2', 'u2', 'student'), enrolment('e3', 't1', 'teacher')],
    classes: [
      {
        sourcedId: 'c',
        title: '7, "A"'.replaceAll('"', '""'),
        courseSourcedId: 'k',
        classType: 'scheduled',
        schoolSourcedId: 'o',
        termSourcedIds: 's',
      },
    ],
    orgs: [{ sourcedId: 'o', name: 'School', type: 'school' }],
    courses: [{ sourcedId: 'k', title: 'Maths', orgSourcedId: 'o' }],
    academicSessions: [
      {
        sourcedId: 's',
        title: 'Term',
        type: 'term',
        startDate: '2026-09-01',
        endDate: '2026-12-20',
        schoolYear: '2027',
      },
    ],
  },
);

describe('readOneRoster', () => {
  const at = { dateLastModified: '2026-10-01T08:00:00Z', status: 'active' };

  it('takes a bulk package, then a delta that adds, changes and removes', () => {
    const first = readOneRoster(bulk);
    expect(first.diagnostics).toEqual([]);
    const before = applyOneRoster(emptyRoster, first);
    expect(rosterMembers(before)).toEqual({
      learners: [
        { id: 'u1', username: 'u1', name: 'Addie B', classes: ['7, "A"'] },
        { id: 'u2', username: 'u2', name: 'Ben B', classes: ['7, "A"'] },
      ],
      tutors: [{ id: 't1', username: 't1', name: 'Tess B', classes: ['7, "A"'] }],
    });
    const delta = readOneRoster(
      pack(
        { users: 'delta', enrollments: 'delta' },
        {
          users: [user('u1', 'Ada', at), user('u3', 'Cy', at), { sourcedId: 'u2', ...at, status: 'tobedeleted' }],
          enrollments: [enrolment('e4', 'u3', 'student', at), { sourcedId: 'e2', ...at, status: 'tobedeleted' }],
        },
      ),
    );
    expect(delta.diagnostics).toEqual([]);
    const after = rosterMembers(applyOneRoster(before, delta));
    expect(after.learners.map(({ name }) => name)).toEqual(['Ada B', 'Cy B']);
    expect(after.tutors).toHaveLength(1);
    // The same bulk package again stands for all there is.
    expect(rosterMembers(applyOneRoster(applyOneRoster(before, delta), first)).learners.map(({ id }) => id)).toEqual([
      'u1',
      'u2',
    ]);
  });

  it('leaves bad rows out, and says which and why', () => {
    const { diagnostics, usable, rejected, rows } = readOneRoster(
      pack(
        { users: 'bulk', enrollments: 'bulk', classes: 'delta', orgs: 'delta' },
        {
          users: [user('u1', 'Ada'), user('u1', 'Again'), user('u2', '', { enabledUser: 'yes' })],
          enrollments: [
            enrolment('e1', 'nobody', 'student', { beginDate: '2026-02-30' }),
            enrolment('e2', 'u1', 'boss'),
          ],
          classes: [],
          orgs: [],
        },
      ),
    );
    expect(diagnostics.map(({ code, file, row, field }) => [code, file, row, field])).toEqual([
      ['row.invalid_date', 'enrollments.csv', 1, 'beginDate'],
      ['row.invalid_enum', 'enrollments.csv', 2, 'role'],
      ['row.duplicate_id', 'users.csv', 2, 'sourcedId'],
      ['row.missing_required', 'users.csv', 3, 'givenName'],
      ['row.invalid_boolean', 'users.csv', 3, 'enabledUser'],
      ['reference.missing_target', 'enrollments.csv', 1, 'userSourcedId'],
    ]);
    expect([usable, rejected]).toEqual([true, 4]);
    expect(rows.get('users')?.map(({ cells }) => cells['givenName'])).toEqual(['Ada']);
  });

  it.each([
    ['schema.not_csv', new Map([...bulk, ['users.csv', 'sourcedId,"status\nx']])],
    ['schema.missing_header', new Map([...bulk, ['users.csv', '']])],
    [
      'schema.missing_column',
      new Map([...bulk, ['orgs.csv', 'sourcedId,status,dateLastModified,name,type,identifier\no,,,x,school,']]),
    ],
    ['manifest.file_missing', new Map([...bulk].filter(([name]) => name !== 'orgs.csv'))],
    [
      'manifest.invalid_value',
      new Map([...bulk, ['manifest.csv', 'propertyName,value\nmanifest.version,1.0\noneroster.version,1.1']]),
    ],
  ])('%s: nothing of the package is to be taken', (code, entries) => {
    const { diagnostics, usable } = readOneRoster(entries);
    expect(diagnostics.map((one) => one.code)).toContain(code);
    expect(usable).toBe(false);
  });
});
