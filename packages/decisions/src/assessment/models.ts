/** Assessment models from what the learner package fits: response theory, cognitive diagnosis, mastery of skills. */
import {
  abilityGrid,
  expectedScore,
  type FittedDiagnosis,
  itemInformation,
  type LogisticItem,
  stateTable,
} from '@qurriculum/learner';
import { answerEntropy } from './belief.ts';
import type { AssessmentModel } from './types.ts';

const noInformation = (): number => Number.NaN;

/** P(right | hypothesis) with what the rules need of it again and again. No answer is impossible. */
function answerTables(right: readonly Float64Array[]) {
  const bounded = right.map((row) => row.map((p) => Math.min(1 - 1e-9, Math.max(1e-9, p))));
  return {
    right: bounded,
    logRight: bounded.map((row) => row.map(Math.log)),
    logWrong: bounded.map((row) => row.map((p) => Math.log(1 - p))),
    answerEntropy: bounded.map((row) => row.map(answerEntropy)),
  };
}

/** Ability on the grid of response theory (49 points from -6 to 6), standard normal at first. */
export function abilityAssessment(items: readonly LogisticItem[]): AssessmentModel {
  const { points, logWeight } = abilityGrid();
  return {
    ...{ kind: 'ability', prior: logWeight.map(Math.exp), ability: points, attributes: [], held: new Uint8Array(0) },
    ...answerTables(items.map((item) => Float64Array.from(points, (theta) => expectedScore(item, theta)))),
    information: (item, ability) => itemInformation(items[item], ability),
  };
}

/**
 * The states of a fitted diagnosis with their probabilities in the population.
 * @throws RangeError unless it was fitted over states and all items are answered right or wrong.
 */
export function diagnosisAssessment(fitted: FittedDiagnosis): AssessmentModel {
  const { prior, design } = fitted;
  if (prior.kind !== 'states' || design.items.some(({ categories }) => categories !== 2)) {
    throw new RangeError(
      `diagnosisAssessment: expected a model of right and wrong answers fitted over states, got ${design.model} with the ` +
        `prior '${prior.kind}'; fit fewer attributes at a time with the prior 'states'.`,
    );
  }
  const { states, probability } = prior;
  const { offset, values } = stateTable(fitted, states);
  const right = design.items.map((_, j) => {
    const row = (offset[j] + 1) * states.count;
    return values.slice(row, row + states.count).map(Math.exp);
  });
  return {
    ...{ kind: 'diagnosis', prior: probability, ...answerTables(right), ability: null, information: noInformation },
    ...{ attributes: design.structure.names, held: states.bits },
  };
}

/** A skill in the words of knowledge tracing. */
export interface TracedSkill {
  readonly skill: string;
  /** P(known), 0 to 1, from any tracing model. */
  readonly mastery: number;
}

export interface TracedItem {
  /** Skills that a right answer needs, all of them. */
  readonly skills: readonly string[];
  /** P(right | not all known), P(wrong | all known). */
  readonly guess: number;
  readonly slip: number;
}

/** 2^12 combinations of known and unknown. */
const MOST_SKILLS = 12;

/** Which of some skills are known, independent at first. @throws RangeError for more than 12 skills or unknown ones. */
export function masteryAssessment(skills: readonly TracedSkill[], items: readonly TracedItem[]): AssessmentModel {
  if (skills.length < 1 || skills.length > MOST_SKILLS) {
    throw new RangeError(
      `masteryAssessment: expected 1 to ${MOST_SKILLS} skills, got ${skills.length}; assess the goals' prerequisites first.`,
    );
  }
  const size = 2 ** skills.length;
  const held = Uint8Array.from({ length: size * skills.length }, (_, k) => {
    return (Math.floor(k / skills.length) >> (k % skills.length)) & 1;
  });
  const prior = Float64Array.from({ length: size }, (_, state) =>
    skills.reduce((p, { mastery }, k) => p * ((state >> k) & 1 ? mastery : 1 - mastery), 1),
  );
  const right = items.map(({ skills: needed, guess, slip }, j) => {
    const mask = needed.reduce((bits, name) => {
      const k = skills.findIndex(({ skill }) => skill === name);
      if (k >= 0) return bits | (1 << k);
      throw new RangeError(
        `masteryAssessment: expected skills that are assessed, got "${name}" in item ${j}; list it.`,
      );
    }, 0);
    return Float64Array.from({ length: size }, (_, state) => ((state & mask) === mask ? 1 - slip : guess));
  });
  const attributes = skills.map(({ skill }) => skill);
  return {
    kind: 'mastery',
    prior,
    ...answerTables(right),
    ability: null,
    attributes,
    held,
    information: noInformation,
  };
}
