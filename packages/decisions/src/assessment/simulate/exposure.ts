/**
 * Sympson-Hetter exposure parameters (Sympson & Hetter 1985, Proceedings of the Military Testing Association): in rounds of
 * simulated tests, K_i = min(1, r / P(item i is chosen)), until no item is asked of more than a share r of the learners.
 */
import { createRandom } from '@qurriculum/random';
import { drawTaker, type SimulatedBank } from './bank.ts';
import { runTest, type TestSettings } from './run.ts';

export interface SympsonHetterOptions {
  /** r, the share of learners an item may be asked of. */
  readonly target: number;
  readonly learners: number;
  readonly rounds: number;
  readonly seed: number;
}

/** One parameter per item, 0 to 1. */
export function sympsonHetter(
  bank: SimulatedBank,
  settings: TestSettings,
  { target, learners, rounds, seed }: SympsonHetterOptions,
): Float64Array {
  const parameters = new Float64Array(bank.items.length).fill(1);
  // No cap here: it would hide which items the parameters leave too frequent.
  const exposure = { most: Infinity, tests: 0, asked: new Int32Array(bank.items.length), parameters };
  for (let round = 0; round < rounds; round++) {
    const asked = new Float64Array(bank.items.length);
    for (let index = 0; index < learners; index++) {
      const taker = drawTaker(bank, seed, round * learners + index);
      const random = createRandom(seed).fork('sympson-hetter', round, index);
      for (const { item } of runTest(bank, taker, settings, random, exposure).answers) asked[item]++;
    }
    // P(chosen) = P(asked) / K; an item that was hardly chosen keeps to 1.
    parameters.forEach((parameter, item) => {
      const chosen = asked[item] / learners / Math.max(parameter, 1e-6);
      parameters[item] = chosen > target ? target / chosen : 1;
    });
  }
  return parameters;
}
