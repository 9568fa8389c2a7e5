/** How long the slices are that reads of a model are cut into: they depend on the model only, so that no result does. */
import type { BinaryQuadraticModel } from '@qurriculum/problems';

/** Variables and entries passed between two looks at the clock at most: some milliseconds, for all lanes of a vector too. */
export const SLICE_TERMS = 2e6;

/** Variables and entries that one sweep passes. */
export function termsPerSweep({ linear, bias }: BinaryQuadraticModel): number {
  return linear.length + bias.length;
}

/** Sweeps (or steps) of so many copies of the variables between two looks at the clock: at least 1. */
export function sweepsPerSlice(model: BinaryQuadraticModel, copies = 1): number {
  return Math.max(1, Math.floor(SLICE_TERMS / (copies * termsPerSweep(model))));
}
