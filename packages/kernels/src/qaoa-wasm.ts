/**
 * The WebAssembly side of the QAOA kernel: lays the arrays out in one arena and cuts each operation into units, which a
 * crew runs: this thread alone, or this thread and workers on the same memory.
 */
import { highGroups, type KernelShape, type QaoaKernel, sumInOrder, UNIT_QUBITS } from './qaoa-kernel.ts';
import { type Arena, arenaBytes } from './wasm-module.ts';

/** Runs exports[name](...parameters, from, to) so that every unit below `units` is done once, and returns when all are. */
export type Crew = (name: string, units: number, parameters: readonly number[]) => void;

/** Bytes that a kernel takes. */
export function kernelBytes({ qubits, slots, precision, tableLength }: KernelShape): number {
  const size = 2 ** qubits;
  const bytes = precision === 'float32' ? 4 : 8;
  const parts = Math.ceil(size / 2 ** UNIT_QUBITS);
  return (
    arenaBytes(size, bytes) * 2 * slots +
    arenaBytes(size, 8) +
    arenaBytes(size, 2) +
    2 * arenaBytes(tableLength, bytes) +
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
  const bits = shape.precision === 'float32' ? 32 : 64;
  const { buffer } = arena.memory;
  const numbers = (length: number, width = bits) => {
    const pointer = arena.allocate((length * width) / 8);
    const view = width === 32 ? new Float32Array(buffer, pointer, length) : new Float64Array(buffer, pointer, length);
    return { pointer, view };
  };
  const vectors = Array.from({ length: shape.slots }, () => ({ re: numbers(size), im: numbers(size) }));
  const costsPointer = arena.allocate(size * 8);
  const indexPointer = arena.allocate(size * 2);
  const cosines = numbers(shape.tableLength);
  const sines = numbers(shape.tableLength);
  const parts = numbers(units, 64);
  const groups = highGroups(qubits);

  const run: Crew = (name, count, parameters) => crew(`${name}${bits}`, count, parameters);
  const vector = (slot: number) => [vectors[slot].re.pointer, vectors[slot].im.pointer];
  const summed = (name: string, parameters: readonly number[]): number => {
    run(name, units, [...parameters, parts.pointer]);
    return sumInOrder(parts.view, units);
  };
  function mixHigh(slot: number, t: number): void {
    for (const [first, last] of groups) run('mixerTiles', units, [...vector(slot), first, last, t]);
    if (mirror) run('mirrorBlocks', units, [...vector(slot), qubits, unit / 2, t]);
  }

  return {
    states: vectors.map(({ re, im }) => ({ re: re.view, im: im.view })),
    costs: new Float64Array(buffer, costsPointer, size),
    index: new Uint16Array(buffer, indexPointer, size),
    cosines: cosines.view,
    sines: sines.view,
    tableLayer(slot, t) {
      run('tableBlocks', units, [...vector(slot), indexPointer, cosines.pointer, sines.pointer, low, t]);
      mixHigh(slot, t);
    },
    computedLayer(slot, gamma, scale, t) {
      run('computedBlocks', units, [...vector(slot), costsPointer, low, gamma, scale, t]);
      mixHigh(slot, t);
    },
    mixer(slot, scale, t) {
      run('mixerBlocks', units, [...vector(slot), low, scale, t]);
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
      for (const [first, last] of groups) total += summed('mixerOverlapTiles', [...both, first, last]);
      if (mirror) total += summed('mirrorOverlap', [...both, qubits, unit]);
      return total;
    },
  };
}
