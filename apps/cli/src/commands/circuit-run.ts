/** `circuit run`: an OpenQASM 3 file on the state-vector simulator, measured. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeBytes } from '@qurriculum/evidence';
import {
  type BitOrder,
  bitString,
  type Circuit,
  circuitDepth,
  type Measurements,
  measure,
  measureNoisy,
  parseOpenQasm,
  runCircuit,
  type StateVector,
} from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import type { Command, CommandContext } from '../command.ts';
import { choiceOption, numberOption, onePositional } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';

const DEFAULT_SHOTS = 1024;
const DEFAULT_TOP = 16;
/** As kets and numbers are written, and as Qiskit prints counts. */
const BIT_ORDER: BitOrder = 'highest-qubit-first';

export const circuitRun: Command = {
  name: 'circuit run',
  summary: 'Simulates a quantum circuit in OpenQASM 3 and measures all its qubits.',
  usage: 'FILE.qasm [--shots N] [--seed N] [--top N] [--precision P] [--depolarising P] [--readout P]',
  details: [
    'FILE is OpenQASM 3.0: one qubit register of up to 26 qubits, the gates of stdgates.inc on one or two of them, and',
    '"c = measure q;" at the end. Nothing runs on hardware.',
    '',
    'Outcomes are written with the HIGHEST qubit first: in 110, qubit 0 is the 0 at the end. Probabilities are those of the',
    'state without noise; with noise (see --depolarising, --readout) there are only counts.',
    '',
    'Example: qurriculum circuit run bell.qasm --shots 1000 --seed 1 --json',
  ].join('\n'),
  options: {
    shots: { type: 'string', value: 'N', description: `measurements (default ${DEFAULT_SHOTS})` },
    seed: { type: 'string', value: 'N', description: 'seed of measurements and noise (default 0)' },
    top: { type: 'string', value: 'N', description: `outcomes listed, most frequent first (default ${DEFAULT_TOP})` },
    precision: { type: 'string', value: 'P', description: 'float64 (default), or float32 for half the memory' },
    depolarising: { type: 'string', value: 'P', description: 'probability of X, Y or Z behind a gate, per qubit' },
    readout: { type: 'string', value: 'P', description: 'probability that a measured bit is read wrongly' },
  },
  async run(context) {
    const file = onePositional(context, 'FILE.qasm');
    const options = readOptions(context);
    const { shots, seed, noise } = options;
    const about = { kind: 'simulate', subject: 'state-vector', seed, budget: { shots } } as const;
    const { value, run } = await recordedRun(about, async () => {
      const bytes = await readBytes(file);
      const { circuit, measured } = parseOpenQasm(new TextDecoder().decode(bytes), path.basename(file));
      if (!measured) context.note('circuit run: the file measures nothing; all qubits are measured at the end.');
      context.progress(`Simulating ${circuit.qubits} qubits`, null);
      const inputs = [await describeBytes(bytes, { name: path.basename(file) })];
      const outcome = simulate(circuit, options);
      const counts = countsOf(outcome.measurements, circuit.qubits);
      const result = { qubits: circuit.qubits, ...noise, bitOrder: BIT_ORDER, counts };
      return { value: { circuit, counts, ...outcome }, inputs, result };
    });
    const { circuit, counts, measurements, state } = value;
    const outcomes = mostFrequent(measurements, circuit.qubits, options.top, state);
    const facts = { qubits: circuit.qubits, operations: circuit.operations.length, depth: circuitDepth(circuit) };
    return {
      json: { ...facts, shots, seed, noise, bitOrder: BIT_ORDER, simulated: true, outcomes, counts, run },
      text: describe(facts, options, outcomes, measurements.states.length),
    };
  },
};

interface RunOptions {
  readonly shots: number;
  readonly seed: number;
  readonly top: number;
  readonly precision: 'float64' | 'float32';
  readonly noise: { readonly depolarising: number; readonly readout: number };
}

function readOptions(context: CommandContext): RunOptions {
  const whole = { integer: true } as const;
  const probability = { least: 0, most: 1 } as const;
  return {
    shots: numberOption(context, 'shots', DEFAULT_SHOTS, { least: 1, most: 1e7, ...whole }),
    seed: numberOption(context, 'seed', 0, { least: 0, most: 2 ** 32 - 1, ...whole }),
    top: numberOption(context, 'top', DEFAULT_TOP, { least: 1, most: 1e6, ...whole }),
    precision: choiceOption(context, 'precision', ['float64', 'float32'] as const, 'float64'),
    noise: {
      depolarising: numberOption(context, 'depolarising', 0, probability),
      readout: numberOption(context, 'readout', 0, probability),
    },
  };
}

/** The state is null where noise leaves no single one. */
function simulate(
  circuit: Circuit,
  { shots, seed, precision, noise }: RunOptions,
): { readonly measurements: Measurements; readonly state: StateVector | null } {
  const random = createRandom(seed).fork('circuit run');
  if (noise.depolarising > 0 || noise.readout > 0) {
    return { measurements: measureNoisy(circuit, shots, noise, random).measurements, state: null };
  }
  const state = runCircuit(circuit, precision);
  return { measurements: measure(state, shots, random), state };
}

function countsOf({ states, counts }: Measurements, qubits: number): Record<string, number> {
  return Object.fromEntries(Array.from(states, (state, k) => [bitString(state, qubits, BIT_ORDER), counts[k]]));
}

interface Outcome {
  readonly bits: string;
  readonly count: number;
  /** |amplitude|^2; null with noise. */
  readonly probability: number | null;
}

/** The most frequent first; ties in ascending order of states. */
function mostFrequent(
  { states, counts }: Measurements,
  qubits: number,
  top: number,
  state: StateVector | null,
): Outcome[] {
  return Array.from(states, (x, k) => ({ x, count: counts[k] }))
    .sort((a, b) => b.count - a.count)
    .slice(0, top)
    .map(({ x, count }) => ({
      bits: bitString(x, qubits, BIT_ORDER),
      count,
      probability: state === null ? null : state.re[x] ** 2 + state.im[x] ** 2,
    }));
}

function describe(
  facts: { readonly qubits: number; readonly operations: number; readonly depth: number },
  { shots, seed, noise }: RunOptions,
  outcomes: readonly Outcome[],
  distinct: number,
): string {
  const rows = outcomes.map(({ bits, count, probability }) => [
    bits,
    String(count),
    `${((100 * count) / shots).toFixed(2)} %`,
    probability === null ? '-' : probability.toFixed(6),
  ]);
  const noisy = noise.depolarising > 0 || noise.readout > 0;
  const noiseText = noisy ? `depolarising ${noise.depolarising}, readout ${noise.readout}` : 'none';
  return [
    `${facts.qubits} qubits, ${facts.operations} gates, depth ${facts.depth}; simulated, noise: ${noiseText}`,
    `${shots} shots, seed ${seed}; ${distinct} different outcomes, highest qubit first:`,
    '',
    textTable([['outcome', 'count', 'share', 'probability'], ...rows], new Set([1, 2, 3])),
  ].join('\n');
}

async function readBytes(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`circuit run: expected a file that can be read, got ${reason} for ${name}; check the path.`);
  }
}
