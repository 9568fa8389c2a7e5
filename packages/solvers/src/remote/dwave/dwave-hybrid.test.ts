import { createBqm, type Problem } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, tinyProblems } from '@qurriculum/problems/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteOptions } from '../remote-solver.ts';
import { readBqmFile, readCqmFile } from '../testing/dimod-reader.ts';
import { remoteFaults, type StandIn } from '../testing/remote-faults.ts';
import { type UploadStandIn, uploadStandIn } from '../testing/sapi-upload.ts';
import {
  type FakePlatform,
  fakePlatform,
  type Reply,
  type SeenRequest,
  startVendor,
} from '../testing/vendor-server.ts';
import { createDWaveHybridBqmSolver, createDWaveHybridCqmSolver } from './dwave-hybrid.ts';
import { leastSeconds, timeLimit } from './hybrid-limits.ts';
import { readSampleSetAnswer } from './sample-set-answer.ts';
import { createSapi } from './sapi.ts';

const SECRET = 'DEV-0123456789abcdef';
const PROPERTIES = {
  bqm: {
    supported_problem_types: ['bqm'],
    minimum_time_limit: [
      [1, 3],
      [1024, 3],
      [4096, 10],
    ],
    maximum_number_of_variables: 1000,
  },
  cqm: { supported_problem_types: ['cqm'], minimum_time_limit_s: 5, maximum_number_of_constraints: 50 },
};

/** The best sample of the uploaded file, as dimod serialises it: packed where all variables are binary. */
function solveFile(type: string, file: Buffer, seconds: number): unknown {
  const problem: Problem = type === 'bqm' ? readBqmFile(file) : readCqmFile(file);
  const { values, energy } = bruteForce(problem)!;
  // Columns in an order of their own.
  const labels = Array.from(values, (_, i) => i).reverse();
  const row = labels.map((i) => values[i]);
  const packed = type === 'bqm';
  const words = new Uint32Array(Math.ceil(row.length / 32));
  for (const [k, value] of row.entries()) if (value > 0) words[k >> 5] |= 1 << (k & 31);
  const array = (data: unknown, data_type: string) => ({ type: 'array', data, data_type, use_bytes: false });
  return {
    format: 'bq',
    data: {
      type: 'SampleSet',
      version: { sampleset_schema: '3.1.0' },
      num_variables: row.length,
      num_rows: 1,
      sample_data: packed ? array([[...words]], 'uint32') : array([row], 'float64'),
      sample_type: packed ? 'int8' : 'float64',
      sample_packed: packed,
      vectors: { energy: array([energy], 'float64'), num_occurrences: array([1], 'int64') },
      variable_labels: labels,
      variable_type: problem.type === 'bqm' ? problem.vartype : 'INTEGER',
      info: { qpu_access_time: 32_000, charge_time: seconds * 1e6, run_time: seconds * 1e6 + 700 },
    },
  };
}

let uploads: UploadStandIn;

async function startSapi(): Promise<StandIn> {
  const answers = new Map<string, unknown>();
  uploads = uploadStandIn();
  const answer = (request: SeenRequest): Reply => {
    const { method, path, headers, body } = request;
    if (headers['x-auth-token'] !== SECRET) return { status: 401 };
    const upload = uploads.answer(request);
    if (upload) return upload;
    if (path === '/solvers/remote/') {
      const solvers = Object.entries(PROPERTIES).map(([type, properties]) => ({
        id: `hybrid_${type}_version1p`,
        status: 'ONLINE',
        properties,
      }));
      return { json: solvers };
    }
    if (method === 'POST') {
      const { solver, type, data, params } = JSON.parse(body);
      expect(solver).toEqual({ name: `hybrid_${type}_version1p` });
      expect(data.format).toBe('ref');
      standIn.started++;
      const id = `job-${standIn.started}`;
      answers.set(id, solveFile(type, uploads.files.get(data.data)!, params.time_limit));
      return { json: { id, status: 'PENDING' } };
    }
    const [, , id, what] = path.split('/');
    if (method === 'DELETE') {
      standIn.cancelled.push(id);
      return { status: 409, json: { error_code: 409, error_msg: 'Problem has been finished.' } };
    }
    if (what === 'answer') return { json: { answer: answers.get(id) } };
    if (standIn.queuedPolls-- > 0) return { json: { id, status: 'PENDING' } };
    return { json: { id, status: standIn.end.toUpperCase(), error_message: standIn.reason } };
  };
  const server = await startVendor(answer);
  const standIn: StandIn = { server, queuedPolls: 0, end: 'completed', reason: '', cancelled: [], started: 0 };
  return standIn;
}

