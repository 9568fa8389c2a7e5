/**
 * The fitted form of a family of operator models: a point per skill and the state machine of one learner.
 *
 * Rows with several skills: every skill keeps a state of its own, and the prediction is the mean of the skills' log-odds,
 * as in bkt-model.ts. A skill that was not in the training data gets the mean of its neighbours' operators and the
 * population's (where neighbours are given; else the population's).
 *
 * Interval of mastery: to first order the answers' information and the variance of P(right) that the fit leaves satisfy
 * mean over answers of var(logit p) p (1 - p) = parameters / answers (the trace of the hat matrix), so
 *   var(logit p) = parameters / (answers p (1 - p)) + spread,
 * with spread what learners differ by. In states of its own, mastery moves by the deviation of p over the gap between
 * P(right) with all of it and with none.
 */

import { logistic, logit } from '../../odds.ts';
import { normal95 } from '../estimates.ts';
import type { Estimate, FittedTracingModel } from '../model.ts';
import { modelJsonReader } from '../model-json.ts';
import { type SkillNeighbours, skillLookup } from '../neighbours.ts';
import type { OperatorFamily } from './family.ts';
import { meanModel, nextState, type OperatorModel, rightInState } from './operator-model.ts';

/** One skill as fitted. */
export interface MarkovSkill {
  /** In the family's own numbers. */
  readonly point: readonly number[];
  /** Answers it was fitted on, imaginary ones included. */
  readonly answers: number;
}

export interface MarkovSkillState {
  readonly x: readonly number[];
  /** Answers of this learner on this skill. */
  readonly answers: number;
}

/** Skill label to state; skills never met are absent. Plain data: JSON in and out. */
export type MarkovState = Readonly<Record<string, MarkovSkillState>>;

export interface MarkovContent {
  readonly skills: ReadonlyMap<string, MarkovSkill>;
  readonly population: MarkovSkill;
  /** Variance between learners of the log-odds of a right answer. */
  readonly spread: number;
}

export interface FittedMarkov extends FittedTracingModel<MarkovState> {
  /** The fitted skills. */
  readonly skills: ReadonlyMap<string, MarkovSkill>;
  readonly population: MarkovSkill;
}

export const markovVersion = '1';

interface Ready {
  readonly model: OperatorModel;
  readonly answers: number;
}

export function createFittedMarkov(
  family: OperatorFamily,
  { skills, population, spread }: MarkovContent,
  neighbours?: SkillNeighbours,
): FittedMarkov {
  const ready = ({ point, answers }: MarkovSkill): Ready => ({ model: family.operators(point), answers });
  const usual = ready(population);
  const fitted = new Map([...skills].map(([label, skill]) => [label, ready(skill)]));
  const skillOf = skillLookup(fitted, usual, neighbours, (of) => ({
    model: meanModel(of.map(({ model }) => model)),
    answers: usual.answers,
  }));
  const stateOf = (state: MarkovState, label: string): MarkovSkillState =>
    Object.hasOwn(state, label) ? state[label] : { x: Array.from(skillOf(label).model.start), answers: 0 };

  return {
    name: family.name,
    version: markovVersion,
    masteryMeans: family.masteryMeans,
    // Levels are in order of P(right), and Kraus operators claim nothing about mastery.
    degenerateSkills: null,
    skills,
    population,
    initial: () => ({}),
    update(state, { skills: labels, correct }) {
      const next: Record<string, MarkovSkillState> = { ...state };
      for (const label of new Set(labels)) {
        const { x, answers } = stateOf(state, label);
        const value = { x: nextState(skillOf(label).model, x, correct ? 1 : 0), answers: answers + 1 };
        // Not next[label] = ...: the label may be "__proto__".
        Object.defineProperty(next, label, { value, enumerable: true, configurable: true, writable: true });
      }
      return next;
    },
    predict(state, { skills: labels }) {
      if (labels.length === 0) return rightInState(usual.model, usual.model.start);
      const right = [...new Set(labels)].map((label) => rightInState(skillOf(label).model, stateOf(state, label).x));
      return right.length === 1 ? right[0] : logistic(right.reduce((sum, p) => sum + logit(p), 0) / right.length);
    },
    mastery: (state, label) => masteryEstimate(family, skillOf(label), stateOf(state, label).x, spread),
    toJSON: () => ({
      ...{ model: family.name, version: markovVersion, spread, population },
      skills: [...skills].map(([skill, content]) => ({ skill, ...content })),
    }),
  };
}

function masteryEstimate(
  family: OperatorFamily,
  { model, answers }: Ready,
  x: readonly number[],
  spread: number,
): Estimate {
  const p = rightInState(model, x);
  const { mean, gap } = family.mastery(model, x);
  const variance = p * (1 - p);
  const deviation = variance * Math.sqrt(family.freeParameters / (Math.max(1, answers) * variance) + spread);
  const half = (normal95 * deviation) / Math.max(0.05, gap);
  return { mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}

/** Reads what `toJSON` wrote. */
export function markovFromJson(family: OperatorFamily, json: unknown, neighbours?: SkillNeighbours): FittedMarkov {
  const reader = modelJsonReader(family.name, markovVersion);
  const { spread, population, skills } = reader.head(json);
  const skillAt = (entry: unknown, place: string): MarkovSkill => {
    const { point, answers } = reader.record(entry, place);
    const numbers = reader.numbers(point, `the point of ${place}`, family.length);
    const fault = family.fault(numbers);
    if (fault !== null) reader.fail(`${fault} in ${place}`, JSON.stringify(numbers));
    return { point: numbers, answers: reader.numbers([answers], `answers of ${place}`, 1)[0] };
  };
  const content: MarkovContent = {
    spread: reader.numbers([spread], 'spread', 1)[0],
    population: skillAt(population, 'population'),
    skills: new Map(
      reader.list(skills, 'skills').map((entry, index) => {
        const place = `skills[${index}]`;
        const skill = reader.text(reader.record(entry, place)['skill'], `the name of ${place}`);
        return [skill, skillAt(entry, `skill "${skill}"`)];
      }),
    ),
  };
  return createFittedMarkov(family, content, neighbours);
}
