/**
 * Goes through a table as knowledge tracing sees it: at every answer, how much better or worse it was than the population
 * does at this attempt, and what the learner knew of other skills then.
 */
import type { InteractionTable } from '../interactions.ts';
import { rowsByLearner } from '../interactions-select.ts';
import { nextKnown } from '../tracing/bkt/bkt-likelihood.ts';
import type { FittedBkt } from '../tracing/bkt/bkt-model.ts';
import { rightProbability } from '../tracing/bkt/bkt-parameters.ts';

/** One answer on one skill; the object is used again for the next. */
export interface MasteryMoment {
  learner: number;
  /** Index of the skill in the list given. */
  skill: number;
  /** Answer minus what the population answers at this attempt: usual (1 - slip) + (1 - usual) guess. */
  residual: number;
  /** P (1 - P) of that. */
  variance: number;
  /** P(known) in the population at this attempt: 1 - (1 - prior) (1 - learn)^attempts. */
  usual: number;
  /** 1 - slip - guess: how much knowing the skill adds to P(right). */
  contrast: number;
  /** Sum and number of the learner's residuals before this row: of all skills, */
  total: number;
  answers: number;
  /** and of each; meaningful for skills met. */
  readonly totalOf: Float64Array;
  readonly answersOf: Int32Array;
  /** Skills that the learner answered before this row, in order of first answer: met[0] to met[metCount - 1]. */
  readonly met: Int32Array;
  metCount: number;
  /** P(known) of each skill before this row; meaningful for skills met. */
  readonly known: Float64Array;
  /** Counts the rows of the learner from 0. */
  position: number;
}

// Ten answers' worth of "like everyone else": a mean over fewer says little.
const standingWeight = 10;

/**
 * How much better than expected the learner did so far on everything but the skill of the moment and another, which
 * would explain themselves away otherwise (the rest score of item analysis): their shrunken mean residual.
 */
export function standingBeside({ total, answers, totalOf, answersOf, skill }: MasteryMoment, other: number): number {
  return (total - totalOf[skill] - totalOf[other]) / (answers - answersOf[skill] - answersOf[other] + standingWeight);
}

/** @param skills skill indices of the table to follow; others are passed over. */
export function walkMasteries(
  table: InteractionTable,
  model: FittedBkt,
  skills: readonly number[],
  visit: (moment: MasteryMoment) => void,
  endLearner: (moment: MasteryMoment) => void,
): void {
  const parameters = skills.map((skill) => (model.skills.get(table.skills[skill]) ?? model.population).parameters);
  const position = new Int32Array(table.skills.length).fill(-1);
  skills.forEach((skill, index) => {
    position[skill] = index;
  });
  const setOf = table.skillSets.map((set) => set.map((skill) => position[skill]).filter((index) => index >= 0));
  const { start, rows } = rowsByLearner(table);
  const known = new Float64Array(skills.length);
  const usual = new Float64Array(skills.length);
  const totalOf = new Float64Array(skills.length);
  const answersOf = new Int32Array(skills.length);
  const isMet = new Uint8Array(skills.length);
  const moment: MasteryMoment = {
    ...{
      learner: 0,
      skill: 0,
      residual: 0,
      variance: 0,
      usual: 0,
      contrast: 0,
      total: 0,
      answers: 0,
      metCount: 0,
      position: 0,
    },
    ...{ met: new Int32Array(skills.length), known, totalOf, answersOf },
  };
  for (let learner = 0; learner < table.learners.length; learner++) {
    for (const array of [isMet, totalOf, answersOf]) array.fill(0);
    Object.assign(moment, { learner, metCount: 0, total: 0, answers: 0 });
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const correct = table.correct[rows[k]];
      const set = setOf[table.skillSet[rows[k]]];
      moment.position = k - start[learner];
      for (const skill of set) {
        if (isMet[skill] === 0) known[skill] = parameters[skill].prior;
        const { learn, guess, slip } = parameters[skill];
        if (isMet[skill] === 0) usual[skill] = parameters[skill].prior;
        const expected = rightProbability(usual[skill], parameters[skill]);
        moment.skill = skill;
        moment.residual = correct - expected;
        moment.variance = expected * (1 - expected);
        moment.usual = usual[skill];
        moment.contrast = 1 - slip - guess;
        visit(moment);
        usual[skill] += (1 - usual[skill]) * learn;
        moment.total += correct - expected;
        moment.answers++;
        totalOf[skill] += correct - expected;
        answersOf[skill]++;
      }
      for (const skill of set) {
        if (isMet[skill] === 0) moment.met[moment.metCount++] = skill;
        isMet[skill] = 1;
        known[skill] = nextKnown(known[skill], correct === 1, parameters[skill]);
      }
    }
    endLearner(moment);
  }
}
