/** First answers as figures: a response model, how well each exercise keeps to it, and whether it is fair to groups. */
import { proportionInterval } from '@qurriculum/evidence';
import {
  adjustForDiscoveries,
  type DifferentialFunctioning,
  differentialFunctioning,
  estimateAbilities,
  type FittedResponseModel,
  fitResponseModel,
  type ItemErrors,
  type ItemFit,
  itemErrors,
  itemFit,
  type LogisticItem,
  type LongWork,
  type ResponseTable,
} from '@qurriculum/learner';
import type { AnalysedItem, ResponseAnalysis } from '../resources/items/schema.ts';
import { remarksOn } from './item-remarks.ts';
import { ANSWERS_FOR_SLOPES, LEAST_OF_GROUP } from './limits.ts';
import type { AnalysedItemRow } from './read-answers.ts';

export interface ResponseInput {
  readonly items: readonly AnalysedItemRow[];
  readonly responses: ResponseTable;
  /** The group of each learner of the table, null for those in none. */
  readonly groups: readonly (string | null)[];
}

/** Part of the work that each step takes, about. */
const STEPS = { fit: 0.4, errors: 0.5, abilities: 0.55, fitStatistics: 0.75 } as const;

export async function analyseResponses(
  { items, responses, groups }: ResponseInput,
  work: (from: number, to: number) => LongWork,
): Promise<ResponseAnalysis> {
  const counts = items.map((_, j) => countAnswers(responses, j));
  const median = counts.map(({ answers }) => answers).sort((a, b) => a - b)[Math.floor(counts.length / 2)];
  const model = median >= ANSWERS_FOR_SLOPES ? '2pl' : '1pl';
  const fitted = await fitResponseModel(responses, model, work(0, STEPS.fit));
  const errors = await itemErrors(fitted, responses, work(STEPS.fit, STEPS.errors));
  const abilities = await estimateAbilities(fitted.items, responses, work(STEPS.errors, STEPS.abilities));
  const fits = await itemFit(fitted.items, responses, work(STEPS.abilities, STEPS.fitStatistics));
  const compared = await compareGroups(fitted, responses, groups, work(STEPS.fitStatistics, 1));
  const scoreTests = adjustForDiscoveries(fits.map(({ scoreFit }) => scoreFit?.pValue || 1));
  return {
    ...{ model, converged: fitted.converged, why: sayWhy(model, median), slope: commonSlope(fitted) },
    reliability: reliabilityOf(abilities.mean, abilities.standardError),
    items: items.map((row, j) => {
      const figures = {
        ...{ id: row.id, name: row.name, skills: [...row.skills], answers: counts[j].answers },
        right: share(counts[j]),
        ...parametersOf(fitted, j, errors[j]),
        fit: fitOf(fits[j]),
        gap: compared.gaps[j],
      };
      return { ...figures, remarks: remarksOn(figures, scoreTests[j]) };
    }),
    abilities: histogram(abilities.mean),
    groups: compared.groups,
  };
}

const commonSlope = ({ items }: FittedResponseModel): number =>
  Math.exp(items.reduce((sum, { slope }) => sum + Math.log(slope), 0) / items.length);

const sayWhy = (model: '1pl' | '2pl', median: number): string =>
  model === '2pl'
    ? `Each exercise has a difficulty and a slope of its own: half of them have ${median} first answers or more, and ` +
      `${ANSWERS_FOR_SLOPES} suffice for that.`
    : `Each exercise has a difficulty of its own and all share one slope: half of them have ${median} first answers or ` +
      `fewer, and slopes of their own need ${ANSWERS_FOR_SLOPES}.`;

function countAnswers({ learners, items, values }: ResponseTable, column: number) {
  let answers = 0;
  let right = 0;
  for (let i = 0; i < learners; i++) {
    const value = values[i * items + column];
    if (value < 0) continue;
    answers++;
    right += value;
  }
  return { answers, right };
}

function share({ right, answers }: { readonly right: number; readonly answers: number }) {
  const { mean, low, high } = proportionInterval(right, answers);
  return { mean, low, high };
}

