/** Planning, repair and questions about a plan, over the API. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestApi } from '../../../testing/api.ts';
import type { ProposalView, RulePriceView, ScheduleExplanationView, SuggestionsView } from '../proposal-schema.ts';
import type { ConsequencesView, SchedulePlanView } from '../schema.ts';
import type { ScheduleLearnerView, ScheduleView } from '../setting-schema.ts';
import { makeSmallSchedule, type SmallSchedule, settledPlan, teacher } from './small-schedule.ts';

interface PlanResult {
  readonly proposalId: number;
  readonly accepted: boolean;
  readonly changes: string[];
}

export function planningSuite(api: TestApi): void {
  describe('schedules by planning', () => {
    let small: SmallSchedule;
    beforeAll(async () => {
      small = await makeSmallSchedule(api, 'Planning');
    });
    const show = () => api.ok<ScheduleView>('GET', small.path);
    const plan = () => settledPlan(api, small.path);
    const write = async <T>(method: string, at: string, body: object) =>
      api.ok<T>(method, `${small.path}${at}`, { person: teacher, body: { version: (await show()).version, ...body } });
    const job = async (at: string, body: object) => {
      const { jobId } = await write<{ jobId: string }>('POST', at, body);
      const ended = await api.jobs.wait(jobId);
      expect(ended).toMatchObject({ state: 'done', error: null });
      return ended.result as unknown as PlanResult;
    };

    /** A session that nobody has pinned. */
    const free = (sessions: SchedulePlanView['sessions']) =>
      sessions.find(({ members }) => members.every(({ pin }) => pin === null)) as SchedulePlanView['sessions'][number];

    it('meet the demand by the best plan, proved, with a run behind it', async () => {
      const result = await job('/plan', { seconds: 1 });
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
      // With other hours another plan may be better: the proof no longer holds.
      const { tutors } = await show();
      await write('PUT', '/tutors/ana', { tutor: { ...tutors[0], most: 5 } });
      const first = await api.ok<SchedulePlanView>('GET', `${small.path}/plan`);
      expect(first).toMatchObject({ boundComing: true, figures: { objective: figures.objective, bound: null } });
      expect((await plan()).figures.bound).toBeGreaterThanOrEqual(figures.objective);
      await write('PUT', '/tutors/ana', { tutor: tutors[0] });
      expect((await plan()).figures).toEqual(figures);
      const proposal = await api.ok<ProposalView>('GET', `${small.path}/proposals/${result.proposalId}`);
      expect(proposal).toMatchObject({
        kind: 'plan',
        current: false,
        alternatives: [{ name: 'plan', changed: 8, kept: 0 }],
      });
    });

    it("have a bound again after many changes, worked out once, which is nobody's change", async () => {
      const { weights, version } = await show();
      const jobs = async () => (await api.jobs.list({ courseId: small.id, name: 'schedule-bound' })).length;
      const before = await jobs();
      for (const continuity of [1, 2, 4]) await write('PUT', '', { weights: { continuity } });
      const { figures } = await plan();
      expect([await jobs(), (await show()).version]).toEqual([before + 1, version + 3]);
      // Not below the best of all plans under these weights, which another search proves.
      const { proposalId } = await job('/plan', { seconds: 1, accept: false });
      const proposal = await api.ok<ProposalView>('GET', `${small.path}/proposals/${proposalId}`);
      const best = proposal.alternatives[0].figures;
      expect(best.quality).toBe('Proved to be the best possible.');
      expect(figures.bound).toBeGreaterThanOrEqual(best.objective - 1e-6);
      // A look while a bound is on its way, and a change under it: the one that comes is for what is there then.
      await write('PUT', '', { weights: { continuity: 5 } });
      expect((await api.ok<SchedulePlanView>('GET', `${small.path}/plan`)).boundComing).toBe(true);
      await write('PUT', '', { weights });
      expect((await plan()).figures.quality).toBe('Proved to be the best possible.');
    });

    it('keep pins, and are kept as a proposal where one asks to see it first', async () => {
      const { sessions } = await plan();
      const [learnerId, skillId] = [small.learners[5], small.skills[0]];
      const held = sessions.find(({ members }) => members.some((member) => member.learnerId === learnerId));
      const slotId = small.slots.slice(0, 4).find((slot) => slot !== held?.slotId) as string;
      await write('POST', '/pins', { learnerId, skillId, tutorId: 'ana', slotId });
      const before = await plan();
      const { proposalId, accepted } = await job('/plan', { seconds: 0.3, accept: false });
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
      const { jobId } = await write<{ jobId: string }>('POST', '/plan', { seconds: 0.3, seed: 3 });
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
      await job('/plan', { seconds: 0.3, from: '2026-10-26', to: '2026-11-01' });
      const after = await plan();
      expect(after.sessions.filter((session) => !secondWeek(session))).toEqual(
        before.sessions.filter((session) => !secondWeek(session)),
      );
      expect(after.violations).toEqual([]);
      expect(after.figures.bound).toBeGreaterThanOrEqual(after.figures.objective);
    });

    it('explain a session by terms that add up, and name the next best place', async () => {
      const { tutorId, slotId, skill, members } = free((await plan()).sessions);
      const query = new URLSearchParams({
        learnerId: String(members[0].learnerId),
        skillId: String(skill.id),
        tutorId,
        slotId,
      });
      const why = await api.ok<ScheduleExplanationView>('GET', `${small.path}/explanation?${query}`);
      expect(why).toMatchObject({ learnerName: members[0].name, is: { tutorId, slotId } });
      expect(why.terms.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(why.total, 1);
      expect(why.runnerUp?.text).toMatch(/Ana Ruiz|Bo Berg/);
      expect(JSON.stringify(why.wouldChange)).not.toMatch(/learner:|skill:/);
      query.set('slotId', small.slots[9]);
      expect(await api.refused('GET', `${small.path}/explanation?${query}`)).toMatchObject({ status: 404 });
    });

    it('suggest places for a session that is missing; the best one is worth what it says', async () => {
      const { sessions, figures } = await plan();
      const session = free(sessions);
      const part = { learnerId: session.members[0].learnerId, skillId: session.skill.id };
      const from = { tutorId: session.tutorId, slotId: session.slotId, roomId: null };
      await write('POST', '/moves', { moves: [{ ...part, from, to: null }] });
      const without = (await plan()).figures.objective;
      const { suggestions } = await write<SuggestionsView>('POST', '/suggestions', part);
      expect(suggestions.length).toBeGreaterThan(0);
      const seen = await write<ConsequencesView>('POST', '/moves/preview', { moves: suggestions[0].moves });
      expect(seen.allowed).toBe(true);
      expect(seen.value).toBeCloseTo(suggestions[0].value, 6);
      await write('POST', '/moves', { moves: suggestions[0].moves });
      const after = (await plan()).figures;
      // A change by hand changes nothing about what is possible.
      expect(after.bound).toBe(figures.bound);
      expect(after.objective).toBeCloseTo(without + suggestions[0].value, 6);
      expect(after.seats).toBe(figures.seats);
      const none = { version: (await show()).version, ...part };
      expect(await api.refused('POST', `${small.path}/suggestions`, { person: teacher, body: none })).toMatchObject({
        status: 422,
      });
    });

    it('tell what a rule costs, with a run behind it', async () => {
      const { jobId } = await write<{ jobId: string }>('POST', '/rule-prices', { rule: 'mostPerDay', seconds: 0.2 });
      expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done', requestedBy: teacher });
      const price = await api.ok<RulePriceView>('GET', `${small.path}/rule-prices/${jobId}`);
      expect(price.rule).toBe('mostPerDay');
      expect(price.price).toBeCloseTo(price.withoutRule - price.withRule, 9);
      expect(price.text).toMatch(/without this rule|Without this rule/);
      const run = await api.ok<{ record: { subject: string } }>('GET', `/api/runs/${price.runIds[0]}`);
      expect(run.record.subject).toBe('schedule-rule');
      // A price is a course's own, and what is no price is none.
      const elsewhere = small.path.replace(String(small.id), String(small.id + 1));
      const [planning] = await api.jobs.list({ courseId: small.id, name: 'schedule-plan', limit: 1 });
      for (const path of [`${elsewhere}/rule-prices/${jobId}`, `${small.path}/rule-prices/${planning.id}`]) {
        expect(await api.refused('GET', path)).toMatchObject({ status: 404 });
      }
    });

    it('let the price of a rule be cancelled, and ask for it of what is on screen', async () => {
      const long = { rule: 'pins', seconds: 60 };
      const { jobId } = await write<{ jobId: string }>('POST', '/rule-prices', long);
      await api.ok('POST', `/api/jobs/${jobId}/cancel`, { person: teacher });
      expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'cancelled' });
      expect(await api.refused('GET', `${small.path}/rule-prices/${jobId}`)).toMatchObject({ status: 404 });
      const ask = (version: number, person: string) =>
        api.refused('POST', `${small.path}/rule-prices`, { person, body: { version, ...long } });
      expect(await ask(1, teacher)).toMatchObject({ status: 409 });
      const { version } = await show();
      expect(await ask(version, `learner:${small.learners[0]}`)).toMatchObject({ status: 403 });
    });

    it('are repaired after something happened: three ways, and the one that a person chooses', async () => {
      const before = await plan();
      const { sessions } = before;
      const held = sessions.filter(({ tutorId }) => tutorId === 'ana');
      const seats = (list: typeof sessions): number => list.reduce((sum, { members }) => sum + members.length, 0);
      const broken = held.filter(({ slotId }) => slotId === held[0].slotId);
      const events = [{ kind: 'tutor-out', tutorId: 'ana', slotIds: [held[0].slotId] }];
      const { proposalId } = await job('/repairs', { events, seconds: 0.2, changeCost: 2 });
      const proposal = await api.ok<ProposalView>('GET', `${small.path}/proposals/${proposalId}`);
      expect(proposal).toMatchObject({ kind: 'repair', changeCost: 2, current: true });
      expect(proposal.events).toEqual([expect.stringMatching(/^Ana Ruiz is away at .*\.$/)]);
      expect(proposal.alternatives.map(({ name }) => name)).toEqual(['keep', 'balanced', 'best']);
      for (const alternative of proposal.alternatives) {
        expect(alternative.broken).toBe(seats(broken));
        expect(alternative.broken + alternative.changed + alternative.kept).toBe(before.figures.seats);
        expect(alternative.figures.objective).toBeLessThanOrEqual((alternative.figures.bound ?? 1e9) + 1e-6);
      }
      const [keep] = proposal.alternatives;
      expect(keep.changed).toBe(0);
      expect(await plan()).toEqual(before);

      await write('POST', `/proposals/${proposalId}/accept`, { alternative: 'keep' });
      const after = await plan();
      expect(after.violations).toEqual([]);
      expect(after.sessions.some(({ id }) => id === held[0].id)).toBe(false);
      expect((await show()).tutors[0].available).not.toContain(held[0].slotId);
      const unknown = { version: (await show()).version, events: [{ kind: 'tutor-gone', tutorId: 'nobody' }] };
      expect(await api.refused('POST', `${small.path}/repairs`, { person: teacher, body: unknown })).toMatchObject({
        status: 422,
        detail: expect.stringContaining('nobody'),
      });
    });

    it('take in a learner who comes and let go of one who leaves', async () => {
      const [gone, coming] = [small.learners[3], small.learners[4]];
      const removed = `${small.path}/learners/${coming}?version=${(await show()).version}`;
      await api.ok('DELETE', removed, { person: teacher });
      const refused = {
        version: (await show()).version,
        events: [{ kind: 'learner-added', learnerId: coming, available: [] }],
      };
      // What was set went with the learner, and the learner model knows no need.
      expect(await api.refused('POST', `${small.path}/repairs`, { person: teacher, body: refused })).toMatchObject({
        status: 422,
      });
      const events = [
        { kind: 'learner-gone', learnerId: gone },
        { kind: 'need-changed', learnerId: small.learners[5], skillId: small.skills[0], sessions: 2 },
      ];
      const { proposalId } = await job('/repairs', { events, seconds: 0.2 });
      await write('POST', `/proposals/${proposalId}/accept`, { alternative: 'balanced' });
      const { learners } = await api.ok<{ learners: ScheduleLearnerView[] }>('GET', `${small.path}/learners`);
      expect(learners.map(({ learnerId }) => learnerId)).not.toContain(gone);
      expect(learners.find(({ learnerId }) => learnerId === small.learners[5])?.needs).toMatchObject([{ sessions: 2 }]);
      expect((await plan()).violations).toEqual([]);
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
      for (const { id } of pins) {
        await api.ok('DELETE', `${small.path}/pins/${id}?version=${(await show()).version}`, { person: teacher });
      }
      await job('/plan', { seconds: 1 });
      const { unmet, figures, violations } = await plan();
      expect([figures.seats, violations]).toEqual([1, []]);
      expect(unmet.reduce((sum, { wanted, met }) => sum + wanted - met, 0)).toBeGreaterThan(3);
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
}
