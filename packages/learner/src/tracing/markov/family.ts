/** What a family of operator models must say about itself to be fitted and kept. */
import type { Random } from '@qurriculum/random';
import type { OperatorModel, OperatorSlopes } from './operator-model.ts';

export interface OperatorFamily {
  /** The model's name, as in the registry. */
  readonly name: string;
  /** Free parameters of one skill: how many numbers its answers have to settle. */
  readonly freeParameters: number;
  /** What mastery is a probability of. */
  readonly masteryMeans: 'known' | 'answered';
  /** The numbers in a point. */
  readonly length: number;
  /** The k-th start of a fit; later ones are further from what is usual. */
  start(k: number, random: Random): Float64Array;
  /** A point somewhere near. */
  near(point: Float64Array, random: Random): Float64Array;
  operators(point: ArrayLike<number>): OperatorModel;
  /** The gradient on the family's manifold, from the slopes of the operators. */
  gradient(point: Float64Array, slopes: OperatorSlopes): Float64Array;
  move(point: Float64Array, direction: Float64Array, step: number): Float64Array;
  /** The same model in its standard form: states in order, constraints exact. */
  standard(point: Float64Array): Float64Array;
  /** What is wrong with numbers that are to be a point, or null. */
  fault(point: readonly number[]): string | null;
  /**
   * Mastery in a state as a probability, and how much P(right) rises from none to all of it (the slope that turns a
   * deviation of P(right) into one of mastery).
   */
  mastery(model: OperatorModel, state: ArrayLike<number>): { readonly mean: number; readonly gap: number };
}
