/**
 * People from a OneRoster 1.2 CSV package: students become learners of the course and of its schedule, teachers and aides
 * tutors, classes the groups between which access is compared. What packages said is kept, since deltas build on it. Who
 * leaves the roster leaves the schedule; learning records are nobody's to delete here.
 */
import {
  applyOneRoster,
  emptyRoster,
  type OneRosterPackage,
  type Roster,
  type RosterMember,
  readOneRoster,
  rosterMembers,
} from '@qurriculum/learner';
import { byteSource, ProblemError, readZip } from '@qurriculum/problems';
import type { Kysely } from 'kysely';
import { Problem } from '../http/problem.ts';
import { listInWords } from '../planning/words.ts';
import type { RosterReport } from '../resources/schedules/service-schema.ts';
import type { TutorSetting } from '../resources/schedules/setting-schema.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { firstLearner } from './import-availability.ts';
import { learnerKey } from './keys.ts';
import { changeSchedule, readLearners, type StoredSchedule, type Writer, writeLearner } from './rows.ts';

type Db = Kysely<Database>;
type Counts = RosterReport['learners'];

/** What is expected of a new tutor until a person says otherwise. */
const MOST_SESSIONS = 20;

/** Entries of a package as text. @throws Problem `unprocessable` for bytes that are no ZIP, or no text. */
export async function unpackRoster(bytes: Uint8Array): Promise<Map<string, string>> {
  try {
    const entries = await readZip(byteSource(bytes, 'the package'));
    const decoder = new TextDecoder('utf-8', { fatal: true });
    return new Map(
      [...entries].filter(([name]) => !name.endsWith('/')).map(([name, entry]) => [name, decoder.decode(entry.bytes)]),
    );
  } catch (error) {
    if (error instanceof ProblemError)
      throw new Problem('unprocessable', `roster: expected a ZIP file. ${error.message}`);
    if (error instanceof TypeError)
      throw new Problem('unprocessable', 'roster: expected text in UTF-8, got other bytes; export it again.');
    throw error;
  }
}

/** Takes a package in, unless it is unusable as a whole or holds nothing: then the report says why, and nothing changes. */
export async function importRoster(
  store: Store,
  writer: Writer,
  entries: ReadonlyMap<string, string>,
): Promise<RosterReport> {
  const content = readOneRoster(entries);
  const none: Counts = { added: 0, changed: 0, removed: 0 };
  const report = (version: number, learners = none, tutors = none, groups = 0, notes: string[] = []): RosterReport => ({
    ...{ version, kind: kindOf(content), files: filesOf(content), learners, tutors, groups },
    ...{ rejected: content.rejected, diagnostics: [...content.diagnostics], notes },
  });
  if (!content.usable)
    return report(writer.version, none, none, 0, ['Nothing was taken in: mend the package as a whole first.']);
  if (kindOf(content) === 'empty') return report(writer.version, none, none, 0, ['The package holds no files.']);
  const { version, result } = await changeSchedule(store, writer, async (current, { db }) => {
    const before = await readRoster(db, writer.courseId);
    const after = applyOneRoster(before, content);
    await writeRoster(db, writer.courseId, after);
    const [was, is] = [rosterMembers(before), rosterMembers(after)];
    const learners = await takeLearners(db, writer.courseId, was.learners, is.learners);
    const { tutors, counts } = takeTutors(current, was.tutors, is.tutors);
    const left = new Set([...learners.gone].map(learnerKey));
    const known = new Set(tutors.map(({ id }) => id));
    const kept = current.plan?.assignments.filter(({ learner, tutor }) => !left.has(learner) && known.has(tutor)) ?? [];
    const isChanged = current.plan !== null && kept.length < current.plan.assignments.length;
    const taking = await readLearners(db, writer.courseId);
    return {
      text: `Imported a roster: ${is.learners.length} learners, ${is.tutors.length} tutors.`,
      setting: { ...current.setting, tutors },
      ...(isChanged &&
        current.plan && { plan: { ...current.plan, assignments: kept, bound: null, publishedAs: null } }),
      result: {
        learners: learners.counts,
        tutors: counts,
        groups: new Set(is.learners.flatMap(({ classes }) => classes)).size,
        incomplete: [
          ...sayIncomplete(
            'tutor',
            'skills',
            tutors.filter(({ skills }) => skills.length === 0),
          ),
          ...sayIncomplete(
            'tutor',
            'hours',
            tutors.filter(({ available }) => available.length === 0),
          ),
          ...sayIncomplete(
            'learner',
            'hours',
            taking.filter(({ setting }) => setting.available.length === 0),
          ),
        ],
      },
    };
  });
  return report(version, result.learners, result.tutors, result.groups, result.incomplete);
}

