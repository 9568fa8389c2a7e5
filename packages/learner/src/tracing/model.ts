/**
 * The contract of knowledge-tracing models: hyperparameters go to the constructor function, `fit` returns an immutable
 * fitted model, and the fitted model is a pure state machine per learner.
 */
import type { InteractionTable } from '../interactions.ts';

/** One question as a fitted model sees it; labels, so that a model outlives the table it was fitted on. */
export interface TracedQuestion {
  readonly item: string;
  readonly skills: readonly string[];
  /** When it is asked: seconds since 1970; NaN or absent where unknown. */
  readonly time?: number;
}

/** A question with its answer. */
export interface TracedInteraction extends TracedQuestion {
  readonly correct: boolean;
  /** Seconds the answer took; NaN or absent where unknown. */
  readonly duration?: number;
  /** Hints asked for before it; NaN or absent where unknown. */
  readonly hints?: number;
  /** How the learner says it went, 0 to 1; NaN or absent where nothing was said. */
  readonly selfReport?: number;
}

/** An estimate between 0 and 1 with a central 90 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface FittedTracingModel<State = unknown> {
  readonly name: string;
  readonly version: string;
  /** The state of a learner of whom nothing is known. */
  initial(): State;
  /** A new state; the old one is left as it was. */
  update(state: State, interaction: TracedInteraction): State;
  /** Probability that the learner answers the question correctly. */
  predict(state: State, question: TracedQuestion): number;
  /** Mastery of the skill now, in the sense of `masteryMeans`, and how sure we are. */
  mastery(state: State, skill: string): Estimate;
  /**
   * What `mastery` is a probability of. 'known': the skill is known (models with a latent skill). 'answered': a question
   * on the skill, by an item never seen, would be answered correctly (models of answers alone; slips and guesses stay in).
   */
  readonly masteryMeans: 'known' | 'answered';
  /**
   * How many skills' parameters contradict their meaning (BKT: guess or slip above .5, or guess + slip >= 1); null for
   * models to which this cannot happen.
   */
  readonly degenerateSkills: number | null;
  toJSON(): unknown;
}

export interface TracingModel<State = unknown> {
  readonly name: string;
  readonly version: string;
  /** Rejects with the signal's reason when cancelled. */
  fit(table: InteractionTable, options?: FitOptions): Promise<FittedTracingModel<State>>;
  /** Throws a TypeError that says what is wrong with the text. */
  fromJSON(json: unknown): FittedTracingModel<State>;
}

export interface FitOptions {
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}
