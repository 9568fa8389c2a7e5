import { beforeAll, describe, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { makeSmallCourse, type SmallCourse } from '../../testing/small-course.ts';
import type { ChampionView, ComparisonView, CourseComparisonsView, SolverView } from './schema.ts';

const engineer = 'engineer:Kim Data';
const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

interface Started {
  readonly comparisonId: number;
  readonly jobId: string;
}

forEachApi('comparisons', (api) => {
  let course: SmallCourse;
  const place = () => `/api/courses/${course.id}`;
  const start = (body: object) => api.ok<Started>('POST', `${place()}/comparisons`, { body, person: engineer });
  const list = () => api.ok<CourseComparisonsView>('GET', `${place()}/comparisons`);
  const show = (id: number) => api.ok<ComparisonView>('GET', `/api/comparisons/${id}`);

  beforeAll(async () => {
    const learners = Array.from({ length: 7 }, (_, k) => ({
      key: `l${k}`,
      answers: ['1101', '0110', k % 2 === 0 ? '10' : ''],
      mastery: [0.85, 0.4 + 0.05 * k, 0.3],
      daysAgo: 1,
    }));
    course = await makeSmallCourse(api.store, { name: 'Small', skills: keys, learners, simulated: true });
  });

  it('lists who can plan, with kind and description', async () => {
    const { solvers } = await api.ok<{ solvers: SolverView[] }>('GET', '/api/solvers');
    const kinds = new Map(solvers.map(({ name, kind }) => [name, kind]));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        ['planner', 'policy'],
        ['greedy', 'policy'],
        ['highs', 'exact'],
        ['swap-anneal', 'classical'],
        ['hybrid', 'hybrid'],
        ['qaoa', 'quantum-simulated'],
      ]),
    );
    for (const { description } of solvers) expect(description).toMatch(/\.$/);
  });

  it('offers defaults that a verdict can come of', async () => {
    const offer = await api.ok<CourseComparisonsView>('GET', `${place()}/comparisons`);
    expect(offer.defaults).toEqual({
      ...{ learners: expect.any(Number), simulatedLearners: expect.any(Number), seconds: 0.3, seed: 1 },
    });
    expect(offer.defaults.learners).toBeGreaterThanOrEqual(offer.fewestForVerdict);
    expect(offer.defaults.simulatedLearners).toBeGreaterThanOrEqual(offer.fewestForVerdict);
  });

  it('asks who starts one, and refuses what it cannot compare', async () => {
    const path = `${place()}/comparisons`;
    expect(await api.refused('POST', path, { body: {} })).toMatchObject({ status: 401, code: 'person-missing' });
    expect(await api.refused('POST', path, { body: {}, person: 'learner:1' })).toMatchObject({ status: 403 });
    const unknown = await api.refused('POST', path, { body: { solvers: ['highs', 'oracle'] }, person: engineer });
    expect(unknown).toMatchObject({ status: 400, errors: [{ field: 'solvers' }] });
    expect(unknown.detail).toContain('"oracle"');
    expect(await api.refused('POST', '/api/courses/4711/comparisons', { body: {}, person: engineer })).toMatchObject({
      status: 404,
    });
    expect(await api.refused('GET', '/api/comparisons/4711')).toMatchObject({ status: 404 });
    expect(await list()).toMatchObject({ champion: 'planner', latest: null, running: null, comparisons: [] });
  });

  describe('on the same problems', () => {
    let view: ComparisonView;
    beforeAll(async () => {
      const solvers = ['greedy', 'random', 'hybrid', 'qaoa'];
      const { comparisonId, jobId } = await start({
        learners: 5,
        seconds: 0.5,
        seed: 3,
        solvers,
        simulatedLearners: 2,
      });
      expect(await show(comparisonId)).toMatchObject({ status: 'running', solvers: [], jobId });
      expect(await api.refused('POST', `${place()}/comparisons`, { body: {}, person: engineer })).toMatchObject({
        status: 409,
      });
      expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done', error: null });
      view = await show(comparisonId);
    });

    const solver = (name: string) => {
      const found = view.solvers.find((one) => one.name === name);
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    };

    it('puts the champion, everybody asked for and the exact solver to each problem', () => {
      expect(view).toMatchObject({ status: 'done', champion: 'planner', problems: 5, seconds: 0.5 });
      expect(view.solvers.map(({ name }) => name)).toEqual(['planner', 'greedy', 'random', 'hybrid', 'qaoa', 'highs']);
      expect(view.variables?.least).toBeGreaterThan(0);
      for (const { points, refused } of view.solvers) {
        expect(points.length).toBe((refused?.count ?? 0) < 5 ? 5 : 0);
      }
    });

    it('proves a bound that no valid plan passes, and that the exact solver reaches on problems so small', () => {
      const { bound, gap, points } = solver('highs');
      expect(gap?.mean).toBeCloseTo(0, 6);
      for (const other of view.solvers) {
        if (other.points.length === 0) continue;
        expect(other.bound?.mean).toBeCloseTo(bound?.mean ?? Number.NaN, 9);
        for (const [k, point] of other.points.entries()) {
          expect(point.objective).toBeLessThanOrEqual(points[k].objective + 1e-6);
        }
      }
      expect(solver('highs')).toMatchObject({ feasibleShare: 1, feasible: { mean: 1, high: 1 } });
    });

    it('judges every challenger that made plans, says that it is simulated and that five problems are too few', () => {
      const { verdicts, conclusion } = view;
      const answering = view.solvers.filter(({ points, name }) => points.length > 0 && name !== 'planner');
      expect(verdicts.map(({ challenger }) => challenger)).toEqual(answering.map(({ name }) => name));
      for (const verdict of verdicts) {
        expect(verdict).toMatchObject({
          champion: 'planner',
          verdict: 'not enough evidence',
          units: 5,
          simulated: true,
        });
        expect(verdict.difference.low).toBeLessThanOrEqual(verdict.difference.high);
      }
      expect(conclusion).toContain('planner stays champion');
      expect(conclusion).toContain('hybrid');
      expect(conclusion).toContain('simulated');
    });

    it('stores what ran: every solve, the simulation, and the comparison with all points', async () => {
      const { runs } = await api.ok<{ runs: { kind: string; subject: string }[] }>(
        'GET',
        `/api/runs?courseId=${course.id}`,
      );
      const count = (kind: string, subject?: string) =>
        runs.filter((run) => run.kind === kind && (subject === undefined || run.subject === subject)).length;
      expect(count('compare')).toBe(1);
      expect(count('simulate')).toBe(1);
      expect(count('solve', 'highs')).toBe(5);
      expect(count('solve', 'hybrid')).toBe(5);
      const { record } = await api.ok<{ record: Record<string, unknown> }>('GET', `/api/runs/${view.runId}`);
      expect(record).toMatchObject({
        seed: 3,
        inputs: [{ simulated: true }],
        versions: { highs: expect.any(String) },
        // The interval of the feasible share follows from what is stored.
        result: { champion: 'planner', solvers: view.solvers.map(({ feasible: _, ...figures }) => figures) },
      });
    });

    it('tells what each policy does to simulated learners', async () => {
      const { simulation } = view;
      expect(simulation).toMatchObject({ learners: 2, law: 'a' });
      expect(simulation?.policies.map(({ policy }) => policy)).toContain('fringe');
      for (const { sessions, competent } of simulation?.policies ?? []) {
        expect(sessions.mean).toBeGreaterThan(0);
        expect(competent.high).toBeLessThanOrEqual(1);
      }
      expect(simulation?.verdicts.every(({ champion, simulated }) => champion === 'planner' && simulated)).toBe(true);
      expect(await api.ok('GET', `/api/runs/${simulation?.runId}`)).toMatchObject({ kind: 'simulate' });
    });

    it('is the latest of its course, and has promoted nobody', async () => {
      expect(await list()).toMatchObject({
        champion: 'planner',
        latest: { id: view.id, conclusion: view.conclusion },
        running: null,
        comparisons: [{ id: view.id, status: 'done' }],
      });
    });
  });

  it('can be cancelled, and leaves no figures and no runs', async () => {
    const before = await api.store.db.selectFrom('run').select('id').execute();
    const { comparisonId, jobId } = await start({ learners: 7, seconds: 10, solvers: ['anneal', 'swap-anneal'] });
    while ((await api.jobs.find(jobId))?.state === 'queued') await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await list()).toMatchObject({ running: { id: comparisonId, jobId } });
    await api.ok('POST', `/api/jobs/${jobId}/cancel`, { person: engineer });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'cancelled' });
    expect(await show(comparisonId)).toMatchObject({ status: 'cancelled', runId: null, solvers: [] });
    expect(await api.store.db.selectFrom('run').select('id').execute()).toHaveLength(before.length);
    expect((await list()).running).toBeNull();
  });

  it('fails in words where there is nobody to plan for', async () => {
    const empty = await makeSmallCourse(api.store, { name: 'Nobody', skills: ['a'], learners: [] });
    const path = `/api/courses/${empty.id}/comparisons`;
    const { comparisonId, jobId } = await api.ok<Started>('POST', path, {
      body: { simulatedLearners: 0 },
      person: engineer,
    });
    const job = await api.jobs.wait(jobId);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'too-few-problems' } });
    expect(job.error?.message).toContain('import more records');
    expect(await show(comparisonId)).toMatchObject({ status: 'failed' });
  });

  it('lets staff choose the champion, with a reason, and remembers who did', async () => {
    const path = `${place()}/champion`;
    const body = { solver: 'greedy', reason: 'Simple to explain' };
    expect(await api.refused('PUT', path, { body })).toMatchObject({ status: 401, code: 'person-missing' });
    expect(await api.refused('PUT', path, { body, person: 'learner:1' })).toMatchObject({ status: 403 });
    expect(await api.refused('PUT', path, { body: { ...body, solver: 'oracle' }, person: engineer })).toMatchObject({
      errors: [{ field: 'solver' }],
    });
    expect(await api.refused('PUT', path, { body: { ...body, reason: ' ' }, person: engineer })).toMatchObject({
      errors: [{ field: 'reason' }],
    });
    expect(await api.ok('GET', path)).toEqual({ solver: 'planner', decisions: [] });
    const latest = (await list()).latest?.id;
    const person = 'decision maker:Dr Okoye';
    expect(await api.ok<ChampionView>('PUT', path, { body, person })).toMatchObject({
      solver: 'greedy',
      decisions: [{ ...body, byPerson: person, comparisonId: latest }],
    });
    await api.ok('PUT', path, { body: { solver: 'planner', reason: 'Back to the better one' }, person: engineer });
    const { solver, decisions } = await api.ok<ChampionView>('GET', path);
    expect([solver, ...decisions.map((decision) => decision.solver)]).toEqual(['planner', 'planner', 'greedy']);
  });
});
