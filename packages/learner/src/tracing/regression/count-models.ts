/** `pfa`, `best-lr` and `das3h`: the published logistic regressions on counts (count-forms.ts), fitted to the maximum. */
import type { InteractionTable } from '../../interactions.ts';
import { rowsByLearner } from '../../interactions-select.ts';
import { createPause } from '../../pause.ts';
import type { TracingModel } from '../model.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import {
  bestLrForm,
  type CountForm,
  type CountRecord,
  das3hForm,
  emptyRecord,
  nextRecord,
  pfaForm,
} from './count-forms.ts';
import {
  type CountContent,
  type CountState,
  type CountWeights,
  countsFromJson,
  countVersion,
  createFittedCounts,
} from './count-model.ts';
import { fitSparseLogistic, type SparseFit, type SparseRows } from './sparse-logistic.ts';

export interface CountModelOptions {
  /** Precision of the normal prior on every weight but the base; default 1, as in Gervet et al. 2020. */
  readonly precision?: number;
  /** Skills near a skill: a skill without answers starts from theirs. */
  readonly neighbours?: SkillNeighbours;
}

/** Performance factors analysis. */
export const performanceFactors = (options?: CountModelOptions) => countModel(pfaForm, options);
/** Gervet et al.'s best logistic regression. */
export const bestLogisticRegression = (options?: CountModelOptions) => countModel(bestLrForm, options);
/** Item difficulty, skills, and practice in windows of time. */
export const das3h = (options?: CountModelOptions) => countModel(das3hForm, options);

// The base must follow the share of right answers, not a prior.
const basePrecision = 1e-6;

function countModel(form: CountForm, { precision = 1, neighbours }: CountModelOptions = {}): TracingModel<CountState> {
  if (!(precision > 0 && Number.isFinite(precision))) {
    throw new RangeError(`${form.name}: expected a precision above 0, got ${precision}; pass e.g. 1.`);
  }
  return {
    name: form.name,
    version: countVersion,
    fromJSON: (json) => countsFromJson(form, json, neighbours),
    async fit(table, { signal, onProgress = () => {} } = {}) {
      const pause = createPause(signal);
      await pause();
      const layout = layoutOf(form, table);
      const rows = await sparseRows(form, layout, table, pause);
      const precisions = new Float64Array(layout.columns).fill(precision);
      precisions[0] = basePrecision;
      let reached = 0;
      const fit = await fitSparseLogistic(rows, precisions, pause, (fraction) => {
        reached = Math.max(reached, fraction);
        onProgress(reached);
      });
      onProgress(1);
      return createFittedCounts(form, contentOf(form, layout, table, fit, precision), neighbours);
    },
  };
}

/** Columns: base, counts in all, items, then bias and counts of each skill. */
interface Layout {
  readonly items: number;
  readonly skills: number;
  readonly perSkill: number;
  readonly columns: number;
}

function layoutOf(form: CountForm, table: InteractionTable): Layout {
  const items = 1 + form.inAll.length;
  const skills = items + (form.items ? table.items.length : 0);
  const perSkill = 1 + form.perSkill.length;
  return { items, skills, perSkill, columns: skills + perSkill * table.skills.length };
}

async function sparseRows(
  form: CountForm,
  layout: Layout,
  table: InteractionTable,
  pause: () => Promise<void>,
): Promise<SparseRows> {
  const members = table.skillSets;
  const start = new Int32Array(table.rows + 1);
  for (let row = 0; row < table.rows; row++) {
    const size = layout.items + (form.items ? 1 : 0) + layout.perSkill * members[table.skillSet[row]].length;
    start[row + 1] = start[row] + size;
  }
  const index = new Int32Array(start[table.rows]);
  const value = new Float32Array(index.length);
  const counts = new Float64Array(Math.max(layout.items, layout.perSkill)).fill(1, 0, 1);
  const learners = rowsByLearner(table);
  for (let learner = 0; learner < table.learners.length; learner++) {
    if ((learner & 7) === 0) await pause();
    let all: CountRecord = emptyRecord;
    const skills = new Map<number, CountRecord>();
    for (let k = learners.start[learner]; k < learners.start[learner + 1]; k++) {
      const row = learners.rows[k];
      let to = start[row];
      const put = (column: number, size: number): void => {
        for (let f = 0; f < size; f++, to++) {
          index[to] = column + f;
          value[to] = counts[f];
        }
      };
      form.all(all, counts, 1);
      put(0, layout.items);
      if (form.items) put(layout.items + table.item[row], 1);
      const correct = table.correct[row] === 1;
      for (const skill of members[table.skillSet[row]]) {
        form.skill(skills.get(skill), table.time[row], counts, 1);
        put(layout.skills + skill * layout.perSkill, layout.perSkill);
        skills.set(skill, nextRecord(skills.get(skill) ?? emptyRecord, correct, table.time[row], form.times));
      }
      all = nextRecord(all, correct, Number.NaN, false);
    }
  }
  return { start, index, value, correct: table.correct };
}

function contentOf(
  form: CountForm,
  layout: Layout,
  table: InteractionTable,
  fit: SparseFit,
  precision: number,
): CountContent {
  const at = (column: number, size: number): CountWeights => ({
    weight: [...fit.weight.subarray(column, column + size)],
    variance: [...fit.variance.subarray(column, column + size)],
  });
  const itemAnswers = new Int32Array(table.items.length);
  const skillAnswers = new Int32Array(table.skills.length);
  for (let row = 0; row < table.rows; row++) {
    itemAnswers[table.item[row]]++;
    for (const skill of table.skillSets[table.skillSet[row]]) skillAnswers[skill]++;
  }
  const answered = (counts: Int32Array) => [...counts.keys()].filter((k) => counts[k] > 0);
  const skills = answered(skillAnswers).map(
    (skill) => [table.skills[skill], at(layout.skills + skill * layout.perSkill, layout.perSkill)] as const,
  );
  const items = form.items
    ? answered(itemAnswers).map((item) => [table.items[item], at(layout.items + item, 1)] as const)
    : [];
  return {
    all: at(0, layout.items),
    items: new Map(items),
    skills: new Map(skills),
    typical: typicalSkill(
      skills.map(([, weights]) => weights.weight),
      answered(skillAnswers).map((skill) => skillAnswers[skill]),
      layout.perSkill,
      precision,
    ),
  };
}

/** Means weighted by answers; variances between skills, at least those of one answer. */
function typicalSkill(
  weights: readonly (readonly number[])[],
  answers: readonly number[],
  size: number,
  precision: number,
): CountWeights {
  const total = answers.reduce((sum, n) => sum + n, 0);
  const average = (of: (weight: readonly number[]) => number) =>
    total === 0 ? 0 : weights.reduce((sum, weight, k) => sum + answers[k] * of(weight), 0) / total;
  const weight = Array.from({ length: size }, (_, f) => average((one) => one[f]));
  const variance = weight.map((mean, f) =>
    weights.length < 2 ? 1 / precision : average((one) => (one[f] - mean) ** 2),
  );
  return { weight, variance };
}
