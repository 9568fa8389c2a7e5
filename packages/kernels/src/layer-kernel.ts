/** The inner loops of a layered register: two state vectors of any size, phases by costs, and steps on groups. */
import { MOST_DISTINCT_COSTS } from './distinct-costs.ts';
import { applyStep, type GroupGenerator, type GroupStep, generatorOverlap, type SplitDoubles } from './group-steps.ts';
import { cosineAndSine } from './trigonometry.ts';
import { type Arena, arenaBytes, createArena, instantiate } from './wasm-module.ts';

export interface LayerKernel {
  readonly states: readonly SplitDoubles[];
  readonly costs: Float64Array;
  /** Place of each cost in the table. */
  readonly index: Uint16Array;
  /** Cosine and sine of each entry of the table, one behind the other. */
  readonly phases: Float64Array;
  /** a_x <- a_x (cos - i sin) of the table's entry index[x]. */
  tablePhases(slot: number): void;
  /** a_x <- a_x exp(-i gamma costs[x]). */
  computedPhases(slot: number, gamma: number): void;
  mix(slot: number, steps: readonly GroupStep[]): void;
  /** Im <slot 1| A |slot 0>, A the sum of the generators. */
  overlap(generators: readonly GroupGenerator[]): number;
}

export function createTwinLayerKernel(size: number): LayerKernel {
  const vector = () => ({ re: new Float64Array(size), im: new Float64Array(size) });
  const states = [vector(), vector()];
  const costs = new Float64Array(size);
  const index = new Uint16Array(size);
  const phases = new Float64Array(2 * MOST_DISTINCT_COSTS);
  const pair = new Float64Array(2);
  const rotate = ({ re, im }: SplitDoubles, x: number, c: number, s: number): void => {
    const [a, b] = [re[x], im[x]];
    re[x] = a * c + b * s;
    im[x] = b * c - a * s;
  };
  return {
    states,
    costs,
    index,
    phases,
    tablePhases(slot) {
      for (let x = 0; x < size; x++) rotate(states[slot], x, phases[2 * index[x]], phases[2 * index[x] + 1]);
    },
    computedPhases(slot, gamma) {
      for (let x = 0; x < size; x++) {
        cosineAndSine(gamma * costs[x], pair);
        rotate(states[slot], x, pair[0], pair[1]);
      }
    },
    mix(slot, steps) {
      for (const step of steps) applyStep(states[slot], step);
    },
    overlap: (generators) =>
      generators.reduce((sum, generator) => sum + generatorOverlap(states[0], states[1], generator), 0),
  };
}

type Call = (...values: number[]) => number;
type GroupExports = Readonly<
  Record<'tablePhases' | 'computedPhases', Call> &
    Record<'completeStep' | 'circulantStep' | 'pairStep', Call> &
    Record<'completeOverlap' | 'ringOverlap' | 'pairOverlap', Call>
>;

const STEPS = { complete: 'completeStep', circulant: 'circulantStep', pair: 'pairStep' } as const;
const OVERLAPS = { complete: 'completeOverlap', circulant: 'ringOverlap', pair: 'pairOverlap' } as const;

/** Steps on groups within so many neighbouring amplitudes follow each other there, while they are in the cache. */
const BLOCK = 2 ** 12;
/** As in qaoa-wasm.ts: arrays of 2^n numbers must not share their places in the sets of the caches. */
const STAGGER = 2112;
/** What the numbers of a step take at least: a pair's. */
const LEAST_NUMBERS = 8;

/** @param places the largest group. @throws KernelError OUT_OF_MEMORY. */
export function createWasmLayerKernel(module: WebAssembly.Module, size: number, places: number): LayerKernel {
  const numbersLength = Math.max(LEAST_NUMBERS, 2 * places);
  // Phases take whole vectors: one amplitude more, which nobody sees.
  const whole = size + (size % 2);
  const bytes =
    4 * (arenaBytes(whole, 8) + STAGGER) +
    arenaBytes(whole, 8) +
    arenaBytes(whole, 2) +
    arenaBytes(2 * MOST_DISTINCT_COSTS + numbersLength, 8) +
    arenaBytes(4 * places, 8) +
    4 * LEAST_NUMBERS;
  const arena = createArena(bytes);
  const exports = instantiate<GroupExports>(module, arena);
  const vectors = Array.from({ length: 2 }, () => ({ re: staggered(arena, whole), im: staggered(arena, whole) }));
  const { buffer } = arena.memory;
  const costsAt = arena.allocate(whole * 8);
  const indexAt = arena.allocate(whole * 2);
  const phasesAt = arena.allocate(2 * MOST_DISTINCT_COSTS * 8);
  const numbersAt = arena.allocate(numbersLength * 8);
  const scratchAt = arena.allocate(4 * places * 8);
  const numbers = new Float64Array(buffer, numbersAt, numbersLength);

  /** Steps from..to - 1 on each run of `span` amplitudes. */
  function mixRuns(slot: number, steps: readonly GroupStep[], span: number): void {
    const { re, im } = vectors[slot];
    for (let base = 0; base < size; base += span) {
      for (const step of steps) {
        numbers.set(step.numbers);
        exports[STEPS[step.kind]](re + 8 * base, im + 8 * base, span, step.places, step.stride, numbersAt, scratchAt);
      }
    }
  }

  return {
    states: vectors.map(({ re, im }) => ({
      re: new Float64Array(buffer, re, size),
      im: new Float64Array(buffer, im, size),
    })),
    costs: new Float64Array(buffer, costsAt, size),
    index: new Uint16Array(buffer, indexAt, size),
    phases: new Float64Array(buffer, phasesAt, 2 * MOST_DISTINCT_COSTS),
    tablePhases: (slot) => void exports.tablePhases(vectors[slot].re, vectors[slot].im, indexAt, phasesAt, size),
    computedPhases: (slot, gamma) =>
      void exports.computedPhases(vectors[slot].re, vectors[slot].im, costsAt, gamma, size),
    mix(slot, steps) {
      const wide = steps.findIndex(({ places: k, stride }) => k * stride > BLOCK);
      const near = wide < 0 ? steps.length : wide;
      if (near > 0) mixRuns(slot, steps.slice(0, near), steps[near - 1].places * steps[near - 1].stride);
      for (const step of steps.slice(near)) mixRuns(slot, [step], size);
    },
    overlap(generators) {
      const [a, b] = vectors;
      let sum = 0;
      for (const { kind, places: k, stride, numbers: entries } of generators) {
        numbers.set(entries);
        sum += exports[OVERLAPS[kind]](a.re, a.im, b.re, b.im, size, k, stride, numbersAt);
      }
      return sum;
    },
  };
}

function staggered(arena: Arena, length: number): number {
  const at = arena.allocate(length * 8);
  arena.allocate(STAGGER);
  return at;
}
