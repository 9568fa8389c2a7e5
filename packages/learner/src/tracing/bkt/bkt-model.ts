/**
 * The fitted form of Bayesian knowledge tracing: parameters per skill, what learners differ by, and the state machine
 * of one learner.
 *
 * Rows with several skills: every skill keeps a state of its own, as if the row were an answer of each; the prediction
 * is the mean of the skills' log-odds. (Products of probabilities, the conjunctive rule of Gong, Beck and Heffernan 2010,
 * would count the difficulty of the row once per skill, because each skill's parameters were fitted on whole rows.)
 * A skill that was not in the training data gets the mean of its neighbours and the population in the unbounded vector
 * (where neighbours are given; else the population's parameters); a row without skills the population's first prediction.
 *
 * Interval of mastery: the delta method on the logit of P(known). Its variance is s' (C + V) s, with s the slope of
 * logit P(known) in the unbounded parameters, carried along by the filter, C the covariance of the skill's parameters
 * (inverse information of the answers it was fitted on) and V what learners differ by (bkt-spread.ts).
 */
import { logistic, logit } from '../../odds.ts';
import { estimateOnLogit } from '../estimates.ts';
import type { Estimate, FittedTracingModel } from '../model.ts';
import { type ModelJsonReader, modelJsonReader } from '../model-json.ts';
import { type SkillNeighbours, skillLookup } from '../neighbours.ts';
import { afterBreak, type BktBelief, initialBelief, nextBelief } from './bkt-likelihood.ts';
import {
  type BktParameters,
  fromValues,
  isDegenerate,
  parameterSlopes,
  rightProbability,
  toParameters,
  toVector,
} from './bkt-parameters.ts';
import { isBreak, type Practice } from './breaks.ts';

/** One skill as fitted. */
export interface BktSkill {
  readonly parameters: BktParameters;
  /** Of the unbounded vector, square, row by row. */
  readonly covariance: readonly number[];
  /** Answers it was fitted on. */
  readonly answers: number;
}

export interface BktSkillState extends BktBelief {
  /** Answers of this learner on this skill. */
  readonly answers: number;
  /** The last of them; kept where breaks matter. */
  readonly last?: Practice;
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

/** `bkt` forgets nothing, `bkt-forget` has a probability of forgetting per answer. */
export type BktName = 'bkt' | 'bkt-forget';

export const bktVersion = '1';

export function createFittedBkt(
  name: BktName,
  { skills, population, spread }: BktContent,
  neighbours?: SkillNeighbours,
): FittedBkt {
  const skillOf = skillLookup(skills, population, neighbours, meanSkill);
  const forgets = name === 'bkt-forget';
  const stateOf = (state: BktState, label: string): BktSkillState =>
    Object.hasOwn(state, label) ? state[label] : { ...initialBelief(skillOf(label).parameters), answers: 0 };
  /** What the next answer of the learner will be, in the count that breaks are told by. */
  const practiceAt = (state: BktState, time: number | undefined): Practice | undefined => {
    if (!forgets) return undefined;
    const position = Object.values(state).reduce((most, skill) => Math.max(most, (skill.last?.position ?? -1) + 1), 0);
    return time === undefined || Number.isNaN(time) ? { position } : { position, time };
  };
  const beliefAt = (state: BktState, label: string, now: Practice | undefined): BktSkillState => {
    const belief = stateOf(state, label);
    if (now === undefined || belief.last === undefined || !isBreak(belief.last, now)) return belief;
    return { ...belief, ...afterBreak(belief, skillOf(label).parameters) };
  };

  return {
    name,
    version: bktVersion,
    masteryMeans: 'known',
    skills,
    population,
    degenerateSkills: [...skills.values()].filter((skill) => isDegenerate(skill.parameters)).length,
    initial: () => ({}),
    update(state, { skills: labels, correct, time }) {
      const next: Record<string, BktSkillState> = { ...state };
      const last = practiceAt(state, time);
      for (const label of new Set(labels)) {
        const before = beliefAt(state, label, last);
        const belief = nextBelief(before, correct, skillOf(label).parameters);
        // Not next[label] = ...: the label may be "__proto__".
        Object.defineProperty(next, label, {
          value: { ...belief, answers: before.answers + 1, ...(last === undefined ? {} : { last }) },
          ...{ enumerable: true, configurable: true, writable: true },
        });
      }
      return next;
    },
    predict(state, { skills: labels, time }) {
      if (labels.length === 0) return rightProbability(population.parameters.prior, population.parameters);
      const distinct = [...new Set(labels)];
      const now = practiceAt(state, time);
      const right = distinct.map((label) =>
        rightProbability(beliefAt(state, label, now).known, skillOf(label).parameters),
      );
      return right.length === 1 ? right[0] : logistic(right.reduce((sum, p) => sum + logit(p), 0) / right.length);
    },
    mastery: (state, label) => masteryEstimate(stateOf(state, label), skillOf(label), spread),
    toJSON: () => ({
      ...{ model: name, version: bktVersion, spread, population },
      skills: [...skills].map(([skill, fitted]) => ({ skill, ...fitted })),
    }),
  };
}

function masteryEstimate({ known, slope }: BktBelief, skill: BktSkill, spread: readonly [number, number]): Estimate {
  const slopes = parameterSlopes(skill.parameters);
  const scale = Math.max(1e-12, known * (1 - known));
  const s = slope.map((value, j) => (value * slopes[j]) / scale);
  let variance = spread[0] * s[0] ** 2 + spread[1] * s[1] ** 2;
  const size = s.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) variance += s[i] * skill.covariance[size * i + j] * s[j];
  }
  return estimateOnLogit(known, logit(known), variance);
}

