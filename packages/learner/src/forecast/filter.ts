/**
 * A Bayes filter over the mastery of one skill on a grid of levels, jointly with the speed at which it is learned
 * (a hidden Markov model with known observation and growth equations; Rabiner 1989). A skill that was known at first
 * and one that was not have a filter each: which of the two holds is weighed across skills, in `structure.ts`.
 */
import { grow, rightAnswer, takenUp } from './model.ts';
import type { ForecastParameters } from './parameters.ts';

/** Levels of the grid, evenly from 0 to 1: fine enough that rounding to it adds less than an answer tells. */
export const LEVELS = 16;

/** Joint chances of speed (rows) and level (columns), summing to 1; `known` filters have one row of speed 1. */
export interface LevelFilter {
  readonly speeds: readonly number[];
  readonly chances: readonly number[];
  readonly mass: Float64Array;
}

export const levelAt = (column: number): number => column / (LEVELS - 1);

/** A filter at first: levels around `middle`, speeds by their chances. */
export function createFilter(
  p: ForecastParameters,
  middle: number,
  speeds: readonly number[],
  chances: readonly number[],
): LevelFilter {
  const shape = Float64Array.from({ length: LEVELS }, (_, c) =>
    Math.exp(-0.5 * ((levelAt(c) - middle) / p.levelSpread) ** 2),
  );
  const total = shape.reduce((a, b) => a + b, 0);
  const mass = new Float64Array(speeds.length * LEVELS);
  speeds.forEach((_, v) => {
    for (let c = 0; c < LEVELS; c++) mass[v * LEVELS + c] = (chances[v] * shape[c]) / total;
  });
  return { speeds, chances, mass };
}

export interface Weighing {
  /** Chance that the filter gave to the answer. */
  readonly likelihood: number;
  /** The same by the slowest speed alone, and by all others. */
  readonly slowest: number;
  readonly others: number;
}

/** Bayes' rule on an answer given at a share `recalled` of the stored level. Changes the filter. */
export function weighAnswer(p: ForecastParameters, filter: LevelFilter, recalled: number, correct: boolean): Weighing {
  const { mass } = filter;
  let likelihood = 0;
  let slowest = 0;
  let slowMass = 0;
  for (let k = 0; k < mass.length; k++) {
    const right = rightAnswer(p, levelAt(k % LEVELS) * recalled);
    const before = mass[k];
    mass[k] *= correct ? right : 1 - right;
    likelihood += mass[k];
    if (k < LEVELS) {
      slowest += mass[k];
      slowMass += before;
    }
  }
  for (let k = 0; k < mass.length; k++) mass[k] /= likelihood;
  const bounded = Math.min(1 - 1e-9, Math.max(1e-9, slowMass));
  return { likelihood, slowest: slowest / bounded, others: Math.max(1e-9, likelihood - slowest) / (1 - bounded) };
}

/** Moves every level by one answer's worth of learning at `rate` times its row's speed, from a share `recalled`. */
export function learnFrom(p: ForecastParameters, filter: LevelFilter, recalled: number, rate: number): void {
  const { speeds, chances, mass } = filter;
  const moved = new Float64Array(mass.length);
  speeds.forEach((speed, v) => {
    for (let c = 0; c < LEVELS; c++) {
      const here = mass[v * LEVELS + c];
      if (here < 1e-12) continue;
      const at = grow(p, takenUp(p, levelAt(c), recalled), rate * speed) * (LEVELS - 1);
      const low = Math.min(LEVELS - 2, Math.floor(at));
      moved[v * LEVELS + low] += here * (1 - (at - low));
      moved[v * LEVELS + low + 1] += here * (at - low);
    }
  });
  // Speeds change now and then: a prerequisite was mended, another explanation helped.
  for (let c = 0; c < LEVELS; c++) {
    let column = 0;
    for (let v = 0; v < speeds.length; v++) column += moved[v * LEVELS + c];
    for (let v = 0; v < speeds.length; v++) {
      mass[v * LEVELS + c] = (1 - p.speedChange) * moved[v * LEVELS + c] + p.speedChange * chances[v] * column;
    }
  }
}

/** Adds a share of what is missing at every level (transfer from a related skill). */
export function lift(filter: LevelFilter, share: number): void {
  const { mass, speeds } = filter;
  const moved = new Float64Array(mass.length);
  speeds.forEach((_, v) => {
    for (let c = 0; c < LEVELS; c++) {
      const at = (levelAt(c) + share * (1 - levelAt(c))) * (LEVELS - 1);
      const low = Math.min(LEVELS - 2, Math.floor(at));
      moved[v * LEVELS + low] += mass[v * LEVELS + c] * (1 - (at - low));
      moved[v * LEVELS + low + 1] += mass[v * LEVELS + c] * (at - low);
    }
  });
  mass.set(moved);
}

/** Mean logarithm of the speed. */
export function meanLogSpeed({ speeds, mass }: LevelFilter): number {
  let mean = 0;
  speeds.forEach((speed, v) => {
    let row = 0;
    for (let c = 0; c < LEVELS; c++) row += mass[v * LEVELS + c];
    mean += row * Math.log(speed);
  });
  return mean;
}

/** Mean level. */
export function meanLevel({ mass }: LevelFilter): number {
  let mean = 0;
  for (let k = 0; k < mass.length; k++) mean += mass[k] * levelAt(k % LEVELS);
  return mean;
}
