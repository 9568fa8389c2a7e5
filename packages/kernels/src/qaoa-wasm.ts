/**
 * The WebAssembly side of the QAOA kernel: lays the arrays out in one arena and cuts each operation into units, which a
 * crew runs: this thread alone, or this thread and workers on the same memory.
 */
import { type KernelShape, overlapGroups, type QaoaKernel, sumInOrder, UNIT_QUBITS } from './qaoa-kernel.ts';
import { type Arena, arenaBytes } from './wasm-module.ts';

/** Runs exports[name](...parameters, from, to) so that every unit below `units` is done once, and returns when all are. */
export type Crew = (name: string, units: number, parameters: readonly number[]) => void;

/**
 * A layer mixes the lowest qubits in blocks of 2^13 amplitudes: 128 KiB in float64, well inside the second-level cache;
 * smaller ones leave more qubits to the passes below, larger ones gained nothing on 512 KiB.
 */
const BLOCK_QUBITS = 13;
/** Higher qubits that one pass over memory mixes: what the vector registers hold (assembly/mixer.ts). */
const ROW_QUBITS = 3;
/** Neighbouring amplitudes of each row in a unit of work: whole pages. */
const COLUMNS = 1024;
/**
 * Bytes left free between arrays. Arrays of 2^n numbers that follow each other closely have equal places in the same sets
 * of the caches (and fool the way predictor of AMD's first level, which looks at part of an address): blocks of a layer
 * took twice as long. 33 lines of 64 bytes.
 */
const STAGGER = 2112;

/** The qubits above a block in as few groups as can be, all about as large: [first, last). */
function rowGroups(qubits: number): readonly (readonly [first: number, last: number])[] {
  const high = Math.max(0, qubits - BLOCK_QUBITS);
  const count = Math.ceil(high / ROW_QUBITS);
  const bound = (group: number): number => BLOCK_QUBITS + Math.ceil((group * high) / count);
  return Array.from({ length: count }, (_, group) => [bound(group), bound(group + 1)] as const);
}

/** Bytes that a kernel takes. */
export function kernelBytes({ qubits, slots, precision, tableLength }: KernelShape): number {
  const size = 2 ** qubits;
  const bytes = precision === 'float32' ? 4 : 8;
  const parts = Math.ceil(size / 2 ** UNIT_QUBITS);
  return (
    (arenaBytes(size, bytes) + STAGGER) * 2 * slots +
    arenaBytes(size, 8) +
    arenaBytes(size, 2) +
    arenaBytes(2 * tableLength, bytes) +
    arenaBytes(parts, 8)
  );
}

/** One thread: all units in one call. */
export function soloCrew(exports: WebAssembly.Exports): Crew {
  return (name, units, parameters) => {
    (exports[name] as (...values: number[]) => void)(...parameters, 0, units);
  };
}

export function createWasmKernel(arena: Arena, shape: KernelShape, crew: Crew): QaoaKernel {
  const { qubits, mirror } = shape;
  const size = 2 ** qubits;
  const low = Math.min(qubits, UNIT_QUBITS);
  const unit = 2 ** low;
  const units = size / unit;
  const blockQubits = Math.min(qubits, BLOCK_QUBITS);
  const blocks = size / 2 ** blockQubits;
  const bits = shape.precision === 'float32' ? 32 : 64;
  const { buffer } = arena.memory;
  const numbers = (length: number, width = bits) => {
    const pointer = arena.allocate((length * width) / 8);
    const view = width === 32 ? new Float32Array(buffer, pointer, length) : new Float64Array(buffer, pointer, length);
    return { pointer, view };
  };
  const staggered = () => {
    const part = numbers(size);
    arena.allocate(STAGGER);
    return part;
  };
  const vectors = Array.from({ length: shape.slots }, () => ({ re: staggered(), im: staggered() }));
  const costsPointer = arena.allocate(size * 8);
  const indexPointer = arena.allocate(size * 2);
  const phases = numbers(2 * shape.tableLength);
  const parts = numbers(units, 64);
  const rows = rowGroups(qubits);
  const overlaps = overlapGroups(qubits);

  const run: Crew = (name, count, parameters) => crew(`${name}${bits}`, count, parameters);
  const vector = (slot: number) => [vectors[slot].re.pointer, vectors[slot].im.pointer];
  const summed = (name: string, parameters: readonly number[]): number => {
    run(name, units, [...parameters, parts.pointer]);
    return sumInOrder(parts.view, units);
  };
  function mixHigh(slot: number, t: number): void {
    for (const [first, last] of rows) {
      run('mixerTiles', size / (COLUMNS << (last - first)), [...vector(slot), first, last, COLUMNS, t]);
    }
    if (mirror) run('mirrorBlocks', units, [...vector(slot), qubits, unit / 2, t]);
  }

  return {
    states: vectors.map(({ re, im }) => ({ re: re.view, im: im.view })),
    costs: new Float64Array(buffer, costsPointer, size),
    index: new Uint16Array(buffer, indexPointer, size),
    phases: phases.view,
    tableLayer(slot, t) {
      run('tableBlocks', blocks, [...vector(slot), indexPointer, phases.pointer, blockQubits, t]);
      mixHigh(slot, t);
    },
    computedLayer(slot, gamma, scale, t) {
      run('computedBlocks', blocks, [...vector(slot), costsPointer, blockQubits, gamma, scale, t]);
      mixHigh(slot, t);
    },
    mixer(slot, scale, t) {
      run('mixerBlocks', blocks, [...vector(slot), blockQubits, scale, t]);
      mixHigh(slot, t);
    },
    squaredNorm: (slot) => summed('squaredNorm', [...vector(slot), unit]),
    diagonalExpectation: (slot) => summed('diagonalExpectation', [...vector(slot), costsPointer, unit]),
    multiplyDiagonal: (from, to) =>
      run('multiplyDiagonal', units, [...vector(from), ...vector(to), costsPointer, unit]),
    costOverlap: (from, to) => summed('costOverlap', [...vector(from), ...vector(to), costsPointer, unit]),
    mixerOverlap(from, to) {
      const both = [...vector(from), ...vector(to)];
      let total = summed('mixerOverlapBlocks', [...both, low]);
      for (const [first, last] of overlaps) total += summed('mixerOverlapTiles', [...both, first, last]);
      if (mirror) total += summed('mirrorOverlap', [...both, qubits, unit]);
      return total;
    },
  };
}
