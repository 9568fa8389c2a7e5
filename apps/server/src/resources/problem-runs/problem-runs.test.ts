import { randomUUID } from 'node:crypto';
import { binary, createCqm, integer, writeProblemFile } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { afterAll, describe, expect, it } from 'vitest';
import { forEachApi, type TestApi } from '../../testing/api.ts';
import type { InspectedFileView } from '../problem-files/schema.ts';
import { clearProblemFiles } from '../problem-files/service.ts';
import type { ProblemRunSummaryView, ProblemRunView } from './schema.ts';

const person = 'engineer:Kim Data';

/** A random graph with weights 1 as a Max-Cut file. */
function maxCut(size: number, edges: number): string {
  const random = createRandom('max-cut').fork(size);
  const chosen = new Set<string>();
  while (chosen.size < edges) {
    const [first, second] = [random.integer(size), random.integer(size)];
    if (first < second) chosen.add(`${first + 1} ${second + 1} 1`);
  }
  return [`${size} ${edges}`, ...chosen, ''].join('\n');
}

/** The complete graph on 4 vertices: its best cut is 4. */
const SQUARE = '4 6\n1 2 1\n1 3 1\n1 4 1\n2 3 1\n2 4 1\n3 4 1\n';

/** Two agents with room for one job of weight 3 and for two of weight 2. */
const GAP = '2 3\n1 5 4\n6 2 3\n3 3 3\n2 2 2\n3 4\n';

/** Ada or Ben, and at most 4 hours in all: 3 x 1 + 2 x 3 is the most. Bytes, with zeros among them. */
const PLAN = writeProblemFile(
  createCqm({
    variables: [binary('Ada'), binary('Ben'), integer('hours', 0, 3)],
    linear: [-3, -1, -2],
    constraints: [
      { name: 'not both', terms: [], quadratic: [['Ada', 'Ben', 1]], sense: '==', rhs: 0 },
      {
        ...{ name: 'time', sense: '<=', rhs: 4 },
        terms: [
          ['Ada', 1],
          ['hours', 1],
        ],
      },
    ],
  }),
  'cqm',
);

const address = (name: string, format?: string) =>
  `/api/problem-files?name=${name}${format === undefined ? '' : `&format=${format}`}`;

const send = (api: TestApi, name: string, body: string | Uint8Array, format?: string) =>
  api.ok<InspectedFileView>('PUT', address(name, format), { body, person });