const paid: RemoteOptions = {
  limits: { amount: 5, priceAgeDays: 30 },
  prices: { 'dwave/hybrid': { currency: 'USD', perSolverSecond: 0.1, date: '2024-11-20', source: 'test' } },
};
let sapi: StandIn;
beforeEach(async () => {
  sapi = await startSapi();
});
afterEach(() => sapi.server.close());
const platform = () => fakePlatform({ DWAVE_API_TOKEN: SECRET });
const bqm = (fake: FakePlatform, options: RemoteOptions) =>
  createDWaveHybridBqmSolver(fake, { endpoint: sapi.server.url, ...options });
const cqm = (fake: FakePlatform, options: RemoteOptions) =>
  createDWaveHybridCqmSolver(fake, { endpoint: sapi.server.url, ...options });

const common = { secret: SECRET, standIn: () => sapi, platform, bare: () => fakePlatform(), paid };
describe('dwave-hybrid-bqm: faults', () => remoteFaults({ ...common, create: bqm }));
describe('dwave-hybrid-cqm: faults', () =>
  remoteFaults({ ...common, create: cqm, problems: [randomPlan(3, 1), randomPlan(3, 2)] }));

describe('hybrid solvers', () => {
  it.each(['SPIN', 'BINARY'] as const)('solve %s models, charged by their running time', async (vartype) => {
    const problem = randomBqm(9, vartype, 2, 0.4);
    const set = await bqm(platform(), paid).solve(problem, { work: { seconds: 4 } });
    expect(set.samples[0].energy).toBe(bruteForce(problem)!.energy);
    expect(set.stoppedEarly).toBe(false);
    expect(set.cost).toMatchObject({ qpuSeconds: 0.032, money: { currency: 'USD' } });
    expect(set.cost.money!.amount).toBeCloseTo(0.4, 12);
    expect(set.info).toMatchObject({ solver: 'hybrid_bqm_version1p', timeLimit: 4, solverSecondsFrom: 'vendor' });
  });

  it('solve constrained models with integers', async () => {
    for (const { problem } of tinyProblems()) {
      if (problem.type !== 'cqm' || problem.variables.length === 0 || bruteForce(problem) === null) continue;
      const set = await cqm(platform(), paid).solve(problem);
      expect(set.samples[0]).toMatchObject({ feasible: true, energy: bruteForce(problem)!.energy });
    }
  });

  it('refuse before anything is sent: the other kind, too large, too little time, too dear', async () => {
    expect(bqm(platform(), paid).refuses(randomPlan(3, 1))).toMatch(/dwave-hybrid-cqm/);
    expect(cqm(platform(), paid).refuses(randomBqm(3, 'SPIN', 1))).toMatch(/dwave-hybrid-bqm/);
    const problem = randomBqm(5, 'SPIN', 1);
    const one = bqm(platform(), paid);
    await expect(one.submit(createBqm({ vartype: 'SPIN', variables: 1001 }))).rejects.toMatchObject({
      code: 'DOES_NOT_FIT',
    });
    await expect(one.submit(problem, { work: { seconds: 2 } })).rejects.toMatchObject({ code: 'DOES_NOT_FIT' });
    await expect(one.submit(problem, { seconds: 2 })).rejects.toThrow(/at least 3.0 s/);
    await expect(one.submit(problem, { work: { seconds: 51 } })).rejects.toMatchObject({ code: 'COST_LIMIT' });
    expect(uploads.files.size).toBe(0);
  });

  it('upload again after broken connections, and say when a part arrived damaged', async () => {
    const one = bqm(platform(), paid);
    const problem = randomBqm(5, 'SPIN', 1);
    // The list of solvers, then the three steps of the upload.
    sapi.server.faults.push('cut', { status: 503 });
    expect((await one.submit(problem)).id).toBe('job-1');
    const damaged = createSapi(platform(), { endpoint: sapi.server.url });
    sapi.server.faults.push({ json: { id: 'upload-1' } }, { status: 400, text: 'checksum' });
    await expect(damaged.upload(new Uint8Array(3))).rejects.toMatchObject({ code: 'REJECTED' });
  });

  it('upload in parts of 5 MiB', async () => {
    const bytes = new Uint8Array(5 * 2 ** 20 + 3).fill(7);
    bytes[5 * 2 ** 20] = 1;
    const name = await createSapi(platform(), { endpoint: sapi.server.url }).upload(bytes);
    expect(uploads.files.get(name)!.equals(bytes)).toBe(true);
    expect(sapi.server.seen.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });
});

describe('the time limit', () => {
  const model = (size: number) => createBqm({ vartype: 'SPIN', variables: size });

  it('is at least what the description demands of the model', () => {
    expect(leastSeconds(model(10), PROPERTIES.bqm)).toBe(3);
    expect(leastSeconds(model(2560), PROPERTIES.bqm)).toBeCloseTo(6.5, 12);
    expect(leastSeconds(model(5000), PROPERTIES.bqm)).toBe(10);
    expect(leastSeconds(randomPlan(3, 1), PROPERTIES.cqm)).toBe(5);
    const slow = { minimum_time_limit_s: 5, num_variables_multiplier: 1 };
    expect(leastSeconds(randomPlan(3, 1), slow)).toBeCloseTo(9, 2);
  });

  it('follows the work, else half of the seconds', () => {
    const limit = (options: object) => timeLimit('test', model(10), PROPERTIES.bqm, options);
    expect(limit({})).toBe(3);
    expect(limit({ seconds: 60 })).toBe(30);
    expect(limit({ seconds: 4 })).toBe(3);
    expect(limit({ work: { seconds: 7 }, seconds: 20 })).toBe(7);
    expect(() => limit({ work: { seconds: 30 }, seconds: 20 })).toThrow(/allow more time/);
    expect(timeLimit('test', model(10), { ...PROPERTIES.bqm, maximum_time_limit_hrs: 0.01 }, { seconds: 100 })).toBe(
      36,
    );
  });
});

describe('readSampleSetAnswer', () => {
  const binary = { lower: [0, 0], upper: [1, 1], spins: false };
  const array = (data: unknown) => ({ data, use_bytes: false });
  const whole = {
    num_rows: 2,
    sample_data: array([[2], [3]]),
    vectors: { num_occurrences: array([1, 4]) },
    variable_labels: [0, 1],
    info: {},
  };
  const read = (data: unknown, expected = binary) => readSampleSetAnswer({ answer: { format: 'bq', data } }, expected);

  it('reads packed rows, bit k for column k, SPIN and BINARY', () => {
    expect(read(whole)).toMatchObject({ rows: [Int32Array.of(0, 1), Int32Array.of(1, 1)], occurrences: [1, 4] });
    const spins = { lower: [-1, -1], upper: [1, 1], spins: true };
    expect(read(whole, spins).rows[0]).toEqual(Int32Array.of(-1, 1));
    expect(read({ ...whole, variable_labels: [1, 0] }).rows[0]).toEqual(Int32Array.of(1, 0));
  });

  it.each([
    [{ ...whole, num_rows: 3 }],
    [{ ...whole, variable_labels: [0, 0] }],
    [{ ...whole, variable_labels: ['a', 'b'] }],
    [{ ...whole, sample_data: array([[2, 2], [3]]) }],
    [{ ...whole, sample_data: { data: 'AAAA', use_bytes: true } }],
    [
      {
        ...whole,
        sample_packed: false,
        sample_data: array([
          [0, 1],
          [0, 2],
        ]),
      },
    ],
    [
      {
        ...whole,
        sample_packed: false,
        sample_data: array([
          [0, 1],
          [0, 0.5],
        ]),
      },
    ],
    [{ ...whole, vectors: { num_occurrences: array([1, 0]) } }],
    [{ ...whole, vectors: { num_occurrences: array([1]) } }],
  ])('refuses %#', (data) => {
    expect(() => read(data)).toThrow(expect.objectContaining({ code: 'BAD_RESPONSE' }));
  });

  it('refuses other formats', () => {
    expect(() => readSampleSetAnswer({ answer: { format: 'binary-ref', url: 'x' } }, binary)).toThrow(/binary-ref/);
  });
});
