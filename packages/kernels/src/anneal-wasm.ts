/** The WebAssembly side of the annealer: lays the arrays out in one arena and hands their addresses to the module. */
import type { AnnealArrays, AnnealKernel, AnnealSizes } from './anneal-kernel.ts';
import { arenaBytes, createArena, instantiate } from './wasm-module.ts';

interface AnnealExports {
  setGenerator(a: number, b: number, c: number, counter: number): void;
  computeFields(
    fields: number,
    spins: number,
    linear: number,
    rowStart: number,
    neighbour: number,
    weight: number,
    count: number,
  ): void;
  sweeps(
    fields: number,
    spins: number,
    rowStart: number,
    neighbour: number,
    weight: number,
    count: number,
    thresholds: number,
    thresholdShift: number,
    limit: number,
    betas: number,
    sweepCount: number,
  ): number;
}

export function createWasmAnnealKernel(module: WebAssembly.Module, sizes: AnnealSizes): AnnealKernel {
  const { variables, entries } = sizes;
  const arena = createArena(
    3 * arenaBytes(variables, 8) +
      arenaBytes(variables + 1, 4) +
      arenaBytes(entries, 4) +
      arenaBytes(entries, 8) +
      arenaBytes(sizes.thresholds, 8) +
      arenaBytes(sizes.betas, 8),
  );
  const floats = (length: number) => new Float64Array(arena.memory.buffer, arena.allocate(length * 8), length);
  const integers = (length: number) => new Uint32Array(arena.memory.buffer, arena.allocate(length * 4), length);
  const arrays: AnnealArrays = {
    linear: floats(variables),
    rowStart: integers(variables + 1),
    neighbour: integers(entries),
    weight: floats(entries),
    spins: floats(variables),
    fields: floats(variables),
    thresholds: floats(sizes.thresholds),
    betas: floats(sizes.betas),
  };
  const kernel = instantiate<AnnealExports>(module, arena);
  const at = (name: keyof AnnealArrays) => arrays[name].byteOffset;
  return {
    arrays,
    setGenerator: kernel.setGenerator,
    computeFields: () =>
      kernel.computeFields(
        at('fields'),
        at('spins'),
        at('linear'),
        at('rowStart'),
        at('neighbour'),
        at('weight'),
        variables,
      ),
    sweeps: (count, limit, thresholdShift) =>
      kernel.sweeps(
        at('fields'),
        at('spins'),
        at('rowStart'),
        at('neighbour'),
        at('weight'),
        variables,
        at('thresholds'),
        thresholdShift,
        limit,
        at('betas'),
        count,
      ),
  };
}
