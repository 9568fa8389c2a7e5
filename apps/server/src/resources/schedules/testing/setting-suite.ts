/** What a schedule is made from, over the API: versions, people, needs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { storeSampleSchedule } from '../../../sample/sample-schedule.ts';
import { changeSchedule } from '../../../scheduling/rows.ts';
import type { TestApi } from '../../../testing/api.ts';
import { makeSmallCourse } from '../../../testing/small-course.ts';
import type { ScheduleLearnerView, ScheduleView } from '../setting-schema.ts';
import { makeSmallSchedule, type SmallSchedule, teacher } from './small-schedule.ts';

export function settingSuite(api: TestApi): void {
  describe('schedule settings', () => {
    let small: SmallSchedule;
    beforeAll(async () => {
      small = await makeSmallSchedule(api, 'Settings');
    });
    const show = () => api.ok<ScheduleView>('GET', small.path);

    it('are empty under version 0 before anybody touched them', async () => {
      const course = await makeSmallCourse(api.store, { name: 'Untouched', skills: ['a'], learners: [] });
      const path = `/api/courses/${course.id}/schedule`;
      expect(await api.ok('GET', path)).toMatchObject({
        version: 0,
        slots: [],
        tutors: [],
        plan: null,
        published: null,
      });
      expect(await api.refused('GET', '/api/courses/99999/schedule')).toMatchObject({ status: 404 });
    });

    it('keep slots on the wall across the change of clocks, and name the weeks', async () => {
      const { slots, weeks, tutors, rooms } = await show();
      expect(slots.map(({ start }) => start)).toEqual([
        '2026-10-22T09:00:00+02:00',
        '2026-10-22T10:00:00+02:00',
        '2026-10-23T09:00:00+02:00',
        '2026-10-23T10:00:00+02:00',
        '2026-10-26T09:00:00+01:00',
        '2026-10-26T10:00:00+01:00',
        '2026-10-29T09:00:00+01:00',
        '2026-10-29T10:00:00+01:00',
        '2026-10-30T09:00:00+01:00',
        '2026-10-30T10:00:00+01:00',
      ]);
      expect(weeks).toEqual(['2026-10-19', '2026-10-26']);
      expect(tutors.map(({ id, least, groupSize }) => [id, least, groupSize])).toEqual([
        ['ana', 0, 2],
        ['bo', 0, 1],
      ]);
      expect(rooms).toMatchObject([{ available: null, site: null }, { features: ['step-free'] }]);
    });

    it('refuse a writer who saw an older version, and say what changed and by whom', async () => {
      const before = await show();
      const [ana] = before.tutors;
      const put = (most: number, person: string, version: number) => ({
        body: { version, tutor: { ...ana, most } },
        person,
      });
      await api.ok('PUT', `${small.path}/tutors/ana`, put(7, 'teacher:Mr First', before.version));
      const refused = await api.refused('PUT', `${small.path}/tutors/ana`, put(2, 'teacher:Ms Second', before.version));
      expect(refused).toMatchObject({
        ...{ status: 409, code: 'conflict' },
        errors: [
          {
            field: `version.${before.version + 1}`,
            detail: expect.stringMatching(/Mr First: Changed the tutor Ana Ruiz\.$/),
          },
        ],
      });
      const after = await show();
      expect(after.tutors[0].most).toBe(7);
      expect(after.version).toBe(before.version + 1);
      const { changes } = await api.ok<{ changes: { version: number; byPerson: string }[] }>(
        'GET',
        `${small.path}/changes?since=${before.version}`,
      );
      expect(changes).toMatchObject([{ version: after.version, byPerson: 'teacher:Mr First' }]);
    });

    it('are read anew where another process changed them, or a name that no version counts', async () => {
      const names = async () =>
        (await api.ok<{ learners: ScheduleLearnerView[] }>('GET', `${small.path}/learners`)).learners.map(
          ({ name }) => name,
        );
      const before = await names();
      const rename = (name: string) =>
        api.store.db.updateTable('learner').set({ name }).where('id', '=', small.learners[0]).execute();
      await rename('Renamed elsewhere');
      expect(await names()).toEqual(['Renamed elsewhere', ...before.slice(1)]);
      await rename(before[0]);
      expect(await names()).toEqual(before);
      const { version, rooms } = await show();
      const writer = { courseId: small.id, version, person: 'teacher:Ms Far' };
      await changeSchedule(api.store, writer, ({ setting }) => ({
        ...{ text: 'Changed elsewhere.', result: null },
        setting: { ...setting, rooms: setting.rooms.map((room) => ({ ...room, seats: room.seats + 1 })) },
      }));
      expect((await show()).rooms.map(({ seats }) => seats)).toEqual(rooms.map(({ seats }) => seats + 1));
    });

    it('let one of two writers at the same moment through', async () => {
      const { version, rooms } = await show();
      const write = (name: string) =>
        api.request('PUT', `${small.path}/rooms/r1`, {
          person: teacher,
          body: { version, room: { ...rooms[0], name } },
        });
      const statuses = await Promise.all(['Blue', 'Green', 'Red'].map(async (name) => (await write(name)).status));
      expect(statuses.sort()).toEqual([200, 409, 409]);
      expect((await show()).version).toBe(version + 1);
    });

    it('are for staff, and name what does not fit', async () => {
      const { version, tutors } = await show();
      const put = (tutor: object, person?: string) =>
        api.refused('PUT', `${small.path}/tutors/ana`, {
          body: { version, tutor: { ...tutors[0], ...tutor } },
          person,
        });
      expect(await put({})).toMatchObject({ status: 401 });
      expect(await put({}, `learner:${small.learners[0]}`)).toMatchObject({ status: 403 });
      expect(await put({ available: ['never'] }, teacher)).toMatchObject({
        status: 400,
        detail: expect.stringContaining('"never"'),
      });
      const zone = { person: teacher, body: { version, timeZone: 'Europe/Atlantis' } };
      expect(await api.refused('PUT', small.path, zone)).toMatchObject({
        status: 422,
        detail: expect.stringContaining('Europe/Atlantis'),
      });
      expect((await show()).version).toBe(version);
    });

    it('say what whoever asks may do, as it is refused or not', async () => {
      const nothing = { edit: false, plan: false, publish: false, share: false };
      const as = (person?: string) => api.ok<ScheduleView>('GET', small.path, { person });
      expect((await as()).may).toEqual(nothing);
      expect((await as(`learner:${small.learners[0]}`)).may).toEqual(nothing);
      const { may, version } = await as(teacher);
      expect(may).toEqual({ edit: true, plan: true, publish: true, share: true });
      const asked: Record<keyof ScheduleView['may'], readonly [string, string, object?]> = {
        edit: ['PUT', '', { version, loadFairness: 'squares' }],
        plan: ['POST', '/plan', { version }],
        publish: ['POST', '/publish', { version, name: 'x' }],
        share: ['GET', '/feeds'],
      };
      for (const [method, at, body] of Object.values(asked)) {
        const learner = { person: `learner:${small.learners[0]}`, ...(body && { body }) };
        expect(await api.refused(method, `${small.path}${at}`, learner)).toMatchObject({ status: 403 });
      }
    });

    it('take needs from the learner model, with a forecast of what a session brings, until a person says otherwise', async () => {
      const list = async () =>
        (await api.ok<{ learners: ScheduleLearnerView[] }>('GET', `${small.path}/learners`)).learners;
      const [first] = await list();
      expect(first).toMatchObject({
        needsOverridden: true,
        needs: [{ sessions: 2, gain: 10, level: 0.3, source: 'person' }],
      });
      // Six answers, half right and none of the last: stuck by the rule of the class page.
      const stuck = await makeSmallCourse(api.store, {
        ...{ name: 'Stuck', skills: ['a', 'b'] },
        learners: [{ key: 'x', answers: ['111000000', ''], mastery: [0.2, 0] }],
      });
      const path = `/api/courses/${stuck.id}/schedule`;
      const body = { version: 0, learner: { available: [] } };
      await api.ok('PUT', `${path}/learners/${stuck.learners[0]}`, { person: teacher, body });
      const { learners } = await api.ok<{ learners: ScheduleLearnerView[] }>('GET', `${path}/learners`);
      const [need] = learners[0].needs;
      expect(need).toMatchObject({ skill: { key: 'a' }, sessions: 2, source: 'help', level: expect.closeTo(0.2) });
      // grow() six times by hand from .2: m + .12 (.6 + .8 m)(1 - m).
      let level = 0.2;
      for (let k = 0; k < 6; k++) level += 0.12 * (0.6 + 0.8 * level) * (1 - level);
      expect(need.gain).toBeCloseTo(100 * (level - 0.2), 4);
    });

    it('take no rules that contradict themselves, and say where', async () => {
      const { version } = await show();
      const put = (rules: object) => api.refused('PUT', small.path, { person: teacher, body: { version, rules } });
      const shares = await put({ groupShare: [1, 0.4, 0.5] });
      expect(shares).toMatchObject({ status: 400, code: 'invalid-request' });
      expect(shares.errors).toEqual([
        { field: 'rules.groupShare.1', detail: 'Expected at least 0.5, so that all gain together, got 0.4.' },
        { field: 'rules.groupShare.2', detail: 'Expected at most 0.4, the share before, got 0.5.' },
      ]);
      const ways = await put({
        travelMinutes: [
          ['a', 'b', 5],
          ['b', 'a', 7],
        ],
      });
      expect(ways.errors).toEqual([
        { field: 'rules.travelMinutes.1', detail: expect.stringMatching(/^Expected one time for two different sites/) },
      ]);
      expect((await show()).version).toBe(version);
    });

    it('set the group of a learner where it is named, and leave it where it is not', async () => {
      const [learnerId] = small.learners;
      const groupOf = async () => {
        const { learners } = await api.ok<{ learners: ScheduleLearnerView[] }>('GET', `${small.path}/learners`);
        return learners.find((learner) => learner.learnerId === learnerId)?.group;
      };
      const put = async (body: object) =>
        api.ok('PUT', `${small.path}/learners/${learnerId}`, {
          ...{ person: teacher },
          body: { version: (await show()).version, learner: { available: small.slots }, ...body },
        });
      const before = await groupOf();
      await put({ group: 'evening' });
      expect(await groupOf()).toBe('evening');
      await put({});
      expect(await groupOf()).toBe('evening');
      await put({ group: null });
      expect(await groupOf()).toBe(null);
      await put({ group: before });
    });

    it('name every skill of the course, and what a course starts with', async () => {
      const course = await makeSmallCourse(api.store, { name: 'Skills', skills: ['b', 'a'], learners: [] });
      const view = await api.ok<ScheduleView>('GET', `/api/courses/${course.id}/schedule`);
      expect(view.skills.map(({ key }) => key)).toEqual(['a', 'b']);
      expect(view.weights).toEqual(view.usual.weights);
      // As docs/schedule-format.md has them.
      expect(view.usual).toMatchObject({ groupShare: [1, 0.9, 0.8, 0.7], levelWidth: 0.25 });
    });

    it('come with the sample: simulated, the same for one seed, and made once', async () => {
      const learners = ['a', 'b'].map((key) => ({ key, answers: [], mastery: [] }));
      const make = async (name: string) => {
        const { id } = await makeSmallCourse(api.store, { name, skills: ['x', 'y'], learners, simulated: true });
        await storeSampleSchedule(api.store, id, 7, new Date('2026-09-17T12:00:00Z'));
        return `/api/courses/${id}/schedule`;
      };
      const path = await make('Sample');
      const sample = await api.ok<ScheduleView>('GET', path);
      expect(sample).toMatchObject({ version: 1, timeZone: 'Europe/Madrid', learners: 2, simulated: true });
      // Four weeks of five days of eight slots, from the Monday after Thursday the 17th.
      expect([sample.slots.length, sample.weeks[0], sample.tutors.length]).toEqual([160, '2026-09-21', 12]);
      await storeSampleSchedule(api.store, sample.courseId, 8, new Date());
      expect(await api.ok('GET', path)).toEqual(sample);
      const again = await api.ok<ScheduleView>('GET', await make('Sample again'));
      expect(again.tutors.map(({ available }) => available)).toEqual(sample.tutors.map(({ available }) => available));
    });

    it('lose a tutor with the pins on it, and a learner with what was set', async () => {
      const { version } = await show();
      await api.ok('DELETE', `${small.path}/tutors/bo?version=${version}`, { person: teacher });
      await api.ok('DELETE', `${small.path}/learners/${small.learners[5]}?version=${version + 1}`, { person: teacher });
      const after = await show();
      expect(after.tutors.map(({ id }) => id)).toEqual(['ana']);
      expect(after.learners).toBe(5);
      expect(
        await api.refused('DELETE', `${small.path}/tutors/bo?version=${after.version}`, { person: teacher }),
      ).toMatchObject({ status: 404 });
    });
  });
}
