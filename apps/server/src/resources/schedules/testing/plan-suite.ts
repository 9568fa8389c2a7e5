/** A plan changed by hand, published, in calendars, told to webhooks, over the API. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApi } from '../../../testing/api.ts';
import type { ConsequencesView, PublishedView, ScheduleMove, SchedulePlanView } from '../schema.ts';
import type { FeedView, WebhookView } from '../service-schema.ts';
import type { ScheduleView } from '../setting-schema.ts';
import { makeSmallSchedule, type SmallSchedule, settledPlan, teacher } from './small-schedule.ts';

const secret = 'a secret of more than sixteen';

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export function planSuite(api: TestApi): void {
  describe('schedules by hand', () => {
    let small: SmallSchedule;
    let server: Server;
    let hook = '';
    const told: Told[] = [];
    beforeAll(async () => {
      small = await makeSmallSchedule(api, 'By hand');
      // Fails first, so that trying again is seen.
      server = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          told.push({ headers: request.headers, body });
          response.writeHead(told.length === 1 ? 503 : 204).end();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    const version = async () => (await api.ok<ScheduleView>('GET', small.path)).version;
    const post = async <T>(at: string, body: object) =>
      api.ok<T>('POST', `${small.path}${at}`, { person: teacher, body: { version: await version(), ...body } });
    const add = (learner: number, tutorId: string, slot: number): ScheduleMove => ({
      ...{ learnerId: small.learners[learner], skillId: small.skills[0], from: null },
      to: { tutorId, slotId: small.slots[slot], roomId: null },
    });
    const plan = () => settledPlan(api, small.path);

    it('have no plan first; the CSV and publishing say so', async () => {
      expect(await api.refused('GET', `${small.path}/plan`)).toMatchObject({ status: 404 });
      expect(await api.refused('GET', `${small.path}/plan.csv`)).toMatchObject({ status: 404 });
      const body = { version: await version(), name: 'x' };
      expect(await api.refused('POST', `${small.path}/publish`, { person: teacher, body })).toMatchObject({
        status: 404,
      });
    });

    it('tell the consequences of a change before it is made, and change nothing', async () => {
      const before = await version();
      const seen = await post<ConsequencesView>('/moves/preview', { moves: [add(0, 'ana', 0), add(1, 'ana', 0)] });
      // Two in a group keep nine tenths of 10 and 11 points: 18.9; continuity costs 3 each, loads of 1 and 0 half a square at .1.
      expect(seen).toMatchObject({
        allowed: true,
        violations: [],
        terms: { gain: expect.closeTo(18.9), continuity: -6, load: expect.closeTo(-0.05) },
      });
      expect(seen.value).toBeCloseTo(18.9 - 6 - 0.05 + seen.terms.access + seen.terms.spread);
      expect(seen.words[0]).toBe(`The plan is worth ${seen.value.toFixed(1)} points more.`);
      expect(seen.changes.map(({ was, is }) => [was, is?.tutorName, is?.roomId])).toEqual([
        [null, 'Ana Ruiz', 'r1'],
        [null, 'Ana Ruiz', 'r1'],
      ]);
      expect(seen.affected.map(({ name }) => name).sort()).toEqual(['Ana Ruiz', 'Learner 0', 'Learner 1', 'Room 1']);
      expect(await version()).toBe(before);
      expect(await api.refused('GET', `${small.path}/plan`)).toMatchObject({ status: 404 });
    });

    it('refuse a change that breaks a rule, with names, and accept one that keeps all', async () => {
      const late = await post<ConsequencesView>('/moves/preview', { moves: [add(0, 'bo', 6)] });
      expect(late.allowed).toBe(false);
      expect(late.words[0]).toMatch(/Bo Berg.*not free.*29 Oct/);
      const refused = await api.refused('POST', `${small.path}/moves`, {
        person: teacher,
        body: { version: await version(), moves: [add(0, 'bo', 6)] },
      });
      expect(refused).toMatchObject({ status: 422, detail: expect.stringContaining('Bo Berg') });

      await post('/moves', { moves: [add(0, 'ana', 0), add(1, 'ana', 0)] });
      await post('/moves', { moves: [add(2, 'bo', 1)] });
      const { sessions, figures, fairness, unmet, violations, runId } = await plan();
      expect(sessions.map(({ tutorId, slotId, roomId, members }) => [tutorId, slotId, roomId, members.length])).toEqual(
        [
          ['ana', small.slots[0], 'r1', 2],
          ['bo', small.slots[1], 'r1', 1],
        ],
      );
      expect(figures).toMatchObject({ seats: 3, sessions: 2, bound: expect.any(Number) });
      expect(figures.bound).toBeGreaterThan(figures.objective);
      expect(Object.values(figures.terms).reduce((sum, value) => sum + value, 0)).toBeCloseTo(figures.objective, 9);
      expect(fairness.load).toMatchObject({
        mean: 1,
        fewest: 1,
        most: 1,
        deviation: 0,
        tutors: [{ seats: 2, minutes: 45 }, { seats: 1 }],
      });
      expect(fairness.access).toMatchObject({ wanted: 8, met: 3, widest: null });
      expect(unmet.reduce((sum, { wanted, met }) => sum + wanted - met, 0)).toBe(5);
      expect([violations, runId]).toEqual([[], null]);
    });

    it('keep pins by name of who set them, and let them be taken back', async () => {
      const pin = {
        learnerId: small.learners[2],
        skillId: small.skills[0],
        tutorId: 'bo',
        reason: 'They know each other',
      };
      const { id } = await post<{ id: string }>('/pins', pin);
      const [, second] = (await plan()).sessions;
      expect(second.members[0].pin).toEqual({ id, tutor: true, time: false, room: false, byPerson: teacher });
      expect(await api.ok('GET', `${small.path}/pins`)).toMatchObject({ pins: [{ id, ...pin, byPerson: teacher }] });
      await api.ok('DELETE', `${small.path}/pins/${id}?version=${await version()}`, { person: teacher });
      expect((await plan()).sessions[1].members[0].pin).toBeNull();
      const alone = await post<{ id: string }>('/pins', { ...pin, slotId: small.slots[2] });
      const clash = { learnerId: small.learners[3], skillId: small.skills[0], tutorId: 'bo', slotId: small.slots[2] };
      // Bo takes one learner at a time.
      expect(
        await api.refused('POST', `${small.path}/pins`, {
          person: teacher,
          body: { version: await version(), ...clash },
        }),
      ).toMatchObject({ status: 422, detail: expect.stringMatching(/Learner 2.*Bo Berg.*Learner 3/) });
      await api.ok('DELETE', `${small.path}/pins/${alone.id}?version=${await version()}`, { person: teacher });
      const nothing = {
        version: await version(),
        learnerId: small.learners[2],
        skillId: small.skills[1],
        tutorId: 'ana',
      };
      expect(await api.refused('POST', `${small.path}/pins`, { person: teacher, body: nothing })).toMatchObject({
        status: 422,
      });
    });

    it('are published under a name, with who approved it; webhooks are told, signed, and told again when they fail', async () => {
      const bad = await api.refused('POST', `${small.path}/webhooks`, {
        person: teacher,
        body: { url: 'file:///etc/passwd', secret },
      });
      expect(bad).toMatchObject({ status: 400, errors: [{ field: 'url' }] });
      const inside = { person: teacher, body: { url: hook.replace('127.0.0.1', '127.0.0.2'), secret } };
      expect(await api.refused('POST', `${small.path}/webhooks`, inside)).toMatchObject({
        ...{ status: 400, detail: expect.stringMatching(/own network, got 127\.0\.0\.2 .*--webhook-hosts/) },
      });
      await api.ok('POST', `${small.path}/webhooks`, { person: teacher, body: { url: hook, secret } });
      const { figures } = await plan();
      const { published } = await post<{ published: PublishedView }>('/publish', { name: 'Autumn', note: 'First' });
      expect(published.figures).toEqual(figures);
      expect(published).toMatchObject({
        number: 1,
        name: 'Autumn',
        note: 'First',
        approvedBy: teacher,
        changed: 3,
        inForce: true,
      });
      const [job] = await api.jobs.list({ courseId: small.id, name: 'webhook' });
      expect(await api.jobs.wait(job.id)).toMatchObject({ state: 'done', result: { state: 'delivered' } });

      expect(told).toHaveLength(2);
      expect(told[1].body).toBe(told[0].body);
      for (const { headers, body } of told) {
        const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers;
        const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
        expect(headers['webhook-signature']).toBe(`v1,${mac}`);
      }
      expect(JSON.parse(told[0].body)).toMatchObject({
        event: 'schedule.published',
        number: 1,
        name: 'Autumn',
        changed: 3,
      });
      const answer = await api.ok<{ webhooks: WebhookView[] }>('GET', `${small.path}/webhooks`, { person: teacher });
      expect(answer.webhooks[0].deliveries).toMatchObject([
        { state: 'delivered', attempts: 2, status: 204, error: null },
      ]);
      expect(JSON.stringify(answer)).not.toContain(secret);
    });

    it('are told to nobody in the own network, also where the address was entered before that was refused', async () => {
      const inside = hook.replace('127.0.0.1', '127.0.0.2');
      const row = { course_id: small.id, url: inside, secret, created_by: teacher };
      const { id } = await api.store.db.insertInto('webhook').values(row).returning('id').executeTakeFirstOrThrow();
      const before = told.length;
      await api.request('POST', `${small.path}/webhooks/${id}/test`, { person: teacher });
      const list = async () =>
        (await api.ok<{ webhooks: WebhookView[] }>('GET', `${small.path}/webhooks`, { person: teacher })).webhooks;
      const delivery = async () => (await list()).find((webhook) => webhook.id === id)?.deliveries[0];
      await expect
        .poll(delivery, { timeout: 10_000 })
        .toMatchObject({ status: null, error: expect.stringMatching(/own network .*--webhook-hosts/) });
      expect(told).toHaveLength(before);
      const gone = await api.request('DELETE', `${small.path}/webhooks/${id}`, { person: teacher });
      expect(gone.status).toBe(204);
    });

    it('are in calendars whose addresses cannot be guessed; what moved is moved there, what went away cancelled', async () => {
      const feeds = async () =>
        (await api.ok<{ feeds: FeedView[] }>('GET', `${small.path}/feeds`, { person: teacher })).feeds;
      const feedOf = async (kind: string, id: string) =>
        (await feeds()).find((feed) => feed.kind === kind && feed.id === id) as FeedView;
      const read = async (path: string) => {
        const response = await api.request('GET', path);
        expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
        // Lines of these events are short of folding, and the writer is read back by another library in its own test.
        const blocks = (await response.text()).split('BEGIN:VEVENT').slice(1);
        return blocks.map((block) => {
          const value = (name: string): string | null => new RegExp(`^${name}:(.*)\\r$`, 'm').exec(block)?.[1] ?? null;
          return {
            ...{
              uid: value('UID'),
              status: value('STATUS'),
              sequence: Number(value('SEQUENCE')),
              start: value('DTSTART'),
            },
            ...{ summary: value('SUMMARY'), description: value('DESCRIPTION') },
          };
        });
      };
      const learner = String(small.learners[0]);
      expect(await api.refused('GET', `${small.path}/feeds`)).toMatchObject({ status: 401 });
      const ana = await feedOf('tutor', 'ana');
      expect(await feeds()).toEqual(await feeds());
      const [event] = await read(ana.path);
      expect(event).toMatchObject({
        status: 'CONFIRMED',
        sequence: 0,
        start: '20261022T070000Z',
        summary: 'Skill add',
        description: 'Learner 0\\nLearner 1',
      });
      const [own] = await read((await feedOf('learner', learner)).path);
      expect(own).toMatchObject({ uid: event.uid, summary: 'Skill add with Ana Ruiz', description: null });

      const place = (tutorId: string, slot: number) => ({ tutorId, slotId: small.slots[slot], roomId: null });
      const [before] = await read((await feedOf('tutor', 'bo')).path);
      await post('/moves', {
        moves: [
          { ...add(0, 'ana', 0), from: place('ana', 0), to: null },
          { ...add(2, 'bo', 2), from: place('bo', 1) },
        ],
      });
      await post('/publish', { name: 'Without learner 0' });
      expect(await read((await feedOf('learner', learner)).path)).toMatchObject([
        { uid: event.uid, status: 'CANCELLED', sequence: 1 },
      ]);
      expect(await read(ana.path)).toMatchObject([
        { uid: event.uid, status: 'CONFIRMED', sequence: 1, description: 'Learner 1' },
      ]);

      const moved = { uid: before.uid, status: 'CONFIRMED', sequence: 1, start: '20261023T070000Z' };
      expect(await read((await feedOf('tutor', 'bo')).path)).toMatchObject([moved]);
      expect(await read((await feedOf('learner', String(small.learners[2]))).path)).toMatchObject([moved]);

      const { path } = await api.ok<{ path: string }>('POST', `${small.path}/feeds/renew`, {
        person: teacher,
        body: { kind: 'tutor', id: 'ana' },
      });
      expect(await api.refused('GET', ana.path)).toMatchObject({ status: 404 });
      expect(await read(path)).toHaveLength(1);
    });

    it('stay in the history as they were, newest first', async () => {
      const { published } = await api.ok<{ published: PublishedView[] }>('GET', `${small.path}/published`);
      expect(
        published.map(({ number, name, changed, inForce, figures }) => [number, name, changed, inForce, figures.seats]),
      ).toEqual([
        [2, 'Without learner 0', 2, true, 2],
        [1, 'Autumn', 3, false, 3],
      ]);
      const first = await api.ok<SchedulePlanView>('GET', `${small.path}/published/1`);
      expect(first.sessions[0].members.map(({ name }) => name)).toEqual(['Learner 0', 'Learner 1']);
      expect(await api.refused('GET', `${small.path}/published/3`)).toMatchObject({ status: 404 });
      const csv = await (await api.request('GET', `${small.path}/plan.csv`)).text();
      expect(csv.trim().split('\r\n')).toEqual([
        'date,start,end,time zone,tutor,learner,skill,room',
        '2026-10-22,09:00,09:45,Europe/Madrid,Ana Ruiz,Learner 1,Skill add,Room 1',
        '2026-10-23,09:00,09:45,Europe/Madrid,Bo Berg,Learner 2,Skill add,Room 1',
      ]);
      expect(api.logged).toEqual([]);
    });
  });
}
