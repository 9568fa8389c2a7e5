import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import type { InteractionTable } from '../../interactions.ts';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { answersOfTable } from '../evaluate.ts';
import { modelJsonReader } from '../model-json.ts';
import { featureNames } from './features.ts';
import { featureStatisticsFromJson, featureStatisticsToJson } from './features-json.ts';
import { featureMatrix } from './features-matrix.ts';
import { fitFeatureStatistics } from './features-statistics.ts';
import { createFeatureTracker } from './features-tracker.ts';

/** Rows with no, one or several skills, with and without times. */
function randomTable(seed: string, learners: number): InteractionTable {
  const random = createRandom(seed);
  const rows: InteractionRow[] = [];
  const sets = [['a'], ['b'], ['a', 'b'], [], ['c', 'd', 'a'], ['e']];
  for (let learner = 0; learner < learners; learner++) {
    for (let k = 0; k < 25; k++) {
      const item = random.integer(12);
      rows.push({
        ...{ learner: `l${learner}`, item: `i${item}`, skills: sets[item % sets.length], correct: random.chance(0.6) },
        time: learner % 2 === 0 ? 60 * k * k : undefined,
      });
    }
  }
  return tableFromRows(rows);
}

describe('features', () => {
  const train = randomTable('train', 40);
  const test = randomTable('test', 6);
  const width = featureNames.length;

  it('are the same in the pass over a table and online, before and after JSON, to the last bit', async () => {
    const { statistics } = await fitFeatureStatistics(train, 1);
    const json = JSON.parse(JSON.stringify(featureStatisticsToJson(statistics)));
    const revived = featureStatisticsFromJson(json, modelJsonReader('test', '1'));
    const matrix = await featureMatrix(statistics, test);
    expect(new Set(featureNames).size).toBe(width);
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
});