interface Started {
  readonly problemRunId: number;
  readonly jobId: string;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

forEachApi('problem runs', (api) => {
  const start = (body: object) => api.ok<Started>('POST', '/api/problem-runs', { body, person });
  const show = (id: number) => api.ok<ProblemRunView>('GET', `/api/problem-runs/${id}`);

  it('says what a file holds and which solvers take it, with the reason where one does not', async () => {
    const { file, solvers } = await send(api, 'graph.mc', maxCut(40, 120));
    expect(file).toMatchObject({
      ...{ name: 'graph.mc', format: 'mc', sense: 'maximise', objectiveName: 'cut weight' },
      ...{ variables: 40, integers: 0, pairs: 120, constraints: 0 },
    });
    const refusals = new Map(solvers.map(({ name, refused }) => [name, refused]));
    expect(refusals.get('anneal')).toBeNull();
    expect(refusals.get('exhaustive')).toMatch(/40/);
    expect(refusals.get('dwave-qpu')).toContain('DWAVE_API_TOKEN');
    expect(solvers.find(({ name }) => name === 'dwave-qpu')).toMatchObject({ kind: 'quantum-remote', remote: true });
    expect(await api.ok('GET', `/api/problem-files/${file.id}`)).toEqual({ file, solvers });
  });

  it.each([
    ['cut.mc', '3 2\n1 2 1\n', undefined, 'cut.mc:3:1: expected 2 entries'],
    ['word.mc', '3 1\n1 x 1\n', undefined, 'word.mc:2:3: expected a number, got "x"'],
    ['empty.bqp', '', undefined, 'empty.bqp:1:1'],
    ['notes.txt', 'hello', undefined, 'expected a name ending in'],
    ['binary.mc', new Uint8Array([0xff, 0xfe, 0x00]), undefined, 'expected text in UTF-8'],
    ['zero.mc', '2 1\n1 2 \0\n', undefined, 'expected text in UTF-8, got zero bytes'],
    ['jobs.txt', '2 3\n1 5', 'gap', 'jobs.txt:'],
    ['plan.cqm', PLAN.subarray(0, 700), undefined, 'plan.cqm: byte '],
  ])('refuses %s and says where it is wrong', async (name, body, format, message) => {
    const refusal = await api.refused('PUT', address(name, format), { body, person });
    expect(refusal).toMatchObject({ status: 422, code: 'unprocessable' });
    expect(refusal.detail).toContain(message);
    const kept = await api.store.db.selectFrom('problem_file').select('id').where('name', '=', name).execute();
    expect(kept).toEqual([]);
  });

  it('refuses what is too large, and asks who sends', async () => {
    expect(await api.refused('PUT', address('a.mc'), { body: SQUARE })).toMatchObject({ status: 401 });
    const large = new Uint8Array(33 * 2 ** 20).fill(32);
    expect(await api.refused('PUT', address('large.mc'), { body: large, person })).toMatchObject({ status: 413 });
  });

  it('refuses what cannot be run, by field', async () => {
    const { file } = await send(api, 'graph.mc', maxCut(40, 120));
    const refused = (body: object, who: string | undefined = person) =>
      api.refused('POST', '/api/problem-runs', { body: { fileId: file.id, ...body }, person: who });
    expect(await refused({ solvers: ['oracle'] })).toMatchObject({ status: 400, errors: [{ field: 'solvers' }] });
    const exhaustive = await refused({ solvers: ['anneal', 'exhaustive'] });
    expect(exhaustive.errors?.[0]).toMatchObject({ field: 'solvers', detail: expect.stringContaining('refuses it') });
    expect(await refused({ solvers: [] })).toMatchObject({ errors: [{ field: 'solvers' }] });
    expect(await refused({ solvers: ['anneal'], seconds: 61 })).toMatchObject({ errors: [{ field: 'seconds' }] });
    expect(await refused({ solvers: ['anneal', 'tabu'], seconds: 60, repeats: 50 })).toMatchObject({
      errors: [{ field: 'seconds', detail: expect.stringContaining('6000 s') }],
    });
    expect(await refused({ solvers: ['anneal'] }, 'learner:1')).toMatchObject({ status: 403 });
    expect(await refused({ fileId: 4711, solvers: ['anneal'] })).toMatchObject({ status: 404 });
    expect(await api.refused('GET', '/api/problem-runs/4711')).toMatchObject({ status: 404 });
  });

  describe('with credentials for a solver elsewhere', () => {
    const before = process.env['IONQ_API_KEY'];
    afterAll(() => {
      if (before === undefined) delete process.env['IONQ_API_KEY'];
      else process.env['IONQ_API_KEY'] = before;
    });

    it('asks for a limit of what it may cost', async () => {
      process.env['IONQ_API_KEY'] = 'a key that is never used';
      // Threads have the environment of the time at which they started; idle ones end after a second.
      await pause(1200);
      const { file, solvers } = await send(api, 'square.mc', SQUARE);
      expect(solvers.find(({ name }) => name === 'ionq')).toMatchObject({ refused: null, remote: true });
      const refusal = await api.refused('POST', '/api/problem-runs', {
        ...{ body: { fileId: file.id, solvers: ['ionq'] }, person },
      });
      expect(refusal).toMatchObject({ status: 400, errors: [{ field: 'spendingLimit' }] });
    });
  });

  it('solves, shows the curve while it runs, and measures what came of it', async () => {
    const { file } = await send(api, 'graph.mc', maxCut(300, 900));
    const { problemRunId, jobId } = await start({
      ...{ fileId: file.id, solvers: ['anneal', 'tabu'], seconds: 1, repeats: 2, seed: 7 },
    });
    let live: ProblemRunView | undefined;
    while ((await api.jobs.find(jobId))?.state !== 'done') {
      const view = await show(problemRunId);
      if (view.solves.some(({ state, trace }) => state === 'running' && trace.length > 0)) live ??= view;
      await pause(50);
    }
    expect(live).toMatchObject({ status: 'running', jobId });
    expect(live?.solves.map(({ state }) => state)).toContain('waiting');

    const view = await show(problemRunId);
    expect(view).toMatchObject({ status: 'done', seconds: 1, repeats: 2, file: { name: 'graph.mc' }, bound: null });
    expect(view.solves.map(({ solver, seed, state }) => [solver, seed, state])).toEqual([
      ['anneal', 7, 'ended'],
      ['tabu', 7, 'ended'],
      ['anneal', 8, 'ended'],
      ['tabu', 8, 'ended'],
    ]);
    for (const { trace, objective, failed, bestAtSeconds, wallSeconds } of view.solves) {
      expect(failed).toBeNull();
      expect(trace.at(-1)?.objective).toBe(objective);
      const steps = trace.map((point) => point.objective);
      expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      expect(bestAtSeconds).toBeLessThanOrEqual(wallSeconds ?? 0);
    }
    const best = Math.max(...view.solves.map(({ objective }) => objective ?? 0));
    expect(view.target).toEqual({ objective: best, from: 'the best of these solves' });
    expect(view.solvers.map(({ ended }) => ended)).toEqual([2, 2]);
    expect(view.solvers.some((one) => one.best === best && one.timeToSolution?.seconds.mean !== null)).toBe(true);
    expect(view.solvers.every(({ cost }) => cost.wallSeconds > 0 && cost.money === null)).toBe(true);

    // Every solve is a run that can be looked at.
    const { record } = await api.ok<{ record: object }>('GET', `/api/runs/${view.solves[0].runId}`);
    expect(record).toMatchObject({
      ...{ kind: 'solve', subject: 'anneal', seed: 7, budget: { seconds: 1 } },
      ...{ inputs: [{ name: 'graph.mc', sha256: file.sha256 }], result: { objective: view.solves[0].objective } },
    });

    const target = (objective: number | null) =>
      api.ok<ProblemRunView>('PUT', `/api/problem-runs/${problemRunId}/target`, { body: { objective }, person });
    const typed = await target(best + 50);
    expect(typed.target).toEqual({ objective: best + 50, from: 'typed in' });
    expect(typed.solvers[0].timeToSolution).toMatchObject({
      successes: 0,
      runs: 2,
      seconds: { mean: null, high: null },
    });
    expect((await target(null)).target).toEqual(view.target);
  });

  it('proves a bound where a solver can, and counts its distance', async () => {
    const { file } = await send(api, 'square.mc', SQUARE);
    const { problemRunId, jobId } = await start({
      ...{ fileId: file.id, solvers: ['highs', 'anneal'], seconds: 2, repeats: 1 },
    });
    await api.jobs.wait(jobId);
    const view = await show(problemRunId);
    expect(view.bound).toEqual({ objective: 4, solver: 'highs' });
    expect(view.solvers.map(({ best, gap }) => [best, gap])).toEqual([
      [4, 0],
      [4, 0],
    ]);
  });

  it('takes files with constraints', async () => {
    const { file } = await send(api, 'jobs.txt', GAP, 'gap');
    expect(file).toMatchObject({ format: 'gap', sense: 'minimise', variables: 6, constraints: 5 });
    const { problemRunId, jobId } = await start({
      ...{ fileId: file.id, solvers: ['highs', 'swap-anneal'], seconds: 1, repeats: 1 },
    });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done', title: 'Solving jobs.txt' });
    // Job 1 to agent 1 (cost 1, weight 3); jobs 2 and 3 to agent 2 (costs 2 and 3, weights 2 and 2).
    expect((await show(problemRunId)).solvers.map(({ best }) => best)).toEqual([6, 6]);
  });

  it('takes files that are no text', async () => {
    const { file, solvers } = await send(api, 'plan.cqm', PLAN);
    expect(file).toMatchObject({ format: 'cqm', bytes: PLAN.length, variables: 3, integers: 1, constraints: 2 });
    expect(await api.ok('GET', `/api/problem-files/${file.id}`)).toEqual({ file, solvers });
    const { problemRunId, jobId } = await start({ fileId: file.id, solvers: ['highs'], seconds: 1, repeats: 1 });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'done' });
    expect((await show(problemRunId)).solvers.map(({ best }) => best)).toEqual([-9]);
  });