/** People named in a note; the others are counted. */
const NAMED = 20;

/** What a person still has to enter before anybody can be planned with: packages say neither. */
function sayIncomplete(
  who: 'tutor' | 'learner',
  what: 'hours' | 'skills',
  people: readonly { readonly name: string }[],
): string[] {
  const { length } = people;
  if (length === 0) return [];
  const names = listInWords(
    people.map(({ name }) => name),
    NAMED,
  );
  return [`${length} ${who}${length === 1 ? ' has' : 's have'} no ${what} yet: ${names}.`];
}

function kindOf({ modes }: OneRosterPackage): RosterReport['kind'] {
  const given = [...modes.values()].filter((mode) => mode !== 'absent');
  if (given.length === 0) return 'empty';
  return given.includes('bulk') ? 'bulk' : 'delta';
}

const filesOf = ({ modes, rows }: OneRosterPackage): RosterReport['files'] =>
  [...modes].map(([file, mode]) => ({ file: `${file}.csv`, mode, rows: rows.get(file)?.length ?? 0 }));

async function readRoster(db: Db, courseId: number): Promise<Roster> {
  const row = await db
    .selectFrom('schedule_roster')
    .select('body')
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  return row === undefined ? emptyRoster : (row.body as unknown as Roster);
}

async function writeRoster(db: Db, courseId: number, roster: Roster): Promise<void> {
  const body = JSON.stringify(roster);
  await db
    .insertInto('schedule_roster')
    .values({ course_id: courseId, body })
    .onConflict((conflict) => conflict.column('course_id').doUpdateSet({ body }))
    .execute();
}

/** Learners are known by `sourcedId` or user name where records came first under one of these. */
async function takeLearners(db: Db, courseId: number, was: readonly RosterMember[], is: readonly RosterMember[]) {
  const rows = await db
    .selectFrom('learner')
    .select(['id', 'key', 'name', 'group_label'])
    .where('course_id', '=', courseId)
    .execute();
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const rowOf = ({ id, username }: RosterMember) => byKey.get(id) ?? byKey.get(username);
  const members = await db
    .selectFrom('schedule_learner')
    .select('learner_id')
    .where('course_id', '=', courseId)
    .execute();
  const taking = new Set(members.map(({ learner_id }) => learner_id));
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const member of is) {
    const [name, group] = [member.name, member.classes[0] ?? null];
    const known = rowOf(member);
    let id = known?.id;
    if (known === undefined) {
      const row = { course_id: courseId, key: member.id, name, group_label: group };
      id = (await db.insertInto('learner').values(row).returning('id').executeTakeFirstOrThrow()).id;
    } else if (known.name !== name || known.group_label !== group) {
      await db.updateTable('learner').set({ name, group_label: group }).where('id', '=', known.id).execute();
      counts.changed++;
    }
    if (id === undefined || taking.has(id)) continue;
    await writeLearner(db, courseId, id, firstLearner);
    counts.added++;
  }
  const present = new Set(is.map(({ id }) => id));
  const gone = was.filter(({ id }) => !present.has(id)).flatMap((member) => rowOf(member)?.id ?? []);
  if (gone.length > 0) await db.deleteFrom('schedule_learner').where('learner_id', 'in', gone).execute();
  return { gone, counts: { ...counts, removed: gone.length } };
}

function takeTutors({ setting }: StoredSchedule, was: readonly RosterMember[], is: readonly RosterMember[]) {
  const names = new Map(is.map(({ id, name }) => [id, name]));
  const gone = new Set(was.filter(({ id }) => !names.has(id)).map(({ id }) => id));
  const known = new Set(setting.tutors.map(({ id }) => id));
  const kept = setting.tutors.filter(({ id }) => !gone.has(id));
  const renamed = kept.map((tutor) => ({ ...tutor, name: names.get(tutor.id) ?? tutor.name }));
  const added = is
    .filter(({ id }) => !known.has(id))
    .map(
      ({ id, name }): TutorSetting => ({
        ...{ id, name, skills: [], available: [], most: MOST_SESSIONS, least: 0, cost: 0, languages: [], access: [] },
        groupSize: 1,
      }),
    );
  const changed = kept.filter(({ id, name }) => (names.get(id) ?? name) !== name).length;
  const counts = { added: added.length, changed, removed: setting.tutors.length - kept.length };
  return { tutors: [...renamed, ...added], counts };
}
