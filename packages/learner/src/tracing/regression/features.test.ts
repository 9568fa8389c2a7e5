import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import type { InteractionTable } from '../../interactions.ts';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { answersOfTable } from '../evaluate.ts';
import { modelJsonReader } from '../model-json.ts';
import { featureNames } from './features.ts';
import { featureContexts } from './features-contexts.ts';
import { featureStatisticsFromJson, featureStatisticsToJson } from './features-json.ts';
import { createFeatureLabels } from './features-labels.ts';
import { featureMatrix, trainingFeatureMatrix } from './features-matrix.ts';
import { featureOdds } from './features-odds.ts';
import { pairKey } from './features-pairs.ts';
import { emptyShelf, findRecord, putRecord } from './features-state.ts';
import { fitFeatureStatistics } from './features-statistics.ts';
import { createFeatureTracker } from './features-tracker.ts';

/** Rows with no, one or several skills, with and without times. */
function randomTable(seed: string, learners: number, items = 12): InteractionTable {
  const random = createRandom(seed);
  const rows: InteractionRow[] = [];
  const sets = [['a'], ['b'], ['a', 'b'], [], ['c', 'd', 'a'], ['e'], ['f', 'b']];
  for (let learner = 0; learner < learners; learner++) {
    for (let k = 0; k < 25; k++) {
      const item = random.integer(items);
      const skills = sets[item % (items > 12 ? 7 : 6)];
      rows.push({
        ...{ learner: `l${learner}`, item: `i${item}`, skills, correct: random.chance(0.6) },
        time: learner % 2 === 0 ? 60 * k * k : undefined,
      });
    }
  }
  return tableFromRows(rows);
}

const width = featureNames.length;
const train = randomTable('train', 40);
// With items, a skill and sets that training never saw.
const test = randomTable('test', 6, 20);

describe('features', () => {
  it('are the same in the pass over a table and online, before and after JSON, to the last bit', async () => {
    const { statistics } = await fitFeatureStatistics(train, 1);
    const json = JSON.parse(JSON.stringify(featureStatisticsToJson(statistics)));
    const revived = featureStatisticsFromJson(json, modelJsonReader('test', '1'));
    const matrix = await featureMatrix(statistics, test);
    expect(new Set(featureNames).size).toBe(width);
    expect(matrix.every(Number.isFinite)).toBe(true);
    for (const tracker of [statistics, revived].map((one) => createFeatureTracker(one))) {
      const answer = answersOfTable(test);
      const out = new Float32Array(width + 1);
      let state = tracker.initial();
      for (let row = 0; row < test.rows; row++) {
        if (row > 0 && test.learner[row] !== test.learner[row - 1]) state = tracker.initial();
        tracker.features(state, answer(row), out, 1);
        expect(out.subarray(1)).toEqual(matrix.subarray(row * width, (row + 1) * width));
        state = JSON.parse(JSON.stringify(tracker.update(state, answer(row))));
      }
    }
  });

  it('depend on no answer from their own row on, to the last bit', async () => {
    const { statistics } = await fitFeatureStatistics(train, 1);
    const correct = test.correct.map((one, row) => (row % 25 >= 12 ? 1 - one : one));
    const [base, flipped] = [
      await featureMatrix(statistics, test),
      await featureMatrix(statistics, { ...test, correct }),
    ];
    const early = (matrix: Float32Array) => [...matrix].filter((_, k) => Math.floor(k / width) % 25 <= 12);
    expect(early(flipped)).toEqual(early(base));
    expect(flipped).not.toEqual(base);
  });

  it('know nothing of the outcomes of their own fold in training', async () => {
    const fitted = await fitFeatureStatistics(train, 1);
    const correct = train.correct.map((one, row) => (fitted.fold[train.learner[row]] === 0 ? 1 - one : one));
    const table = { ...train, correct };
    const [base, flipped] = [
      await trainingFeatureMatrix(fitted, train),
      await trainingFeatureMatrix(await fitFeatureStatistics(table, 1), table),
    ];
    const firstRows = [...train.learners.keys()].map((learner) => train.learner.indexOf(learner));
    const row = (matrix: Float32Array, r: number) => matrix.subarray(r * width, (r + 1) * width);
    for (const [learner, r] of firstRows.entries()) {
      if (fitted.fold[learner] === 0) expect(row(flipped, r)).toEqual(row(base, r));
      else expect(row(flipped, r)).not.toEqual(row(base, r));
    }
  });

  it('count what a plain count over the rows gives', async () => {
    const { statistics, fold, outside } = await fitFeatureStatistics(train, 3);
    for (const [left, { counts, items, pairs }] of [[-1, statistics] as const, ...outside.entries()]) {
      const expected = plainCounts(train, (learner) => fold[learner] !== left);
      const attempts = counts.contexts[featureContexts.findIndex(({ name }) => name.endsWith('at this attempt'))];
      const seen = counts.contexts[featureContexts.findIndex(({ name }) => name.endsWith('when met before'))];
      for (const [key, n] of expected.attempts) {
        const [set, attempt] = key.split(' ').map(Number);
        const labels = train.skillSets[set].map((skill) => statistics.skills.indexOf(train.skills[skill]));
        const own = statistics.skillSets.findIndex((members) => members.join() === labels.sort((a, b) => a - b).join());
        expect([attempts.answers[own * 10 + attempt], attempts.right[own * 10 + attempt]]).toEqual(n);
      }
      for (const [key, n] of expected.seen) {
        const [item, outcome] = key.split(' ').map(Number);
        const own = items.indexOf(train.items[item]) * 3 + outcome;
        expect([seen.answers[own], seen.right[own]]).toEqual(n);
      }
      for (const [key, n] of expected.pairs) {
        const [previous, outcome, item] = key.split(' ').map(Number);
        const [before, now] = [previous, item].map((one) => items.indexOf(train.items[one]));
        const at = pairs.find(pairKey(before, outcome, now, items.length));
        expect([counts.pair.answers[at], counts.pair.right[at]]).toEqual(n);
      }
      const total = (values: Int32Array) => values.reduce((sum, n) => sum + n, 0);
      const rows = train.learner.filter((learner) => fold[learner] !== left).length;
      for (const table of counts.contexts) expect(total(table.answers)).toBe(rows);
    }
  });

  it('lend a skill never met the shrunken log-odds of its neighbours', async () => {
    const { statistics } = await fitFeatureStatistics(train, 1);
    const odds = featureOdds(statistics);
    const labels = createFeatureLabels(statistics, odds, (skill) => (skill === 'new' ? ['a', 'b', 'unknown'] : []));
    const [a, b] = ['a', 'b'].map((skill) => odds.skill[statistics.skills.indexOf(skill)]);
    expect(labels.skillOdds('new')).toBeCloseTo((a + b + odds.base) / 3, 12);
    expect(labels.skillOdds('newer')).toBe(odds.base);
  });

  it('are kept on shelves that share all drawers but one after an update', () => {
    let shelf = emptyShelf;
    for (let k = 0; k < 500; k++) shelf = putRecord(shelf, `item ${k}`, [k]);
    const next = putRecord(shelf, 'item 7', [700]);
    expect(next.filter((drawer, k) => drawer !== shelf[k])).toHaveLength(1);
    expect([findRecord(shelf, 'item 7'), findRecord(next, 'item 7'), findRecord(next, 'item 499')]).toEqual([
      ...[[7], [700], [499]],
    ]);
    expect(findRecord(next, 'none')).toBeUndefined();
  });
});