/**
 * What is expected of a skill that is like these: the mean of their vectors; how far it may be from that is what the
 * population (the last) says, because neighbours are skills of the population.
 */
function meanSkill(of: readonly BktSkill[]): BktSkill {
  const vectors = of.map((skill) => toVector(skill.parameters));
  const mean = vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / of.length);
  return { parameters: toParameters(mean), covariance: of[of.length - 1].covariance, answers: 0 };
}

/** Reads what `toJSON` wrote. */
export function bktFromJson(name: BktName, json: unknown, neighbours?: SkillNeighbours): FittedBkt {
  const reader = modelJsonReader(name, bktVersion);
  const { spread, population, skills } = reader.head(json);
  const skillAt = (entry: unknown, place: string) => skillFromJson(reader, name === 'bkt-forget', entry, place);
  const content: BktContent = {
    spread: reader.numbers(spread, 'spread', 2) as unknown as [number, number],
    population: skillAt(population, 'population'),
    skills: new Map(
      reader.list(skills, 'skills').map((entry, index) => {
        const place = `skills[${index}]`;
        const skill = reader.text(reader.record(entry, place)['skill'], `the name of ${place}`);
        return [skill, skillAt(entry, `skill "${skill}"`)];
      }),
    ),
  };
  return createFittedBkt(name, content, neighbours);
}

function skillFromJson(reader: ModelJsonReader, forgets: boolean, json: unknown, place: string): BktSkill {
  const { parameters, covariance, answers } = reader.record(json, place);
  const { prior, learn, guess, slip, forget, lapse } = reader.record(parameters, `parameters of ${place}`);
  const size = forgets ? 6 : 4;
  const given = [prior, learn, guess, slip, forget, lapse].slice(0, size);
  const values = fromValues(reader.numbers(given, `parameters of ${place}`, size));
  if (isDegenerate(values)) reader.fail(`parameters within their bounds in ${place}`, JSON.stringify(values));
  return {
    parameters: values,
    covariance: reader.numbers(covariance, `covariance of ${place}`, size * size),
    answers: reader.numbers([answers], `answers of ${place}`, 1)[0],
  };
}
