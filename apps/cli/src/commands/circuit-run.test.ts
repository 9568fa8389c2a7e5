import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseRunRecord } from '@qurriculum/evidence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBin } from '../testing/bin.ts';
import { callCli } from '../testing/call.ts';
import { circuitRun } from './circuit-run.ts';

let folder = '';
const file = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-circuit-'));
  const circuit = (qubits: number, body: string) =>
    `OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[${qubits}] q;\nbit[${qubits}] c;\n${body}\nc = measure q;\n`;
  await writeFile(file('bell.qasm'), circuit(2, 'h q[0];\ncx q[0], q[1];'));
  await writeFile(file('order.qasm'), circuit(3, 'x q[0];'));
  await writeFile(file('bad.qasm'), circuit(2, 'h q[0];\nccz q[0], q[1];'));
  await writeFile(file('unmeasured.qasm'), 'OPENQASM 3.0;\nqubit q;\nry(1.0) q[0];\n');
});
afterAll(() => rm(folder, { recursive: true }));

const call = (...words: string[]) => callCli([circuitRun], 'circuit', 'run', ...words);

describe('circuit run, by the bin', () => {
  it('counts a Bell pair and records the run', { timeout: 60_000 }, async () => {
    const words = ['circuit', 'run', file('bell.qasm'), '--shots', '4000', '--seed', '3', '--json'];
    const { code, out } = await runBin(...words);
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ qubits: 2, depth: 2, shots: 4000, seed: 3, bitOrder: 'highest-qubit-first' });
    expect(Object.keys(answer.counts).sort()).toEqual(['00', '11']);
    expect(answer.counts['00'] + answer.counts['11']).toBe(4000);
    // Four standard deviations of a fair coin.
    expect(Math.abs(answer.counts['00'] - 2000)).toBeLessThan(4 * Math.sqrt(1000));
    for (const outcome of answer.outcomes) expect(outcome.probability).toBeCloseTo(0.5, 12);
    const run = parseRunRecord(answer.run);
    expect(run).toMatchObject({ kind: 'simulate', subject: 'state-vector', seed: 3, budget: { shots: 4000 } });
    expect(run.inputs[0]).toMatchObject({ name: 'bell.qasm' });
  });

  it('says where a file is wrong', { timeout: 60_000 }, async () => {
    const { code, out, err } = await runBin('circuit', 'run', file('bad.qasm'));
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^bad\.qasm:6:1: expected one of id, x, .*, got "ccz"; rewrite/);
  });
});

describe('circuit run', () => {
  it('writes the highest qubit first and says so', async () => {
    const { out } = await call(file('order.qasm'));
    expect(out).toMatch(/1 different outcomes, highest qubit first:\n\noutcome +count +share +probability\n001 +1024 /);
    const { out: help } = await call('--help');
    expect(help).toMatch(/HIGHEST qubit first/);
  });

  it('repeats itself from a seed', async () => {
    const counts = async (seed: string) =>
      JSON.parse((await call(file('bell.qasm'), '--seed', seed, '--json')).out).counts;
    expect(await counts('5')).toEqual(await counts('5'));
    expect(await counts('5')).not.toEqual(await counts('6'));
  });

  it('adds noise, and then states no probabilities', async () => {
    const { out } = await call(file('order.qasm'), '--readout', '0.25', '--shots', '20000', '--json');
    const { counts, outcomes, noise } = JSON.parse(out);
    expect(noise).toEqual({ depolarising: 0, readout: 0.25 });
    expect(counts['001'] / 20000).toBeCloseTo(0.75 ** 3, 1);
    expect(outcomes[0]).toMatchObject({ bits: '001', probability: null });
  });

  it('measures what the file does not, and says so', async () => {
    const { code, err, out } = await call(file('unmeasured.qasm'), '--precision', 'float32', '--json');
    expect(code).toBe(0);
    expect(err).toMatch(/measures nothing; all qubits are measured/);
    const zero = JSON.parse(out).outcomes.find(({ bits }: { bits: string }) => bits === '0');
    expect(zero.probability).toBeCloseTo(Math.cos(0.5) ** 2, 6);
  });

  it.each([
    [[], 2, /expected one FILE\.qasm, got none/],
    [['bell.qasm', '--shots', '0'], 2, /--shots: expected a whole number from 1/],
    [['bell.qasm', '--seed', '-1'], 2, /--seed: expected a whole number from 0/],
    [['bell.qasm', '--readout', '2'], 2, /--readout: expected a number from 0 to 1/],
    [['bell.qasm', '--precision', 'int8'], 2, /--precision: expected one of float64, float32/],
    [['none.qasm'], 1, /expected a file that can be read, got ENOENT/],
  ])('%j ends with code %i and says why', async (words, code, message) => {
    const result = await call(...words.map((word) => (word.endsWith('.qasm') ? file(word) : word)));
    expect(result.code).toBe(code);
    expect(result.err).toMatch(message);
    expect(result.out).toBe('');
  });
});