type Tally = Map<string, [number, number]>;

/** Counts by Map, learner by learner, from the definitions of the contexts. */
function plainCounts(table: InteractionTable, counted: (learner: number) => boolean) {
  const found = { attempts: new Map() as Tally, seen: new Map() as Tally, pairs: new Map() as Tally };
  const add = (tally: Tally, key: string, correct: number) => {
    const [answers, right] = tally.get(key) ?? [0, 0];
    tally.set(key, [answers + 1, right + correct]);
  };
  const edges = [0, 1, 2, 3, 4, 5, 7, 10, 15, 25];
  for (let learner = 0; learner < table.learners.length; learner++) {
    if (!counted(learner)) continue;
    const rows = [...table.learner.keys()].filter((row) => table.learner[row] === learner);
    for (const [k, row] of rows.entries()) {
      const before = rows.slice(0, k);
      // On a set of one skill every answer on the skill counts, whatever else it was on.
      const set = table.skillSets[table.skillSet[row]];
      const onSet = before.filter((other) =>
        set.length === 1
          ? table.skillSets[table.skillSet[other]].includes(set[0])
          : table.skillSet[other] === table.skillSet[row],
      ).length;
      const onItem = before.filter((other) => table.item[other] === table.item[row]);
      const last = onItem.length === 0 ? 0 : 1 + table.correct[onItem[onItem.length - 1]];
      add(found.attempts, `${table.skillSet[row]} ${edges.findLastIndex((edge) => edge <= onSet)}`, table.correct[row]);
      add(found.seen, `${table.item[row]} ${last}`, table.correct[row]);
      if (k === 0) continue;
      const previous = rows[k - 1];
      add(found.pairs, `${table.item[previous]} ${table.correct[previous]} ${table.item[row]}`, table.correct[row]);
    }
  }
  return found;
}
