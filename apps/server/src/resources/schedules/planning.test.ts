import { beforeAll, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import type { ProposalView } from './proposal-schema.ts';
import type { SchedulePlanView } from './schema.ts';
import type { ScheduleView } from './setting-schema.ts';
import { makeSmallSchedule, type SmallSchedule, teacher } from './testing/small-schedule.ts';

interface PlanResult {
  readonly proposalId: number;
  readonly accepted: boolean;
  readonly changes: string[];
}

forEachApi('schedules by planning', (api) => {
  let small: SmallSchedule;
  beforeAll(async () => {
    small = await makeSmallSchedule(api, 'Planning');
  });
  const show = () => api.ok<ScheduleView>('GET', small.path);
  const plan = () => api.ok<SchedulePlanView>('GET', `${small.path}/plan`);
  const write = async <T>(method: string, at: string, body: object) =>
    api.ok<T>(method, `${small.path}${at}`, { person: teacher, body: { version: (await show()).version, ...body } });
  const job = async (at: string, body: object) => {
    const { jobId } = await write<{ jobId: string }>('POST', at, body);
    const ended = await api.jobs.wait(jobId);
    expect(ended).toMatchObject({ state: 'done', error: null });
    return ended.result as unknown as PlanResult;
  };

  it('meet the demand by the best plan, proved, with a run behind it', async () => {
    const result = await job('/plan', { seconds: 2 });
    expect(result).toMatchObject({ accepted: true, changes: [] });
    const { figures, sessions, unmet, violations, runId, simulated } = await plan();
    // Eight sessions wanted, ten cells for the six learners: all can be met.
    expect([figures.seats, unmet, violations, simulated]).toEqual([8, [], [], true]);
    expect(figures.quality).toBe('Proved to be the best possible.');
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(sessions.length);
    const run = await api.ok<{ record: { kind: string; subject: string; seed: number; bound: number } }>(
      'GET',
      `/api/runs/${runId}`,
    );
    expect(run.record).toMatchObject({ kind: 'plan', subject: 'schedule', seed: 0, bound: figures.bound });
    const proposal = await api.ok<ProposalView>('GET', `${small.path}/proposals/${result.proposalId}`);
    expect(proposal).toMatchObject({
      kind: 'plan',
      current: false,
      alternatives: [{ name: 'plan', changed: 8, kept: 0 }],
    });
  });

  it('keep pins, and are kept as a proposal where one asks to see it first', async () => {
    const { sessions } = await plan();
    const [learnerId, skillId] = [small.learners[5], small.skills[0]];
    const held = sessions.find(({ members }) => members.some((member) => member.learnerId === learnerId));
    const slotId = small.slots.slice(0, 4).find((slot) => slot !== held?.slotId) as string;
    await write('POST', '/pins', { learnerId, skillId, tutorId: 'ana', slotId });
    const before = await plan();
    const { proposalId, accepted } = await job('/plan', { seconds: 1, accept: false });
    expect(accepted).toBe(false);
    expect(await plan()).toEqual(before);
    const proposal = await api.ok<ProposalView>('GET', `${small.path}/proposals/${proposalId}`);
    expect(proposal.current).toBe(true);
    expect(proposal.alternatives[0].changes).toContainEqual(
      expect.objectContaining({ learnerId, is: expect.objectContaining({ tutorId: 'ana', slotId }) }),
    );
    await write('POST', `/proposals/${proposalId}/accept`, { alternative: 'plan' });
    const after = (await plan()).sessions.find(({ members }) =>
      members.some((member) => member.learnerId === learnerId),
    );
    expect(after).toMatchObject({ tutorId: 'ana', slotId });
    const again = { person: teacher, body: { version: (await show()).version, alternative: 'plan' } };
    expect(await api.refused('POST', `${small.path}/proposals/${proposalId}/accept`, again)).toMatchObject({
      status: 409,
    });
  });

  it('are not accepted by themselves where somebody changed the schedule meanwhile', async () => {
    const { version, rooms } = await show();
    const { jobId } = await write<{ jobId: string }>('POST', '/plan', { seconds: 3, seed: 3 });
    const room = { ...rooms[0], name: 'Renamed' };
    await api.ok('PUT', `${small.path}/rooms/r1`, { person: 'teacher:Mr Else', body: { version, room } });
    const { result } = await api.jobs.wait(jobId);
    expect(result).toMatchObject({
      accepted: false,
      changes: [expect.stringMatching(/Mr Else: Changed the room Renamed\.$/)],
    });
    const stale = { person: teacher, body: { version, seconds: 1 } };
    expect(await api.refused('POST', `${small.path}/plan`, stale)).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('plan some weeks and leave the others as they are', async () => {
    const before = await plan();
    const secondWeek = ({ start }: { start: string }): boolean => start >= '2026-10-26';
    await job('/plan', { seconds: 1, from: '2026-10-26', to: '2026-11-01' });
    const after = await plan();
    expect(after.sessions.filter((session) => !secondWeek(session))).toEqual(
      before.sessions.filter((session) => !secondWeek(session)),
    );
    expect(after.violations).toEqual([]);
    expect(after.figures.bound).toBeNull();
  });

  it('say which demand is not met, why, and what would help', async () => {
    const { tutors } = await show();
    await write('PUT', '/tutors/ana', { tutor: { ...tutors[0], available: [] } });
    await write('PUT', '/tutors/bo', { tutor: { ...tutors[1], most: 1 } });
    expect((await plan()).violations.length).toBeGreaterThan(0);
    const refused = await api.refused('POST', `${small.path}/publish`, {
      person: teacher,
      body: { version: (await show()).version, name: 'Broken' },
    });
    expect(refused).toMatchObject({ status: 422, detail: expect.stringMatching(/Ana Ruiz|Bo Berg/) });
    const { pins } = await api.ok<{ pins: { id: string }[] }>('GET', `${small.path}/pins`);
    await api.ok('DELETE', `${small.path}/pins/${pins[0].id}?version=${(await show()).version}`, { person: teacher });
    await job('/plan', { seconds: 1 });
    const { unmet, figures, violations } = await plan();
    expect([figures.seats, violations]).toEqual([1, []]);
    expect(unmet.reduce((sum, { wanted, met }) => sum + wanted - met, 0)).toBe(7);
    for (const { reason, fixes } of unmet) {
      expect(reason).not.toMatch(/learner:|skill:/);
      expect(fixes.length).toBeGreaterThan(0);
    }
  });

  it('refuse to plan without slots, and can be cancelled', async () => {
    const { jobId } = await write<{ jobId: string }>('POST', '/plan', { seconds: 60, seed: 1 });
    await api.ok('POST', `/api/jobs/${jobId}/cancel`, { person: teacher });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: expect.stringMatching(/cancelled|done/) });
    await write('PUT', '', { slots: [] });
    const body = { version: (await show()).version };
    expect(await api.refused('POST', `${small.path}/plan`, { person: teacher, body })).toMatchObject({ status: 422 });
    expect(api.logged).toEqual([]);
  });
});
