/** The WebAssembly side of the QAOA kernel: lays the arrays out in one arena and hands their addresses to the module. */
import type { QaoaKernel } from './qaoa-kernel.ts';
import { arenaBytes, createArena, instantiate } from './wasm-module.ts';

interface QaoaExports {
  tableLayer(re: number, im: number, index: number, cos: number, sin: number, qubits: number, t: number): void;
  computedLayer(re: number, im: number, costs: number, qubits: number, gamma: number, scale: number, t: number): void;
  mixer(re: number, im: number, qubits: number, scale: number, t: number): void;
  squaredNorm(re: number, im: number, count: number): number;
  diagonalExpectation(re: number, im: number, costs: number, count: number): number;
  multiplyDiagonal(fromRe: number, fromIm: number, toRe: number, toIm: number, costs: number, count: number): void;
  costOverlap(aRe: number, aIm: number, bRe: number, bIm: number, costs: number, count: number): number;
  mixerOverlap(aRe: number, aIm: number, bRe: number, bIm: number, qubits: number): number;
}

export function createWasmKernel(
  module: WebAssembly.Module,
  qubits: number,
  slots: number,
  tableLength: number,
): QaoaKernel {
  const size = 2 ** qubits;
  const arena = createArena(
    arenaBytes(size, 8) * (2 * slots + 1) + arenaBytes(size, 2) + 2 * arenaBytes(tableLength, 8),
  );
  const { buffer } = arena.memory;
  const floats = (length: number) => {
    const pointer = arena.allocate(length * 8);
    return { pointer, view: new Float64Array(buffer, pointer, length) };
  };
  const vectors = Array.from({ length: slots }, () => ({ re: floats(size), im: floats(size) }));
  const costs = floats(size);
  const indexPointer = arena.allocate(size * 2);
  const cosines = floats(tableLength);
  const sines = floats(tableLength);
  const kernel = instantiate<QaoaExports>(module, arena);
  const re = (slot: number) => vectors[slot].re.pointer;
  const im = (slot: number) => vectors[slot].im.pointer;
  return {
    states: vectors.map((vector) => ({ re: vector.re.view, im: vector.im.view })),
    costs: costs.view,
    index: new Uint16Array(buffer, indexPointer, size),
    cosines: cosines.view,
    sines: sines.view,
    tableLayer: (slot, t) =>
      kernel.tableLayer(re(slot), im(slot), indexPointer, cosines.pointer, sines.pointer, qubits, t),
    computedLayer: (slot, gamma, scale, t) =>
      kernel.computedLayer(re(slot), im(slot), costs.pointer, qubits, gamma, scale, t),
    mixer: (slot, scale, t) => kernel.mixer(re(slot), im(slot), qubits, scale, t),
    squaredNorm: (slot) => kernel.squaredNorm(re(slot), im(slot), size),
    diagonalExpectation: (slot) => kernel.diagonalExpectation(re(slot), im(slot), costs.pointer, size),
    multiplyDiagonal: (from, to) => kernel.multiplyDiagonal(re(from), im(from), re(to), im(to), costs.pointer, size),
    costOverlap: (from, to) => kernel.costOverlap(re(from), im(from), re(to), im(to), costs.pointer, size),
    mixerOverlap: (from, to) => kernel.mixerOverlap(re(from), im(from), re(to), im(to), qubits),
  };
}
