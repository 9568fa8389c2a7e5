/** One learner's past laid out for one question: where its records are, and what came just before. */
import { advanceRecord, answersIn, longRecord, shortRecord } from './features-history.ts';

/** Records of one learner's past, as the features read them; positions point into the buffers. */
export interface Desk {
  /** A long record. */
  readonly everything: Float64Array;
  /** Long records. */
  skillRecords: Float64Array;
  setRecords: Float64Array;
  /** Short records. */
  itemRecords: Float64Array;
  /** Where the records of the question's set and item are. */
  setAt: number;
  itemAt: number;
  /** Of each skill of the question: where its record is, and its log-odds. */
  readonly skillAt: Int32Array;
  readonly skillOdds: Float64Array;
  skills: number;
  /** By index in the statistics; -1 where unknown. */
  item: number;
  set: number;
  previousItem: number;
  /** 0 none, 1 wrong, 2 right. */
  previousOutcome: number;
  sameItem: boolean;
  sameSet: boolean;
  /** Answers and right answers since the set of skills last changed. */
  blockAnswers: number;
  blockRight: number;
  skillsMet: number;
  /** Seconds, or unknownTime. */
  time: number;
}

/** More skills on one item than this are not told apart. */
export const mostSkills = 32;

export function createDesk(skillRecords: Float64Array, setRecords: Float64Array, itemRecords: Float64Array): Desk {
  return {
    ...{ everything: new Float64Array(longRecord), skillRecords, setRecords, itemRecords, setAt: 0, itemAt: 0 },
    ...{ skillAt: new Int32Array(mostSkills), skillOdds: new Float64Array(mostSkills), skills: 0, item: -1, set: -1 },
    ...{ previousItem: -1, previousOutcome: 0, sameItem: false, sameSet: false, blockAnswers: 0, blockRight: 0 },
    ...{ skillsMet: 0, time: 0 },
  };
}

/** As before a learner's first answer; records of skills, sets and items are the caller's. */
export function clearDesk(desk: Desk): void {
  desk.everything.fill(0);
  desk.previousItem = -1;
  desk.previousOutcome = desk.blockAnswers = desk.blockRight = desk.skillsMet = 0;
}

/**
 * Moves everything by the answer to the question the desk is laid out for.
 * @param correct 0 or 1; `expected`: the probability of a right answer by the item's difficulty alone.
 */
export function moveDesk(desk: Desk, correct: number, expected: number): void {
  const index = answersIn(desk.everything, 0);
  const { time } = desk;
  for (let k = 0; k < desk.skills; k++) {
    if (answersIn(desk.skillRecords, desk.skillAt[k]) === 0) desk.skillsMet++;
    advanceRecord(desk.skillRecords, desk.skillAt[k], longRecord, correct, expected, index, time);
  }
  // A set of one skill has that skill's record.
  if (desk.skills !== 1) advanceRecord(desk.setRecords, desk.setAt, longRecord, correct, expected, index, time);
  advanceRecord(desk.itemRecords, desk.itemAt, shortRecord, correct, expected, index, time);
  advanceRecord(desk.everything, 0, longRecord, correct, expected, index, time);
  desk.blockAnswers = desk.sameSet ? desk.blockAnswers + 1 : 1;
  desk.blockRight = desk.sameSet ? desk.blockRight + correct : correct;
  desk.previousItem = desk.item;
  desk.previousOutcome = 1 + correct;
}
