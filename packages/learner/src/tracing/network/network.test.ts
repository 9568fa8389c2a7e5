import type { MatricesOptions, Numbers } from '@qurriculum/kernels';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { groupByLearner } from '../../interactions-builder.ts';
import { createAdam } from './adam.ts';
import { backward, meanLoss } from './gradient.ts';
import { packLanes } from './lanes.ts';
import { carryStates, createNetwork, moveStates, type Network, readStates } from './network.ts';
import { answerWidth, stateWidth, type WeightName, weightCount, weightViews } from './shape.ts';

const shape = { skills: 3, features: 8 };

/** A network of random weights on a batch of random rows: learners begin within it, some places are empty. */
function randomNetwork(options: MatricesOptions, training = true, lanes = 2, steps = 4): Network {
  const random = createRandom('network');
  const network = createNetwork(shape, { ...options, lanes, steps, training });
  const fill = (array: Numbers, scale: number) => {
    for (let k = 0; k < array.length; k++) array[k] = scale * random.normal();
  };
  fill(network.flat, 0.3);
  fill(network.features, 1);
  fill(network.answers, 1);
  fill(network.states.subarray(0, lanes * stateWidth), 0.5);
  for (let k = 0; k < network.mask.length; k++) network.mask[k] = random.chance(0.5) ? 2 : 0;
  for (let row = 0; row < lanes * steps; row++) {
    network.correct[row] = random.chance(0.6) ? 1 : 0;
    network.first[row] = random.chance(0.2) ? 1 : 0;
    network.present[row] = random.chance(0.9) ? 1 : 0;
    network.skills[row] = random.chance(0.3) ? [0, 2] : [random.integer(4)];
  }
  return network;
}

function forward(network: Network): void {
  moveStates(network);
  readStates(network);
}

describe('the network', () => {
  it('has the slopes that finite differences give, every weight of every part', () => {
    const network = randomNetwork({ precision: 'float64' });
    forward(network);
    backward(network);
    const slopes = weightViews(network.matrices.arrays.slopes, shape);
    const lossAt = (array: Numbers, k: number, value: number) => {
      const held = array[k];
      array[k] = value;
      forward(network);
      array[k] = held;
      return meanLoss(network);
    };
    const random = createRandom('which');
    for (const name of Object.keys(slopes) as WeightName[]) {
      const weights = network.weights[name];
      // All of the small parts, some of the large ones.
      const chosen =
        weights.length <= 16 ? [...weights.keys()] : Array.from({ length: 16 }, () => random.integer(weights.length));
      const gaps = chosen.map((k) => {
        const difference = lossAt(weights, k, weights[k] + 1e-5) - lossAt(weights, k, weights[k] - 1e-5);
        return Math.abs(difference / 2e-5 - slopes[name][k]);
      });
      expect(Math.max(...gaps), name).toBeLessThan(1e-8);
      expect(Math.max(...slopes[name].map(Math.abs)), name).toBeGreaterThan(1e-4);
    }
  });

  it('gives the same bits in WebAssembly and in TypeScript, forwards and backwards', () => {
    const [wasm, twin] = ([{}, { backend: 'typescript' }] as const).map((options) => {
      const network = randomNetwork(options);
      forward(network);
      backward(network);
      return network;
    });
    expect([wasm.matrices.backend, twin.matrices.backend]).toEqual(['wasm-simd', 'typescript']);
    expect([...wasm.probability]).toEqual([...twin.probability]);
    expect([...wasm.matrices.arrays.slopes]).toEqual([...twin.matrices.arrays.slopes]);
  });

  it('says the same of a row whatever other rows are in the batch', () => {
    const whole = randomNetwork({}, false, 3, 6);
    whole.mask.fill(1);
    const alone = createNetwork(shape, { lanes: 1, steps: 1 });
    alone.flat.set(whole.flat);
    alone.states.set(whole.states.subarray(stateWidth, 2 * stateWidth));
    forward(whole);
    for (let step = 0; step < 6; step++) {
      const row = 3 * step + 1;
      alone.features.set(whole.features.subarray(8 * row, 8 * row + 8));
      alone.answers.set(whole.answers.subarray(answerWidth * row, answerWidth * (row + 1)));
      alone.correct[0] = whole.correct[row];
      alone.first[0] = whole.first[row];
      alone.skills[0] = whole.skills[row];
      forward(alone);
      expect(alone.probability[0]).toBe(whole.probability[row]);
      carryStates(alone);
    }
  });

  it('is a GRU as defined, one number worked out by hand', () => {
    const network = createNetwork(shape, { lanes: 1, steps: 1, precision: 'float64' });
    const { weights, answers, states } = network;
    answers[32] = 0.7;
    states[0] = 0.4;
    weights.answerWeights.set([0.5, 0, 0, 0], 32 * 192);
    weights.answerWeights[32 * 192 + 64] = -0.3;
    weights.answerWeights[32 * 192 + 128] = 0.9;
    weights.stateWeights[0] = 0.2;
    weights.stateWeights[64] = 0.6;
    weights.stateWeights[128] = -0.8;
    moveStates(network);
    const logistic = (x: number) => 1 / (1 + Math.exp(-x));
    const r = logistic(0.7 * 0.5 + 0.4 * 0.2);
    const z = logistic(0.7 * -0.3 + 0.4 * 0.6);
    const n = Math.tanh(0.7 * 0.9 + r * (0.4 * -0.8));
    expect(states[stateWidth]).toBeCloseTo((1 - z) * n + z * 0.4, 12);
  });
});

