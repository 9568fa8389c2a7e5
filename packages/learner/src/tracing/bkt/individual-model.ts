/**
 * The fitted form of individualised BKT and the state machine of one learner: log-weights of the learner's effects and,
 * per skill met, P(known) at each point of their grid. Rows with several skills as in bkt-model.ts; the learner's effects
 * learn from the row's own prediction.
 *
 * Interval of mastery: variance of P(known) over the learner's posterior, and what the skill's answers leave open (to
 * first order parameters / answers of the log-odds of a right answer, see markov-model.ts) over 1 - guess - slip.
 */
import { logistic, logit } from '../../odds.ts';
import { normal95 } from '../estimates.ts';
import type { Estimate, FittedTracingModel } from '../model.ts';
import { modelJsonReader } from '../model-json.ts';
import { type SkillNeighbours, skillLookup } from '../neighbours.ts';
import { type BktParameters, fromValues, isDegenerate, toParameters, toVector } from './bkt-parameters.ts';
import { meanOf } from './bkt-population.ts';
import { isBreak, type Practice } from './breaks.ts';
import {
  effects,
  type IndividualSkill,
  individualSkill,
  lapsed,
  nextOnGrid,
  normalise,
  rightOnGrid,
} from './individual-effects.ts';

export interface IndividualContent {
  /** Parameters of a learner without effects, and answers they were fitted on. */
  readonly skills: ReadonlyMap<string, FittedIndividualSkill>;
  readonly population: FittedIndividualSkill;
  /** The population's weights of the effects, in the order of `effects`. */
  readonly weights: readonly number[];
}

export interface FittedIndividualSkill {
  readonly parameters: BktParameters;
  readonly answers: number;
}

/** Plain data: JSON in and out. */
export interface IndividualState {
  /** Logarithms of the effects' weights, up to a constant. */
  readonly effects: readonly number[];
  /** Answers of the learner so far on any skill. */
  readonly answers: number;
  readonly skills: Readonly<Record<string, { readonly known: readonly number[]; readonly last: Practice }>>;
}

export interface FittedIndividualBkt extends FittedTracingModel<IndividualState>, IndividualContent {
  readonly degenerateSkills: number;
  /** How far the learner's logits of prior and learn are from the usual: posterior means. */
  learnerEffects(state: IndividualState): { readonly prior: number; readonly learn: number };
}

export const individualName = 'bkt-individual';
export const individualVersion = '1';

interface Ready extends IndividualSkill {
  readonly answers: number;
}

