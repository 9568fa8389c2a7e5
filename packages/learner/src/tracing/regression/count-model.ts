/** The fitted form of the regressions on counts: weights by label, and the state machine of one learner. */
import { logistic } from '../../odds.ts';
import type { Estimate, FittedTracingModel, TracedQuestion } from '../model.ts';
import { modelJsonReader } from '../model-json.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { type CountForm, type CountRecord, emptyRecord, nextRecord } from './count-forms.ts';
import { emptyShelf, findRecord, putRecord, type Shelf } from './features-state.ts';
import { laplaceEstimate } from './laplace.ts';

/** Plain data: JSON in and out without loss. */
export interface CountState {
  readonly all: CountRecord;
  readonly skills: Shelf;
}

/** Weights with the variance of each (diagonal Laplace). */
export interface CountWeights {
  readonly weight: readonly number[];
  readonly variance: readonly number[];
}

export interface CountContent {
  /** Base, then the counts in all. */
  readonly all: CountWeights;
  /** One weight each. */
  readonly items: ReadonlyMap<string, CountWeights>;
  /** Bias, then the counts per skill. */
  readonly skills: ReadonlyMap<string, CountWeights>;
  /** What a skill never met starts from: mean weights of the fitted skills, by answers; variances between skills. */
  readonly typical: CountWeights;
}

export const countVersion = '1';

export function createFittedCounts(
  form: CountForm,
  content: CountContent,
  neighbours: SkillNeighbours = () => [],
): FittedTracingModel<CountState> {
  const { all, items, skills, typical } = content;
  const counts = new Float64Array(1 + Math.max(form.perSkill.length, form.inAll.length));
  counts[0] = 1;

  const skillOf = (label: string): CountWeights => skills.get(label) ?? borrowed(typical, neighbours(label), skills);

  function estimate(state: CountState, question: TracedQuestion): { odds: number; variance: number } {
    const sum = { odds: 0, variance: 0 };
    form.all(state.all, counts, 1);
    add(sum, all, counts);
    const item = items.get(question.item);
    if (item !== undefined) add(sum, item, counts);
    for (const label of new Set(question.skills)) {
      form.skill(findRecord(state.skills, label), question.time ?? Number.NaN, counts, 1);
      add(sum, skillOf(label), counts);
    }
    return sum;
  }

  return {
    ...{ name: form.name, version: countVersion, masteryMeans: 'answered', degenerateSkills: null },
    initial: () => ({ all: emptyRecord, skills: emptyShelf }),
    update(state, { skills: labels, correct, time = Number.NaN }) {
      let next = state.skills;
      for (const label of new Set(labels)) {
        const before = findRecord(state.skills, label) ?? emptyRecord;
        next = putRecord(next, label, nextRecord(before, correct, time, form.times));
      }
      return { all: nextRecord(state.all, correct, Number.NaN, false), skills: next };
    },
    predict: (state, question) => bounded(logistic(estimate(state, question).odds)),
    mastery(state, skill): Estimate {
      // As if asked right after the last answer on it: windows of time are as full as they were then.
      const record = findRecord(state.skills, skill);
      const time = record !== undefined && record.length > 2 ? record[record.length - 2] : Number.NaN;
      const { odds, variance } = estimate(state, { item: itemNeverSeen, skills: [skill], time });
      return laplaceEstimate(odds, variance);
    },
    toJSON: () => ({
      ...{ model: form.name, version: countVersion, all, typical },
      items: [...items].map(([label, weights]) => ({ label, ...weights })),
      skills: [...skills].map(([label, weights]) => ({ label, ...weights })),
    }),
  };
}

// No label of an institution's holds this character.
const itemNeverSeen = '\u0000';

/** Raw counts have no bound, so that log-odds may round to a certainty. */
function bounded(p: number): number {
  return Math.min(1 - 1e-9, Math.max(1e-9, p));
}

function add(sum: { odds: number; variance: number }, { weight, variance }: CountWeights, x: Float64Array): void {
  for (let f = 0; f < weight.length; f++) {
    sum.odds += weight[f] * x[f];
    sum.variance += variance[f] * x[f] * x[f];
  }
}

/** The mean of the typical skill and of the neighbours that were fitted. */
function borrowed(
  typical: CountWeights,
  near: readonly string[],
  skills: ReadonlyMap<string, CountWeights>,
): CountWeights {
  const known = near.map((label) => skills.get(label)).filter((weights) => weights !== undefined);
  const mean = (f: number) => known.reduce((sum, weights) => sum + weights.weight[f], typical.weight[f]);
  return { weight: typical.weight.map((_, f) => mean(f) / (known.length + 1)), variance: typical.variance };
}

/** Reads what `toJSON` wrote. */
export function countsFromJson(
  form: CountForm,
  json: unknown,
  neighbours?: SkillNeighbours,
): FittedTracingModel<CountState> {
  const reader = modelJsonReader(form.name, countVersion);
  const fields = reader.head(json);
  const weights = (entry: unknown, place: string, length: number): CountWeights => {
    const { weight, variance } = reader.record(entry, place);
    return {
      weight: reader.numbers(weight, `weights of ${place}`, length),
      variance: reader.numbers(variance, `variances of ${place}`, length),
    };
  };
  const labelled = (entries: unknown, place: string, length: number) =>
    new Map(
      reader.list(entries, place).map((entry, k) => {
        const label = reader.text(reader.record(entry, `${place}[${k}]`)['label'], `the label of ${place}[${k}]`);
        return [label, weights(entry, `${place} "${label}"`, length)] as const;
      }),
    );
  const perSkill = 1 + form.perSkill.length;
  const content = {
    all: weights(fields['all'], 'weights in all', 1 + form.inAll.length),
    typical: weights(fields['typical'], 'the typical skill', perSkill),
    items: labelled(fields['items'], 'items', 1),
    skills: labelled(fields['skills'], 'skills', perSkill),
  };
  return createFittedCounts(form, content, neighbours);
}
