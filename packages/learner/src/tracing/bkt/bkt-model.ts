/**
 * The fitted form of Bayesian knowledge tracing: parameters per skill, what learners differ by, and the state machine
 * of one learner.
 *
 * Rows with several skills: every skill keeps a state of its own, as if the row were an answer of each; the prediction
 * is the mean of the skills' log-odds. (Products of probabilities, the conjunctive rule of Gong, Beck and Heffernan 2010,
 * would count the difficulty of the row once per skill, because each skill's parameters were fitted on whole rows.)
 * A skill that was not in the training data gets the population's parameters; a row without skills the population's
 * first prediction.
 *
 * Interval of mastery: the delta method on the logit of P(known). Its variance is s' (C + V) s, with s the slope of
 * logit P(known) in the unbounded parameters, carried along by the filter, C the covariance of the skill's parameters
 * (inverse information of the answers it was fitted on) and V what learners differ by (bkt-spread.ts).
 */

import type { Estimate, FittedTracingModel } from '../model.ts';
import { modelJsonReader } from '../model-json.ts';
import { type BktBelief, initialBelief, nextBelief } from './bkt-likelihood.ts';
import {
  type BktParameters,
  type BktVector,
  isDegenerate,
  logistic,
  logit,
  parameterSlopes,
  rightProbability,
} from './bkt-parameters.ts';

/** One skill as fitted. */
export interface BktSkill {
  readonly parameters: BktParameters;
  /** Of the unbounded vector, 4 x 4 row by row. */
  readonly covariance: readonly number[];
  /** Answers it was fitted on. */
  readonly answers: number;
}

export interface BktSkillState extends BktBelief {
  /** Answers of this learner on this skill. */
  readonly answers: number;
}

/** Skill label to belief; skills never met are absent. Plain data: JSON in and out. */
export type BktState = Readonly<Record<string, BktSkillState>>;

export interface BktContent {
  readonly skills: ReadonlyMap<string, BktSkill>;
  readonly population: BktSkill;
  /** Variances between learners of prior and learn, on the logit. */
  readonly spread: readonly [number, number];
}

export interface FittedBkt extends FittedTracingModel<BktState> {
  readonly degenerateSkills: number;
  /** The fitted skills. */
  readonly skills: ReadonlyMap<string, BktSkill>;
  readonly population: BktSkill;
}

export const bktName = 'bkt';
export const bktVersion = '1';

// The 95th percentile of the standard normal distribution: a central 90 % interval.
const normal95 = 1.6448536269514722;

export function createFittedBkt({ skills, population, spread }: BktContent): FittedBkt {
  const skillOf = (label: string): BktSkill => skills.get(label) ?? population;
  const stateOf = (state: BktState, label: string): BktSkillState =>
    Object.hasOwn(state, label) ? state[label] : { ...initialBelief(skillOf(label).parameters), answers: 0 };

  return {
    name: bktName,
    version: bktVersion,
    masteryMeans: 'known',
    skills,
    population,
    degenerateSkills: [...skills.values()].filter((skill) => isDegenerate(skill.parameters)).length,
    initial: () => ({}),
    update(state, { skills: labels, correct }) {
      const next: Record<string, BktSkillState> = { ...state };
      for (const label of new Set(labels)) {
        const before = stateOf(state, label);
        const belief = nextBelief(before, correct, skillOf(label).parameters);
        // Not next[label] = ...: the label may be "__proto__".
        Object.defineProperty(next, label, {
          value: { ...belief, answers: before.answers + 1 },
          ...{ enumerable: true, configurable: true, writable: true },
        });
      }
      return next;
    },
    predict(state, { skills: labels }) {
      if (labels.length === 0) return rightProbability(population.parameters.prior, population.parameters);
      const distinct = [...new Set(labels)];
      const right = distinct.map((label) => rightProbability(stateOf(state, label).known, skillOf(label).parameters));
      return right.length === 1 ? right[0] : logistic(right.reduce((sum, p) => sum + logit(p), 0) / right.length);
    },
    mastery: (state, label) => masteryEstimate(stateOf(state, label), skillOf(label), spread),
    toJSON: () => ({
      ...{ model: bktName, version: bktVersion, spread, population },
      skills: [...skills].map(([skill, fitted]) => ({ skill, ...fitted })),
    }),
  };
}

function masteryEstimate({ known, slope }: BktBelief, skill: BktSkill, spread: readonly [number, number]): Estimate {
  const slopes = parameterSlopes(skill.parameters);
  const scale = Math.max(1e-12, known * (1 - known));
  const s = slope.map((value, j) => (value * slopes[j]) / scale);
  let variance = spread[0] * s[0] ** 2 + spread[1] * s[1] ** 2;
  for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) variance += s[i] * skill.covariance[4 * i + j] * s[j];
  const half = normal95 * Math.sqrt(Math.max(0, variance));
  const centre = logit(known);
  return {
    mean: known,
    low: Math.min(known, logistic(centre - half)),
    high: Math.max(known, logistic(centre + half)),
  };
}

const reader = modelJsonReader(bktName, bktVersion);

/** Reads what `toJSON` wrote. */
export function bktFromJson(json: unknown): FittedBkt {
  const { spread, population, skills } = reader.head(json);
  return createFittedBkt({
    spread: reader.numbers(spread, 'spread', 2) as unknown as [number, number],
    population: skillFromJson(population, 'population'),
    skills: new Map(
      reader.list(skills, 'skills').map((entry, index) => {
        const place = `skills[${index}]`;
        const skill = reader.text(reader.record(entry, place)['skill'], `the name of ${place}`);
        return [skill, skillFromJson(entry, `skill "${skill}"`)];
      }),
    ),
  });
}

function skillFromJson(json: unknown, place: string): BktSkill {
  const { parameters, covariance, answers } = reader.record(json, place);
  const { prior, learn, guess, slip } = reader.record(parameters, `parameters of ${place}`);
  const [p, l, g, s] = reader.numbers([prior, learn, guess, slip], `parameters of ${place}`, 4) as unknown as BktVector;
  const values: BktParameters = { prior: p, learn: l, guess: g, slip: s };
  if (isDegenerate(values)) reader.fail(`parameters within their bounds in ${place}`, JSON.stringify(values));
  return {
    parameters: values,
    covariance: reader.numbers(covariance, `covariance of ${place}`, 16),
    answers: reader.numbers([answers], `answers of ${place}`, 1)[0],
  };
}
