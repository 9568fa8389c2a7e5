import { beforeAll, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { type SmallSample, smallSample } from '../../testing/sample.ts';
import { planCourseJob } from './plan-course-job.ts';
import type { ExplanationView, PlanView } from './schema.ts';

forEachApi('plans', (api) => {
  let sample: SmallSample;
  let path = '';
  let person = '';
  beforeAll(async () => {
    sample = await smallSample(api);
    path = `/api/learners/${sample.learnerIds[2]}`;
    person = `learner:${sample.learnerIds[2]}`;
  });

  const skillsOf = (plan: PlanView): number[] =>
    plan.sessions.flatMap(({ steps }) => steps.map(({ skillId }) => skillId));

  it('are not there before they are made, then made by the champion within the minutes', async () => {
    expect(await api.refused('GET', `${path}/plan`)).toMatchObject({ status: 404 });
    const plan = await api.ok<PlanView>('POST', `${path}/plan`, { body: {} });
    expect(plan).toMatchObject({ solver: 'planner', isChampion: true, simulated: true, estimatedPrerequisites: false });
    expect(plan.sessions).toHaveLength(3);
    for (const { steps, minutes, minutesAvailable } of plan.sessions) {
      expect(steps.reduce((sum, step) => sum + step.minutes, 0)).toBe(minutes);
      expect(minutes).toBeLessThanOrEqual(minutesAvailable);
      for (const step of steps) expect(step.reason).toMatch(/^[A-Z].*\.$/);
    }
    expect(await api.ok<PlanView>('GET', `${path}/plan`)).toEqual(plan);
    const run = await api.ok<{ record: { kind: string; inputs: { simulated?: boolean }[] } }>(
      'GET',
      `/api/runs/${plan.runId}`,
    );
    expect(run.record.kind).toBe('plan');
    expect(run.record.inputs.some((input) => input.simulated)).toBe(true);
  });

  it('are proved by the exact solver, which no other beats on the same problem', async () => {
    const ask = (solver: string, seconds: number) =>
      api.ok<PlanView>('POST', `${path}/plan`, { body: { solver, seconds } });
    const exact = await ask('highs', 20);
    expect(exact.gap).toBeCloseTo(0, 6);
    for (const solver of ['swap-anneal', 'hybrid']) {
      expect((await ask(solver, 1)).objective).toBeLessThanOrEqual((exact.bound ?? 0) + 1e-6);
    }
    expect(await api.refused('POST', `${path}/plan`, { body: { solver: 'oracle' } })).toMatchObject({
      status: 400,
      errors: [{ field: 'solver' }],
    });
  });

  it('explain each step: evidence, worth, and the best plan without it', async () => {
    const plan = await api.ok<PlanView>('POST', `${path}/plan`, { body: {} });
    const { skillId } = plan.sessions[0].steps[0];
    const why = await api.ok<ExplanationView>('GET', `${path}/plan/steps/${skillId}/explanation`);
    expect(why.skill.id).toBe(skillId);
    expect(why.evidence.recent.length).toBe(Math.min(10, why.evidence.attempts));
    expect(why.terms.reduce((sum, term) => sum + term.value, 0)).toBeCloseTo(why.total, 9);
    expect(why.runnerUp.loss).toBeGreaterThanOrEqual(0);
    expect(why.runnerUp.text).toMatch(/^(The best plan|A plan) without this step/);
    expect(await api.refused('GET', `${path}/plan/steps/999999/explanation`)).toMatchObject({ status: 404 });
  });

  it('keep what people say: a skip of the learner, a pin of the teacher with a reason, until it is taken back', async () => {
    const first = skillsOf(await api.ok<PlanView>('POST', `${path}/plan`, { body: {} }))[0];
    const skipped = await api.ok<PlanView>('POST', `${path}/overrides`, {
      body: { skillId: first, action: 'skip' },
      person,
    });
    expect(skillsOf(skipped)).not.toContain(first);
    expect(skipped.overrides).toMatchObject([{ skillId: first, action: 'skip', byRole: 'learner', reason: null }]);
    const teacher = 'teacher:Ms Lopez';
    const pin = { skillId: first, action: 'pin' };
    expect(await api.refused('POST', `${path}/overrides`, { body: pin, person: teacher })).toMatchObject({
      errors: [{ field: 'reason' }],
    });
    const pinned = await api.ok<PlanView>('POST', `${path}/overrides`, {
      body: { ...pin, reason: 'Test on Friday' },
      person: teacher,
    });
    const step = pinned.sessions[0].steps.find(({ skillId }) => skillId === first);
    expect(step).toMatchObject({ pinnedBy: 'Ms Lopez', reason: 'Chosen for you by a person.' });
    for (const { id } of pinned.overrides)
      await api.ok<PlanView>('DELETE', `/api/overrides/${id}`, { person: teacher });
    expect((await api.ok<PlanView>('GET', `${path}/plan`)).overrides).toEqual([]);
  });

  it('let nobody speak for another learner, and nobody unknown', async () => {
    const body = { skillId: 1, action: 'skip' };
    const other = `learner:${sample.learnerIds[3]}`;
    expect(await api.refused('POST', `${path}/overrides`, { body, person: other })).toMatchObject({ status: 403 });
    expect(await api.refused('POST', `${path}/overrides`, { body })).toMatchObject({ status: 401 });
  });

  it('are made for everybody by a job, which goes on where it was', async () => {
    const body = `/api/courses/${sample.courseId}/plans`;
    expect(await api.refused('POST', body, { person })).toMatchObject({ status: 403 });
    const since = new Date().toISOString();
    const { jobId } = await api.ok<{ jobId: string }>('POST', body, { person: 'teacher:Ms Lopez' });
    const all = sample.learnerIds.length;
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done', result: { planned: all, refused: 0 } });
    for (const learner of sample.learnerIds) {
      const plan = await api.ok<PlanView>('GET', `/api/learners/${learner}/plan`);
      expect(plan.createdAt >= since).toBe(true);
    }
    // As after a death half-way: whoever has a plan by then keeps it.
    const again = await api.jobs.send(planCourseJob, { courseId: sample.courseId, since });
    expect(await api.jobs.wait(again)).toMatchObject({ state: 'done', result: { planned: 0 } });
  });
});