  it('cancelled, keeps the solves that have ended', async () => {
    const { file } = await send(api, 'graph.mc', maxCut(300, 900));
    const { problemRunId, jobId } = await start({ fileId: file.id, solvers: ['anneal'], seconds: 1, repeats: 20 });
    expect(await api.refused('DELETE', `/api/problem-runs/${problemRunId}`, { person })).toMatchObject({ status: 409 });
    while ((await show(problemRunId)).solves[0].state !== 'ended') await pause(50);
    await api.ok('POST', `/api/jobs/${jobId}/cancel`, { person });
    expect(await api.jobs.wait(jobId)).toMatchObject({ state: 'cancelled' });
    const view = await show(problemRunId);
    expect(view.status).toBe('cancelled');
    expect(view.solves[0]).toMatchObject({ state: 'ended', runId: expect.any(String) });
    expect(view.solves.at(-1)).toMatchObject({ state: 'not run', trace: [], objective: null });
  });

  it('lists runs, and removes one with the file that no other run has', async () => {
    const list = () =>
      api.ok<{ runs: ProblemRunSummaryView[]; formats: string[] }>('GET', '/api/problem-runs').then(({ runs }) => runs);
    const [newest] = await list();
    expect(newest).toMatchObject({ fileName: 'graph.mc', status: 'cancelled', solvers: ['anneal'], variables: 300 });
    expect((await api.request('DELETE', `/api/problem-runs/${newest.id}`, { person })).status).toBe(204);
    expect((await list()).map(({ id }) => id)).not.toContain(newest.id);
    expect(await api.refused('GET', `/api/problem-files/${newest.fileId}`)).toMatchObject({ status: 404 });
    expect(await api.refused('DELETE', `/api/problem-runs/${newest.id}`, { person })).toMatchObject({ status: 404 });
  });

  it('clears files away that nobody ran for a day', async () => {
    const { file: old } = await send(api, 'old.mc', SQUARE);
    const { file: fresh } = await send(api, `${randomUUID()}.mc`, SQUARE);
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
    await api.store.db.updateTable('problem_file').set({ created_at: yesterday }).where('id', '=', old.id).execute();
    await clearProblemFiles(api.store.db);
    expect(await api.refused('GET', `/api/problem-files/${old.id}`)).toMatchObject({ status: 404 });
    expect(await api.ok('GET', `/api/problem-files/${fresh.id}`)).toMatchObject({ file: { id: fresh.id } });
  });
});
