/**
 * What is still known of a skill: stability S and difficulty D after each graded answer by FSRS-6 (`ts-fsrs`), the chance
 * to recall it at any time
 *
 *   R(t) = (1 + f t / S)^(-w20),   f = .9^(-1/w20) - 1,   t days since the last answer,
 *
 * and when it falls to a wanted retention r:  t = S (r^(-1/w20) - 1) / f.
 */
import { FSRSAlgorithm, FSRSVersion } from 'ts-fsrs';
import { modelJsonReader } from '../tracing/model-json.ts';
import type { Grade } from './grades.ts';
import { DAY_SECONDS, daysBetween } from './histories.ts';
import { curveFactor, retrievabilityAt } from './recurrence.ts';
import { boundedWeights, defaultMemoryWeights, WEIGHTS } from './weights.ts';

/** Version of the JSON, not of FSRS. */
const VERSION = '1';

/** The memory of one learner for one skill after at least one answer with a time. */
export interface SkillMemory {
  /** Days until the chance to recall falls to 90 %. */
  readonly stability: number;
  /** 1 (easy) to 10 (hard). */
  readonly difficulty: number;
  /** Seconds since 1970 of the last answer. */
  readonly last: number;
  /** Answers with times so far, wrong ones included. */
  readonly answers: number;
}

interface DatedGrade {
  readonly grade: Grade;
  /** Seconds since 1970; NaN where unknown. */
  readonly time: number;
}

export interface MemoryModel {
  readonly name: 'fsrs-6';
  readonly version: string;
  readonly weights: readonly number[];
  /**
   * The memory after an answer; `memory` null before the first. An answer without a time (NaN) changes nothing; one that
   * lies before the last counts as the same sitting, and the later time stays.
   */
  update<M extends SkillMemory | null>(memory: M, answer: DatedGrade): M | SkillMemory;
  /** Chance to recall at a time (seconds since 1970), 0 to 1; 1 up to the last answer. */
  retrievability(memory: Pick<SkillMemory, 'stability' | 'last'>, time: number): number;
  /** Days after the last answer when the chance falls to `retention`. @throws RangeError unless 0 < retention < 1. */
  daysUntil(memory: SkillMemory, retention: number): number;
  /** The same as a time, seconds since 1970. */
  reviewBy(memory: SkillMemory, retention: number): number;
  toJSON(): unknown;
}

/** The model with the given weights; default: FSRS-6's own. @throws RangeError unless they are 21 finite numbers. */
export function createMemoryModel(given: readonly number[] = defaultMemoryWeights): MemoryModel {
  const weights = Object.freeze([...boundedWeights(given)]);
  const algorithm = new FSRSAlgorithm({ w: weights });
  const factor = curveFactor(weights);
  const daysUntil = ({ stability }: SkillMemory, retention: number): number => {
    if (!(retention > 0 && retention < 1)) {
      throw new RangeError(`memory: expected a retention between 0 and 1, got ${retention}; pass e.g. 0.9.`);
    }
    return (stability * (retention ** (-1 / weights[20]) - 1)) / factor;
  };
  return {
    name: 'fsrs-6',
    version: VERSION,
    weights,
    update(memory, { grade, time }) {
      if (Number.isNaN(time)) return memory;
      if (memory === null) return { ...algorithm.next_state(null, 0, grade), last: time, answers: 1 };
      const { stability, difficulty } = memory;
      const state = algorithm.next_state({ stability, difficulty }, daysBetween(memory.last, time), grade);
      return { ...state, last: Math.max(memory.last, time), answers: memory.answers + 1 };
    },
    retrievability: ({ stability, last }, time) =>
      retrievabilityAt(weights, factor, (time - last) / DAY_SECONDS, stability),
    daysUntil,
    reviewBy: (memory, retention) => memory.last + DAY_SECONDS * daysUntil(memory, retention),
    toJSON: () => ({ model: 'fsrs-6', version: VERSION, algorithm: FSRSVersion, weights }),
  };
}

/** The model that `toJSON` wrote. @throws TypeError that says what is wrong, also for another version. */
export function memoryModelFromJson(json: unknown): MemoryModel {
  const reader = modelJsonReader('fsrs-6', VERSION);
  return createMemoryModel(reader.numbers(reader.head(json)['weights'], 'weights', WEIGHTS));
}
