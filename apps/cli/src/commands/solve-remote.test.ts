import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { callCli } from '../testing/call.ts';
import { solve } from './solve.ts';

const TOKEN = 'DEV-0123456789abcdef';
const PRICE = { currency: 'USD', perSolverSecond: 0.1, date: new Date().toISOString().slice(0, 10), source: 'test' };

let folder = '';
let server: Server;
/** Of the vendor's next answers. */
let state = 'COMPLETED';
let started = 0;
let cancelled: string[] = [];

/** D-Wave's hybrid solver for one file of two variables: the answer is always 1, 0. */
function answer(method: string, url: string): unknown {
  if (url.startsWith('/bqm/multipart')) return { id: 'upload' };
  if (url === '/solvers/remote/') {
    const properties = { supported_problem_types: ['bqm'], minimum_time_limit: [[1, 3]] };
    return [{ id: 'hybrid', status: 'ONLINE', properties }];
  }
  if (method === 'POST') return { id: `job-${++started}`, status: 'PENDING' };
  if (method === 'DELETE') {
    cancelled.push(url);
    state = 'CANCELLED';
    return {};
  }
  if (!url.endsWith('/answer')) return { status: state };
  const data = { num_rows: 1, sample_data: { data: [[1]] }, vectors: {}, variable_labels: [0, 1], info: {} };
  return { answer: { format: 'bq', data } };
}

const file = (name: string): string => path.join(folder, name);
const call = (...words: string[]) => callCli([solve], 'solve', ...words);
const remote = (...words: string[]) =>
  call(
    file('two.qubo'),
    '--solver',
    'dwave-hybrid-bqm',
    '--job',
    file('job.json'),
    '--prices',
    file('prices.json'),
    ...words,
  );

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.headers['x-auth-token'] !== TOKEN) response.writeHead(401).end();
      else response.end(JSON.stringify(answer(`${request.method}`, `${request.url}`)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

beforeEach(async () => {
  [state, started, cancelled] = ['COMPLETED', 0, []];
  folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-remote-'));
  await writeFile(file('two.qubo'), 'p qubo 0 2 2 1\n0 0 -3\n1 1 1\n0 1 2\n');
  await writeFile(file('prices.json'), JSON.stringify({ 'dwave/hybrid': PRICE }));
  vi.stubEnv('DWAVE_API_TOKEN', TOKEN);
  vi.stubEnv('DWAVE_API_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('solve by a remote solver', () => {
  it('sends a job within the limit, reads its answer, and keeps the handle', async () => {
    const { code, out, err } = await remote('--max-cost', '1', '--json');
    expect(err).not.toContain(TOKEN);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ objective: -3, solver: 'dwave-hybrid-bqm' });
    const kept = await readFile(file('job.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ format: 1, state: 'read', handle: { id: 'job-1' } });
    expect(kept).not.toContain(TOKEN);
    // The answer was read: the file may be used again.
    expect((await remote('--max-cost', '1')).code).toBe(0);
  });

  it('goes on after a restart: submit, poll, resume', async () => {
    state = 'IN_PROGRESS';
    expect((await remote('--max-cost', '1', '--submit')).out).toMatch(/took job job-1, estimated at 0.30 USD/);
    expect((await call('--poll', file('job.json'))).out).toMatch(/job-1: running/);
    // A second job would lose the handle of the first.
    expect((await remote('--max-cost', '1', '--submit')).err).toMatch(/no unread job/);
    state = 'COMPLETED';
    const { out } = await call('--resume', file('job.json'), '--json');
    expect(JSON.parse(out)).toMatchObject({ objective: -3, solver: 'dwave-hybrid-bqm' });
    expect(JSON.parse(await readFile(file('job.json'), 'utf8')).state).toBe('read');
    expect(started).toBe(1);
  });

  it('cancels a job by its handle', async () => {
    state = 'PENDING';
    await remote('--max-cost', '1', '--submit');
    const { out } = await call('--cancel', file('job.json'), '--json');
    expect(JSON.parse(out)).toMatchObject({ job: 'job-1', state: 'cancelled', cancelAsked: true });
    expect(cancelled).toEqual(['/problems/job-1']);
  });

  it.each([
    ['no limit', [], /at most 0 USD/],
    ['a limit below the estimate', ['--max-cost', '0.29'], /got an estimate of 0.30 USD/],
    ['another currency', ['--max-cost', '9', '--currency', 'EUR'], /at most 9 EUR/],
  ])('sends nothing with %s', async (_, words, refusal) => {
    const { code, err } = await remote(...words);
    expect(code).toBe(1);
    expect(err).toMatch(refusal);
    expect(started).toBe(0);
  });

  it('sends nothing for a price that is too old, or none', async () => {
    const old = { 'dwave/hybrid': { ...PRICE, date: '2020-01-01' } };
    await writeFile(file('prices.json'), JSON.stringify(old));
    expect((await remote('--max-cost', '9')).err).toMatch(/at most 90 days, got one of 2020-01-01/);
    expect((await remote('--max-cost', '9', '--price-age', '1000000')).code).toBe(0);
    started = 0;
    await writeFile(file('prices.json'), '{}');
    expect((await remote('--max-cost', '9')).err).toMatch(/expected a price for dwave\/hybrid, got none/);
    expect(started).toBe(0);
  });

  it.each([
    '[]',
    '{"dwave/hybrid": 1}',
    '{"dwave/hybrid": {"currency": "USD", "date": "2026-01-01", "source": "x"}}',
    'no',
  ])('refuses prices %s', async (text) => {
    await writeFile(file('prices.json'), text);
    const { code, err } = await remote('--max-cost', '1');
    expect(code).toBe(2);
    expect(err).toContain('--prices');
  });

  it('refuses handle files of other kinds, and --submit for a local solver', async () => {
    expect((await call('--poll', file('prices.json'))).code).toBe(2);
    expect((await call(file('two.qubo'), '--submit', '--solver', 'anneal')).err).toMatch(/expected a remote solver/);
  });
});
