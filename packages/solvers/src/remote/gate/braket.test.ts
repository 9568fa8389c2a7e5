import { bruteForce, randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { fakePlatform } from '../testing/vendor-server.ts';
import { type BraketClient, braketOffer, createBraketSolver } from './braket.ts';

const ARN = 'arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet';
const problem = randomBqm(5, 'SPIN', 4);

/** Answers with fair coins for every shot: what is tested is the way there and back, not the machine. */
function standIn(more: { status?: string; results?: unknown; queued?: number } = {}) {
  const calls: string[] = [];
  let task: Parameters<BraketClient['createQuantumTask']>[0] | undefined;
  let queued = more.queued ?? 0;
  const client: BraketClient = {
    async createQuantumTask(input) {
      calls.push('create');
      task = input;
      return { quantumTaskArn: 'arn:task/1' };
    },
    async getQuantumTask() {
      const status = queued-- > 0 ? 'QUEUED' : (more.status ?? 'COMPLETED');
      return { status, failureReason: 'calibration', outputS3Bucket: 'bucket', outputS3Directory: 'runs/1' };
    },
    async cancelQuantumTask() {
      calls.push('cancel');
      return {};
    },
    async readObject(bucket, key) {
      expect([bucket, key]).toEqual(['bucket', 'runs/1/results.json']);
      const random = createRandom(1);
      const measurements = Array.from({ length: task!.shots }, () =>
        Array.from({ length: 5 }, () => random.integer(2)),
      );
      // Columns in an order of their own.
      return JSON.stringify(more.results ?? { measuredQubits: [4, 3, 2, 1, 0], measurements });
    },
  };
  const solver = (amount = 5) =>
    createBraketSolver(fakePlatform(), {
      client,
      deviceArn: ARN,
      qubits: 20,
      outputBucket: 'bucket',
      outputPrefix: 'runs',
      limits: { amount, priceAgeDays: 400 },
    });
  return { solver, calls, task: () => task! };
}

describe('braket', () => {
  it('sends OpenQASM 3, reads measurements by qubit, and knows its price', async () => {
    const { solver, task } = standIn();
    const set = await solver().solve(problem);
    expect(set.samples[0].energy).toBe(bruteForce(problem)!.energy);
    const { braketSchemaHeader, source } = JSON.parse(task().action);
    expect(braketSchemaHeader).toEqual({ name: 'braket.ir.openqasm.program', version: '1' });
    expect(source).toMatch(/^OPENQASM 3/);
    // .30 a task and 1024 x .00145.
    expect(set.cost.money!.amount).toBeCloseTo(1.7848, 9);
  });

  it('puts each bit at its qubit', async () => {
    const results = { measuredQubits: [4, 3, 2, 1, 0], measurements: [[1, 0, 0, 0, 0]] };
    const set = await standIn({ results }).solver().solve(problem);
    // Bit 1 is -1 in SPIN.
    expect(Array.from(set.samples[0].values)).toEqual([1, 1, 1, 1, -1]);
    expect(set).toMatchObject({ stoppedEarly: true, workDone: { shots: 1 } });
  });

  it('refuses above the limit before anything is sent; cancels at the deadline', async () => {
    const dear = standIn();
    await expect(dear.solver(1).solve(problem)).rejects.toMatchObject({ code: 'COST_LIMIT' });
    expect(dear.calls).toEqual([]);
    const slow = standIn({ queued: 1000 });
    await expect(slow.solver().solve(problem, { seconds: 20 })).rejects.toMatchObject({ code: 'OUT_OF_TIME' });
    expect(slow.calls).toEqual(['create', 'cancel']);
  });

  it.each([
    [{ status: 'FAILED' }, 'JOB_FAILED'],
    [{ status: 'CANCELLED' }, 'JOB_CANCELLED'],
    [{ status: 'LOST' }, 'BAD_RESPONSE'],
    [{ results: [] }, 'BAD_RESPONSE'],
    [{ results: { measuredQubits: [0, 1], measurements: [[0, 1]] } }, 'BAD_RESPONSE'],
    [{ results: { measuredQubits: [0, 1, 2, 3, 4], measurements: [[0, 1]] } }, 'BAD_RESPONSE'],
  ])('%j is %s', async (more, code) => {
    await expect(standIn(more).solver().solve(problem)).rejects.toMatchObject({ code });
  });

  it('finds devices in the price table', () => {
    expect(braketOffer(ARN)).toBe('braket/iqm-garnet');
    expect(braketOffer('arn:aws:braket:us-east-1::device/qpu/ionq/Aria-1')).toBe('braket/ionq-aria');
  });
});