export function createFittedIndividual(content: IndividualContent, neighbours?: SkillNeighbours): FittedIndividualBkt {
  const { skills, population, weights } = content;
  const ready = ({ parameters, answers }: FittedIndividualSkill): Ready => ({
    ...individualSkill(parameters),
    answers,
  });
  const usual = ready(population);
  const fitted = new Map([...skills].map(([label, skill]) => [label, ready(skill)]));
  const skillOf = skillLookup(fitted, usual, neighbours, (of) =>
    ready({ parameters: toParameters(meanOf(of.map((skill) => toVector(skill.parameters)))), answers: usual.answers }),
  );
  const first = weights.map((weight) => Math.log(Math.max(1e-12, weight)));
  const practiceOf = ({ answers }: IndividualState, time: number | undefined): Practice =>
    time === undefined || Number.isNaN(time) ? { position: answers } : { position: answers, time };
  const knownAt = (state: IndividualState, label: string, now?: Practice): ArrayLike<number> => {
    const skill = skillOf(label);
    if (!Object.hasOwn(state.skills, label)) return skill.prior;
    const { known, last } = state.skills[label];
    return now !== undefined && isBreak(last, now) ? lapsed(known, skill.parameters) : known;
  };
  /** P(right) of a row at each point of the grid: of several skills the mean of the log-odds. */
  const rightOf = (state: IndividualState, labels: readonly string[], now: Practice): Float64Array => {
    const each = labels.map((label) => rightOnGrid(knownAt(state, label, now), skillOf(label).parameters));
    if (each.length === 1) return each[0];
    if (each.length === 0) return rightOnGrid(usual.prior, usual.parameters);
    return each[0].map((_, g) => logistic(each.reduce((sum, right) => sum + logit(right[g]), 0) / each.length));
  };

  return {
    ...content,
    name: individualName,
    version: individualVersion,
    masteryMeans: 'known',
    degenerateSkills: [...skills.values()].filter((skill) => isDegenerate(skill.parameters)).length,
    initial: () => ({ effects: first, answers: 0, skills: {} }),
    update(state, { skills: labels, correct, time }) {
      if (labels.length === 0) return state;
      const last = practiceOf(state, time);
      const distinct = [...new Set(labels)];
      const right = rightOf(state, distinct, last);
      const next = { ...state.skills };
      for (const label of distinct) {
        const known = Array.from(nextOnGrid(knownAt(state, label, last), correct, skillOf(label)));
        // Not next[label] = ...: the label may be "__proto__".
        Object.defineProperty(next, label, {
          ...{ value: { known, last }, enumerable: true, configurable: true, writable: true },
        });
      }
      const evidence = state.effects.map(
        (weight, g) => weight + Math.log(Math.max(1e-10, correct ? right[g] : 1 - right[g])),
      );
      const most = Math.max(...evidence);
      return { effects: evidence.map((weight) => weight - most), answers: state.answers + 1, skills: next };
    },
    predict: (state, { skills: labels, time }) =>
      meanOver(state, rightOf(state, [...new Set(labels)], practiceOf(state, time))),
    mastery: (state, label) => masteryEstimate(state, knownAt(state, label), skillOf(label)),
    learnerEffects: (state) => ({
      prior: meanOver(
        state,
        effects.map(([prior]) => prior),
      ),
      learn: meanOver(
        state,
        effects.map(([, learn]) => learn),
      ),
    }),
    toJSON: () => ({
      ...{ model: individualName, version: individualVersion, weights, population },
      skills: [...skills].map(([skill, own]) => ({ skill, ...own })),
    }),
  };
}

function meanOver(state: IndividualState, values: ArrayLike<number>): number {
  return normalise(state.effects).reduce((sum, weight, g) => sum + weight * values[g], 0);
}

function masteryEstimate(state: IndividualState, known: ArrayLike<number>, skill: Ready): Estimate {
  const mean = Math.min(1, meanOver(state, known));
  const ofEffects = meanOver(
    state,
    Array.from(known, (value) => (value - mean) ** 2),
  );
  const { guess, slip } = skill.parameters;
  const right = mean * (1 - slip) + (1 - mean) * guess;
  const parameters = toVector(skill.parameters).length;
  const ofSkill = (right * (1 - right) * parameters) / Math.max(1, skill.answers) / (1 - guess - slip + 1e-6) ** 2;
  const half = normal95 * Math.sqrt(ofEffects + ofSkill);
  return { mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}

const reader = modelJsonReader(individualName, individualVersion);

/** Reads what `toJSON` wrote. */
export function individualFromJson(json: unknown, neighbours?: SkillNeighbours): FittedIndividualBkt {
  const { weights, population, skills } = reader.head(json);
  const content: IndividualContent = {
    weights: reader.numbers(weights, 'weights', effects.length),
    population: skillFromJson(population, 'population'),
    skills: new Map(
      reader.list(skills, 'skills').map((entry, index) => {
        const place = `skills[${index}]`;
        const skill = reader.text(reader.record(entry, place)['skill'], `the name of ${place}`);
        return [skill, skillFromJson(entry, `skill "${skill}"`)];
      }),
    ),
  };
  return createFittedIndividual(content, neighbours);
}

function skillFromJson(json: unknown, place: string): FittedIndividualSkill {
  const { parameters, answers } = reader.record(json, place);
  const { prior, learn, guess, slip, forget, lapse } = reader.record(parameters, `parameters of ${place}`);
  const values = fromValues(reader.numbers([prior, learn, guess, slip, forget, lapse], `parameters of ${place}`, 6));
  if (isDegenerate(values)) reader.fail(`parameters within their bounds in ${place}`, JSON.stringify(values));
  return { parameters: values, answers: reader.numbers([answers], `answers of ${place}`, 1)[0] };
}