const Z = 1.96;
const around = (mean: number, error: number) => ({ mean, low: mean - Z * error, high: mean + Z * error });
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function parametersOf({ items, model }: FittedResponseModel, j: number, errors: ItemErrors) {
  const { slope, difficulty } = items[j] as LogisticItem;
  const logit = around(-slope * difficulty, errors.intercepts[0]);
  return {
    difficulty: around(difficulty, errors.locations[0]),
    slope: model === '1pl' ? null : around(slope, errors.slope),
    middle: { mean: logistic(logit.mean), low: logistic(logit.low), high: logistic(logit.high) },
  };
}

function fitOf({ scoreFit, infit, infitDeviation }: ItemFit): AnalysedItem['fit'] {
  if (scoreFit !== null && Number.isFinite(scoreFit.pValue)) return { method: 'score', ...scoreFit };
  return { method: 'infit', value: infit, low: 1 - Z * infitDeviation, high: 1 + Z * infitDeviation };
}

/** var(estimates) / (var(estimates) + mean squared error). */
function reliabilityOf(mean: Float64Array, error: Float64Array): number {
  const centre = mean.reduce((sum, value) => sum + value, 0) / mean.length;
  const spread = mean.reduce((sum, value) => sum + (value - centre) ** 2, 0) / mean.length;
  const noise = error.reduce((sum, value) => sum + value ** 2, 0) / mean.length;
  return spread / (spread + noise);
}

const BIN = 0.25;

function histogram(values: Float64Array): ResponseAnalysis['abilities'] {
  const bins = new Map<number, number>();
  for (const value of values) bins.set(Math.floor(value / BIN), (bins.get(Math.floor(value / BIN)) ?? 0) + 1);
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, learners]) => ({ low: bin * BIN, high: (bin + 1) * BIN, learners }));
}

/** Groups with enough learners, and per item what divides them at equal ability; null where a group hardly answered it. */
async function compareGroups(
  { items }: FittedResponseModel,
  responses: ResponseTable,
  groups: readonly (string | null)[],
  work: LongWork,
): Promise<{ groups: ResponseAnalysis['groups']; gaps: AnalysedItem['gap'][] }> {
  const sizes = new Map<string, number>();
  for (const group of groups) if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const kept = [...sizes].filter(([, learners]) => learners >= LEAST_OF_GROUP).sort(([a], [b]) => (a < b ? -1 : 1));
  const gaps: AnalysedItem['gap'][] = items.map(() => null);
  const named = kept.map(([group, learners]) => ({ group, learners }));
  if (kept.length < 2) return { groups: named, gaps };
  const large = new Set(kept.map(([group]) => group));
  const rows = [...groups.keys()].filter((i) => large.has(groups[i] ?? ''));
  const table = selectRows(responses, rows);
  const labels = rows.map((i) => groups[i] as string);
  const found = await differentialFunctioning(items, table, labels, work);
  const enough = found.filter(({ item }) => answersByGroup(table, labels, item) >= LEAST_OF_GROUP);
  const adjusted = adjustForDiscoveries(enough.map(({ pValue }) => pValue));
  enough.forEach((one, k) => {
    gaps[one.item] = gapOf(one, countAnswers(table, one.item), adjusted[k]);
  });
  return { groups: named, gaps };
}

/** Answers to an item by the group that gave fewest. */
function answersByGroup({ items, values }: ResponseTable, labels: readonly string[], item: number): number {
  const counts = new Map(labels.map((label) => [label, 0]));
  labels.forEach((label, i) => {
    if (values[i * items + item] >= 0) counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  return Math.min(...counts.values());
}

function selectRows(responses: ResponseTable, rows: readonly number[]): ResponseTable {
  const { items, values } = responses;
  const kept = new Int8Array(rows.length * items);
  rows.forEach((row, i) => {
    kept.set(values.subarray(row * items, (row + 1) * items), i * items);
  });
  return { ...responses, learners: rows.length, values: kept };
}

/** Logits to chances about the share of right answers: logistic(l + gap / 2) - logistic(l - gap / 2). */
function gapOf(
  { gap, effectClass }: DifferentialFunctioning,
  { right, answers }: { readonly right: number; readonly answers: number },
  pValue: number,
): AnalysedItem['gap'] {
  const logit = Math.log((right + 0.5) / (answers - right + 0.5));
  const points = (logits: number): number => logistic(logit + logits / 2) - logistic(logit - logits / 2);
  return {
    ...{ easiest: gap.easiest, hardest: gap.hardest, effect: effectClass, pValue },
    points: { mean: points(gap.logits), low: points(gap.low), high: points(gap.high) },
  };
}
