/**
 * Adaptive assessment: for one learner, which items to ask next. What is to be found out is a hypothesis out of a finite
 * list: a point on the scale of ability, a state of attributes, or which skills are mastered.
 */

/** An item of the bank. Answers are right or wrong. */
export interface AssessmentItem {
  readonly id: string;
  /** Content area, for balance; absent: none. */
  readonly content?: string;
  /** Numbers of items that give away or repeat this one: never both to one learner. One side may name the other. */
  readonly enemies?: readonly number[];
}

/** What the bank's items tell about the hypotheses. */
export interface AssessmentModel {
  readonly kind: 'ability' | 'diagnosis' | 'mastery';
  /** What is believed before any answer: probabilities that add up to 1. */
  readonly prior: Float64Array;
  /** P(right | hypothesis), per item and hypothesis. */
  readonly right: readonly Float64Array[];
  /** Logarithms of P(right | hypothesis) and P(wrong | hypothesis), and the answer's entropy there, nats. */
  readonly logRight: readonly Float64Array[];
  readonly logWrong: readonly Float64Array[];
  readonly answerEntropy: readonly Float64Array[];
  /** The ability of each hypothesis, ascending; only of kind 'ability'. */
  readonly ability: Float64Array | null;
  /** Attributes or skills; empty for kind 'ability'. */
  readonly attributes: readonly string[];
  /** hypotheses * attributes bits: what is held under each hypothesis. */
  readonly held: Uint8Array;
  /** Fisher information of an item at an ability; only of kind 'ability'. */
  information(item: number, ability: number): number;
}

export interface AskedItem {
  readonly item: number;
  readonly right: boolean;
}

/** How often items have been asked of others, and what is done about it. */
export interface ExposureState {
  /** No item is asked of more than this share of learners (Revuelta & Ponsoda 1998), 0 to 1. */
  readonly most: number;
  /** Tests so far, and in how many of them each item was asked. */
  readonly tests: number;
  readonly asked: ArrayLike<number>;
  /** Sympson-Hetter: the probability that an item, once chosen, is asked. */
  readonly parameters?: ArrayLike<number>;
  /** Randomesque: the item is drawn from this many best ones. */
  readonly among?: number;
}

export interface AssessmentState {
  readonly items: readonly AssessmentItem[];
  readonly model: AssessmentModel;
  /** What this learner has been asked, in order. */
  readonly answers: readonly AskedItem[];
  /** How many items to choose now, 1 or more; default 1. */
  readonly batch?: number;
  /** Target share of each content area, adding up to 1; default: no balance. */
  readonly content?: Readonly<Record<string, number>>;
  readonly exposure?: ExposureState;
}

export interface AssessmentPlan {
  /** Items to ask, numbers in the bank, in order. */
  readonly items: readonly number[];
  /** Information minus redundancy, nats; NaN where the maker has none. */
  readonly value: number;
}

/** Why an item may not be asked now. */
export type BarReason = 'asked' | 'enemy' | 'exposure' | 'content';
