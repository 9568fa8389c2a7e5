/** What is asked of the evidence, and what it answers. */
import type { CostComparison } from '../cost.ts';
import type { RunCost } from '../run-record.ts';
import type { Improvement, Verdict } from './verdict.ts';

/** One side of a comparison. */
export interface Contender {
  /** As people know it: "the tuned rule". */
  readonly name: string;
  /** One finite value per unit; index i is the same unit on every side. */
  readonly values: ArrayLike<number>;
  /** Total cost of producing these values; compared where both sides tell it. */
  readonly cost?: RunCost;
}

/** The fewest units for which there is a verdict, unless a question asks for others. */
export const fewestUnits = 30;

/** What is compared, and what counts. What is left out takes the value in brackets. */
export interface Question {
  /** What the values count or measure, as it stands in a sentence: "sessions", "minutes of study", "log loss". */
  readonly measure: string;
  /** True where one says "fewer sessions", false where one says "lower log loss". [false] */
  readonly countable?: boolean;
  readonly lowerIsBetter: boolean;
  /** What a value belongs to, singular: "learner". */
  readonly unit: string;
  /** [unit + "s"] */
  readonly units?: string;
  /** 'ratio' of means, for values of at least 0 with a mean clear of 0; else 'difference' of means. ['ratio'] */
  readonly effect?: 'ratio' | 'difference';
  /** Smallest improvement that matters: a share of the baseline for ratios [0.01], in the measure for differences [0]. */
  readonly practicalMargin?: number;
  /** Below this many units there is no verdict: bootstrap intervals of few units cover too little. [fewestUnits] */
  readonly minimumUnits?: number;
  /** Level of the interval, for all challengers of one question together. [0.95] */
  readonly level?: number;
  /** How often the bootstrap redraws the units. [4000] */
  readonly resamples?: number;
  /** Seed of the bootstrap. */
  readonly seed: number;
  /** True when any of the values comes from the learner simulator: the words then begin with "In simulation". */
  readonly simulated: boolean;
}

export interface Comparison {
  readonly verdict: Verdict;
  readonly baseline: string;
  readonly challenger: string;
  readonly measure: string;
  readonly unit: string;
  readonly n: number;
  readonly baselineMean: number;
  readonly challengerMean: number;
  /** Challenger against baseline, in its own sense: a ratio of means (1 = same) or a difference (0 = same). */
  readonly effect: { readonly kind: 'ratio' | 'difference' } & Improvement;
  /** The same, turned so that positive is better: 0.17 = 17 % fewer sessions. */
  readonly improvement: Improvement;
  /** Level of the interval: higher than asked for when several challengers share it. */
  readonly level: number;
  readonly practicalMargin: number;
  readonly minimumUnits: number;
  readonly simulated: boolean;
  /** Null unless both sides told what they cost. */
  readonly cost: CostComparison | null;
  /** The verdict in one plain sentence, and one about money and time where they are known. */
  readonly words: string;
}
