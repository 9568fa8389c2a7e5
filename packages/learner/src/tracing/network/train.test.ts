import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { groupByLearner } from '../../interactions-builder.ts';
import { packLanes } from './lanes.ts';
import { carryStates, createNetwork, moveStates, readStates } from './network.ts';
import { featureCount, featureWidth, type NetworkRows } from './rows.ts';
import { loadBatch, type TrainingOptions, trainNetwork, truncation } from './train.ts';

/** Learners whose answer depends on nothing but the one before: right after right .9, right after wrong .2. */
function chainRows(learners: number, length: number): NetworkRows {
  const random = createRandom('chain');
  const rows = learners * length;
  const correct = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const before = row % length === 0 ? null : correct[row - 1];
    correct[row] = random.chance(before === null ? 2 / 3 : before === 1 ? 0.9 : 0.2) ? 1 : 0;
  }
  return {
    byLearner: groupByLearner(
      Int32Array.from({ length: rows }, (_, row) => Math.floor(row / length)),
      learners,
    ),
    features: new Float32Array(rows * featureCount),
    correct,
    skillsOf: () => [0],
  };
}

const shape = { skills: 1, features: featureWidth };
const options: TrainingOptions = { seed: 3, epochs: 5, lanes: 4, dropout: 0.2, rate: 0.006 };

describe('training', () => {
  it('comes to the entropy of a chain, below which no model can get', async () => {
    const rows = chainRows(100, 60);
    const network = createNetwork(shape, { lanes: 1, steps: truncation });
    network.flat.set(await trainNetwork(shape, rows, options));
    const packed = packLanes(rows.byLearner, 1, createRandom(1));
    let loss = 0;
    let optimum = 0;
    for (let from = 0; from < packed.longest; from += truncation) {
      loadBatch(network, rows, packed, from);
      moveStates(network);
      readStates(network);
      for (let k = 0; k < truncation && from + k < packed.longest; k++) {
        const row = packed.rows[0][from + k];
        const of = (p: number) => -Math.log(rows.correct[row] === 1 ? p : 1 - p);
        loss += of(network.probability[k]);
        optimum += of(row % 60 === 0 ? 2 / 3 : rows.correct[row - 1] === 1 ? 0.9 : 0.2);
      }
      carryStates(network);
    }
    expect((loss - optimum) / rows.correct.length).toBeLessThan(0.01);
    expect((loss - optimum) / rows.correct.length).toBeGreaterThan(-0.005);
  });

  it('gives the same bits in WebAssembly and in TypeScript, others from another seed', async () => {
    const rows = chainRows(4, 40);
    const train = (more: Partial<TrainingOptions>) => trainNetwork(shape, rows, { ...options, epochs: 1, ...more });
    const weights = await train({});
    expect([...(await train({ matrices: { backend: 'typescript' } }))]).toEqual([...weights]);
    expect([...(await train({ seed: 4 }))]).not.toEqual([...weights]);
  });

  it('stops where the pause throws, before the next batch', async () => {
    let batches = 0;
    const onBatch = () => {
      batches++;
    };
    const pause = async () => {
      if (batches === 2) throw new Error('enough');
    };
    await expect(trainNetwork(shape, chainRows(20, 60), { ...options, pause, onBatch })).rejects.toThrow('enough');
    expect(batches).toBe(2);
  });
});