describe('Adam', () => {
  it('takes the steps of the paper, worked out in float64', () => {
    const weights = new Float32Array([1, -2, 0.5]);
    const step = createAdam(weights, { clip: 1e9 });
    const expected = [1, -2, 0.5];
    const [m, v] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    for (let t = 1; t <= 5; t++) {
      const slopes = expected.map((w, k) => w * (k + 1) + t);
      step(new Float32Array(slopes), 0.01);
      for (let k = 0; k < 3; k++) {
        m[k] = 0.9 * m[k] + 0.1 * slopes[k];
        v[k] = 0.999 * v[k] + 0.001 * slopes[k] ** 2;
        expected[k] -= (0.01 * (m[k] / (1 - 0.9 ** t))) / (Math.sqrt(v[k] / (1 - 0.999 ** t)) + 1e-8);
      }
    }
    expected.forEach((w, k) => void expect(weights[k]).toBeCloseTo(w, 5));
  });

  it('ends at the minimum of a bowl', () => {
    const weights = new Float32Array(4);
    const step = createAdam(weights, { clip: 0.5 });
    const aim = [1, -1, 3, 0.25];
    for (let t = 0; t < 2000; t++)
      step(
        Float32Array.from(aim, (a, k) => (k + 1) * (weights[k] - a)),
        0.02 * (1 - t / 2000),
      );
    aim.forEach((a, k) => void expect(weights[k]).toBeCloseTo(a, 3));
  });
});

describe('lanes', () => {
  it('hold every row once, learners whole and in order, about equally long', () => {
    const random = createRandom('lanes');
    const learner = Int32Array.from({ length: 3000 }, () => Math.floor(random.next() ** 2 * 200));
    const byLearner = groupByLearner(learner, 205);
    const { rows, first, longest } = packLanes(byLearner, 7, random);
    expect(rows.flatMap((lane) => [...lane]).sort((a, b) => a - b)).toEqual([...learner.keys()]);
    expect(longest).toBeLessThan(1.1 * (3000 / 7));
    for (const [lane, own] of rows.entries()) {
      for (let k = 0; k < own.length; k++) {
        const begins = k === 0 || learner[own[k]] !== learner[own[k - 1]];
        expect(first[lane][k]).toBe(begins ? 1 : 0);
        if (!begins) expect(own[k]).toBeGreaterThan(own[k - 1]);
      }
    }
    expect(weightCount(shape) % 4).toBe(0);
  });
});
