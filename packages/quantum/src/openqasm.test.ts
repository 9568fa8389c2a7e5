/**
 * Our simulator and our OpenQASM against Microsoft's: `qsharp-lang` reads what `toOpenQasm` writes, runs it and shows the
 * state before the measurement, four decimals for each part, kets with qubit 0 FIRST.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createBqm } from '@qurriculum/problems';
import { getDebugService, loadWasmModule, QscEventTarget } from 'qsharp-lang';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCircuit, type Operation } from './circuit.ts';
import { GATES } from './gates.ts';
import { toOpenQasm } from './openqasm.ts';
import { qaoaCircuit } from './qaoa.ts';
import { runCircuit } from './state-vector.ts';
import { randomOperations } from './testing/random-circuit.ts';

const FILE = 'circuit.qasm';

beforeAll(async () => {
  const entry = createRequire(import.meta.url).resolve('qsharp-lang');
  const bytes = await readFile(path.join(path.dirname(entry), '../lib/web/qsc_wasm_bg.wasm'));
  await loadWasmModule(new Uint8Array(bytes).buffer);
});

interface Ket {
  readonly state: number;
  readonly re: number;
  readonly im: number;
}

/** The state in front of the last line, which measures. Kets with amplitude zero are left out. */
async function stateByQsharp(source: string): Promise<Ket[]> {
  const service = await getDebugService();
  try {
    const failure = await service.loadProgram(
      { sources: [[FILE, source]], languageFeatures: [], projectType: 'openqasm', profile: 'unrestricted' },
      undefined,
    );
    expect(failure).toBe('');
    const breakpoints = await service.getBreakpoints(FILE);
    const last = breakpoints.reduce((a, b) => (a.range.start.line > b.range.start.line ? a : b));
    expect(last.range.start.line).toBe(source.trimEnd().split('\n').length - 1);
    await service.evalContinue([last.id], new QscEventTarget(false));
    return (await service.captureQuantumState()).map(({ name, value }) => readKet(name, value));
  } finally {
    await service.dispose();
  }
}

/** '|110⟩' and '0.3805−0.1770𝑖', with the minus of typesetting. */
function readKet(name: string, value: string): Ket {
  const bits = /^\|([01]+)⟩$/.exec(name);
  const parts = /^([-−]?[\d.]+)([+−-][\d.]+)𝑖$/.exec(value);
  if (!bits || !parts) throw new Error(`readKet: expected a ket and its amplitude, got ${name} and ${value}.`);
  const [re, im] = parts.slice(1).map((text) => Number(text.replace('−', '-')));
  return { state: Number.parseInt([...bits[1]].reverse().join(''), 2), re, im };
}

/** Half a unit of the last decimal in each part, and as much for the common phase, which is fitted to rounded numbers. */
const TOLERANCE = 2e-4;

/** Largest distance of an amplitude, after the common phase is taken out. */
async function distanceToQsharp(qubits: number, operations: readonly Operation[]): Promise<number> {
  const circuit = createCircuit(qubits, operations);
  const source = toOpenQasm(circuit);
  const { re, im } = runCircuit(circuit);
  const [a, b] = [new Float64Array(re.length), new Float64Array(re.length)];
  let [overlapRe, overlapIm] = [0, 0];
  for (const ket of await stateByQsharp(source)) {
    a[ket.state] = ket.re;
    b[ket.state] = ket.im;
    overlapRe += re[ket.state] * ket.re + im[ket.state] * ket.im;
    overlapIm += re[ket.state] * ket.im - im[ket.state] * ket.re;
  }
  const size = Math.hypot(overlapRe, overlapIm);
  const [cosine, sine] = [overlapRe / size, overlapIm / size];
  let worst = 0;
  for (let x = 0; x < a.length; x++) {
    const [ourRe, ourIm] = [re[x] * cosine - im[x] * sine, re[x] * sine + im[x] * cosine];
    worst = Math.max(worst, Math.hypot(a[x] - ourRe, b[x] - ourIm));
  }
  return worst;
}

describe('OpenQASM, read and run by qsharp-lang', { timeout: 60_000 }, () => {
  it.each([1, 2, 3, 5, 8])('random circuits of all gates give its amplitudes, %i qubits', async (n) => {
    expect(await distanceToQsharp(n, randomOperations(n, 4 * Object.keys(GATES).length, n))).toBeLessThan(TOLERANCE);
  });

  it('the circuit of QAOA does too', async () => {
    const ring = createBqm({
      vartype: 'BINARY',
      variables: 5,
      linear: [0.5, -1, 0.25, 0, 1],
      quadratic: Array.from({ length: 5 }, (_, k): [number, number, number] => [k, (k + 1) % 5, k - 1.5]),
    });
    const circuit = qaoaCircuit(ring, { gammas: [0.4, 0.9], betas: [-0.6, -0.2] });
    expect(await distanceToQsharp(5, circuit.operations)).toBeLessThan(TOLERANCE);
  });
});
