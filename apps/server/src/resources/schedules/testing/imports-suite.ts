/** Availability and people from files, over the API. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestApi } from '../../../testing/api.ts';
import type { ImportReport, RosterReport } from '../service-schema.ts';
import type { ScheduleLearnerView, ScheduleView } from '../setting-schema.ts';
import { rosterDate as at, manifest, roles, users } from './roster.ts';
import { makeSmallSchedule, type SmallSchedule, teacher } from './small-schedule.ts';
import { zipOf } from './zip.ts';

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:x', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

export function importsSuite(api: TestApi): void {
  describe('schedule imports', () => {
    let small: SmallSchedule;
    beforeAll(async () => {
      small = await makeSmallSchedule(api, 'Imports');
    });
    const show = () => api.ok<ScheduleView>('GET', small.path);
    const put = async <T>(at: string, query: Record<string, string>, body: string | Uint8Array): Promise<T> => {
      const search = new URLSearchParams({ version: String((await show()).version), ...query });
      return api.ok<T>('PUT', `${small.path}/imports/${at}?${search}`, { body, person: teacher });
    };
    const learners = async () =>
      (await api.ok<{ learners: ScheduleLearnerView[] }>('GET', `${small.path}/learners`)).learners;

    it('take busy times from a calendar: seen first, then taken in', async () => {
      // Every Thursday morning from nine to ten on the wall, across the change of clocks.
      const weekly = calendar('DTSTART;TZID=Europe/Madrid:20261001T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY');
      const query = { format: 'ics', kind: 'tutor', id: 'ana' };
      const { version } = await show();
      const seen = await put<ImportReport>('availability', { ...query, preview: 'true' }, weekly);
      expect(seen).toMatchObject({
        version,
        read: 2,
        people: [{ name: 'Ana Ruiz', before: 10, after: 8 }],
        rejects: [],
      });
      expect((await show()).tutors[0].available).toHaveLength(10);
      expect(await put<ImportReport>('availability', query, weekly)).toMatchObject({
        version: version + 1,
        changed: 1,
      });
      expect((await show()).tutors[0].available).toEqual(small.slots.filter((id) => !/(22|29)T09/.test(id)));
    });

    it('take free hours of many from a table, by id, key and name; others stay as they are', async () => {
      const text =
        'kind,id,day,start,end\ntutor,bo,Friday,09:00,11:00\nlearner,l1,Thursday,09:00,09:45\nlearner,Learner 2,2026-10-26,08:00,12:00\nroom,cellar,Monday,09:00,10:00\n';
      const report = await put<ImportReport>('availability', { format: 'csv' }, text);
      expect(report).toMatchObject({ read: 4, changed: 3, rejected: 1, rejects: [{ line: 5, got: 'cellar' }] });
      expect((await show()).tutors[1].available).toEqual(small.slots.filter((id) => /(23|30)T/.test(id)));
      const hours = new Map((await learners()).map(({ name, available }) => [name, available]));
      expect(hours.get('Learner 1')).toEqual(['2026-10-22T09:00', '2026-10-29T09:00']);
      expect(hours.get('Learner 2')).toEqual(['2026-10-26T09:00', '2026-10-26T10:00']);
      expect(hours.get('Learner 3')).toHaveLength(5);
    });

    it('refuse what is no calendar, and a stale version', async () => {
      const search = new URLSearchParams({
        version: String((await show()).version),
        format: 'ics',
        kind: 'tutor',
        id: 'ana',
      });
      const bad = { body: 'hello', person: teacher };
      expect(await api.refused('PUT', `${small.path}/imports/availability?${search}`, bad)).toMatchObject({
        status: 422,
        detail: expect.stringContaining('expected iCalendar'),
      });
      search.set('version', '1');
      const stale = { body: calendar('DTSTART:20261022T070000Z', 'DURATION:PT1H'), person: teacher };
      expect(await api.refused('PUT', `${small.path}/imports/availability?${search}`, stale)).toMatchObject({
        status: 409,
      });
    });

    it('take people from a OneRoster package, and a delta after it; who leaves leaves the plan, not the records', async () => {
      const delta = zipOf({
        'manifest.csv': manifest('delta'),
        'users.csv': users(`p1,${at},true,l0,,Lea,Zero`, `p2,${at},true,new,,Ned,New`, `t9,${at},true,t9,,Tia,Nine`),
        'roles.csv': roles(
          `r1,${at},p1,primary,student,,,o,`,
          `r2,${at},p2,primary,student,,,o,`,
          `r3,${at},t9,primary,teacher,,,o,`,
        ),
      });
      const report = await put<RosterReport>('roster', {}, delta);
      // p1 is the learner whose records came under the user name l0.
      expect(report).toMatchObject({
        ...{ kind: 'delta', rejected: 0, diagnostics: [], learners: { added: 1, changed: 1, removed: 0 } },
        tutors: { added: 1, changed: 0, removed: 0 },
      });
      expect((await show()).tutors.map(({ id, name }) => [id, name])).toContainEqual(['t9', 'Tia Nine']);
      // What a person has to add before these are of use.
      expect(report.notes).toEqual([
        '1 tutor has no skills yet: Tia Nine.',
        '1 tutor has no hours yet: Tia Nine.',
        '1 learner has no hours yet: Ned New.',
      ]);
      const names = (await learners()).map(({ learnerId, name }) => [learnerId, name] as const);
      expect(new Map(names).get(small.learners[0])).toBe('Lea Zero');
      expect(names.map(([, name]) => name)).toContain('Ned New');

      const gone = zipOf({
        'manifest.csv': manifest('delta'),
        'users.csv': users(`p1,tobedeleted,2026-10-02T08:00:00Z,,,,,`, `t9,tobedeleted,2026-10-02T08:00:00Z,,,,,`),
        'roles.csv': roles(),
      });
      expect(await put<RosterReport>('roster', {}, gone)).toMatchObject({
        learners: { removed: 1 },
        tutors: { removed: 1 },
      });
      expect((await learners()).map(({ learnerId }) => learnerId)).not.toContain(small.learners[0]);
      const row = await api.store.db.selectFrom('learner').select('id').where('id', '=', small.learners[0]).execute();
      expect(row).toHaveLength(1);
    });

    it('take nothing from a package that is wrong as a whole, and say what is wrong', async () => {
      const { version, tutors } = await show();
      const bad = zipOf({ 'users.csv': users('x,,,true,x,,X,Y') });
      const report = await put<RosterReport>('roster', {}, bad);
      expect(report).toMatchObject({
        version,
        diagnostics: [{ code: 'package.missing_manifest', file: 'manifest.csv' }],
      });
      expect((await show()).tutors).toEqual(tutors);
      const search = `version=${version}`;
      const noZip = { body: new Uint8Array([1, 2, 3]), person: teacher };
      expect(await api.refused('PUT', `${small.path}/imports/roster?${search}`, noZip)).toMatchObject({ status: 422 });
      expect(api.logged).toEqual([]);
    });
  });
}
