import {
  type BinaryQuadraticModel,
  bqmEnergy,
  bqmFlipDelta,
  createSampleSet,
  type Problem,
  type Solver,
} from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createResponses } from '../response/responses.ts';
import { amplifyPosterior } from './amplitude-amplification.ts';
import { createAttributes } from './attributes.ts';
import { diagnose } from './diagnose.ts';
import { fitDiagnosis } from './fit-diagnosis.ts';
import { diagnosisDesign } from './item-rules.ts';
import { mapProblem, solveState } from './map-bqm.ts';
import { enumeratePosterior, posteriorFactors, stateCost } from './posterior-factors.ts';
import { createQMatrix } from './q-matrix.ts';

/** Least energy of a state: auxiliary variables are coupled to attributes only, so each takes the side of its field. */
function bestValues(bqm: BinaryQuadraticModel, state: number): Int32Array {
  const values = Int32Array.from(bqm.variables, (_, v) => (v < 5 ? (state >> v) & 1 : 0));
  for (let v = 5; v < values.length; v++) values[v] = Number(bqmFlipDelta(bqm, values, v) < 0);
  return values;
}

/** Tries all states of five attributes. */
const exhaustive: Solver = {
  ...{ name: 'all', version: '1', kind: 'exact', description: 'Tries everything.' },
  refuses: () => null,
  async solve(problem: Problem) {
    if (problem.type !== 'bqm') throw new Error('expected a BQM');
    return createSampleSet(
      problem,
      Array.from({ length: 32 }, (_, state) => bestValues(problem, state)),
    );
  },
};

const sets = [[0], [1], [2], [3], [4], [0, 1, 2], [1, 3], [2, 3, 4]];

async function fitRandom(model: 'dina' | 'dino' | 'gdina', prior: 'states' | 'network') {
  const random = createRandom(`${model} ${prior}`);
  const structure = createAttributes(
    ['a', 'b', 'c', 'd', 'e'],
    [
      ['a', 'b'],
      ['c', 'e'],
      ['a', 'e'],
    ],
  );
  const rows = sets.map((set) => [0, 1, 2, 3, 4].map((k) => Number(set.includes(k))));
  const answers = Array.from({ length: 150 }, () => {
    const ability = random.normal();
    return sets.map((set) => Number(random.chance(1 / (1 + Math.exp(set.length - 1.5 - 2 * ability)))));
  });
  const design = diagnosisDesign(createQMatrix(rows, structure), model);
  return {
    fitted: await fitDiagnosis(createResponses(answers), design, { prior, iterations: 40 }),
    answers: answers.slice(0, 3),
  };
}

describe.each(['dina', 'dino', 'gdina'] as const)('the posterior of %s', (model) => {
  it.each(['network', 'states'] as const)(
    'is one by enumeration, BQM and amplitude amplification (prior %s)',
    async (prior) => {
      const { fitted, answers } = await fitRandom(model, prior);
      for (const row of answers) {
        const posterior = posteriorFactors(fitted, row);
        const exact = enumeratePosterior(posterior);

        const direct = (await diagnose(fitted, createResponses([row]))).mastery;
        direct.forEach((p, k) => {
          expect(p).toBeCloseTo(exact.mastery[k], 8);
        });

        const { held, cost } = await solveState(posterior, exhaustive);
        expect(held.reduce((state, bit, k) => state | (bit << k), 0)).toBe(exact.mostProbable);
        expect(cost).toBeCloseTo(-Math.log(exact.probability[exact.mostProbable]) - exact.logEvidence, 8);

        const amplified = amplifyPosterior(posterior, { shots: 20_000, random: createRandom(7) });
        amplified.probability.forEach((p, state) => {
          expect(p).toBeCloseTo(exact.probability[state], 8);
          // Five standard deviations of a share of the kept shots, and three shots where next to none is expected.
          const deviation = Math.sqrt((p * (1 - p)) / amplified.kept);
          expect(Math.abs(amplified.sampled[state] - p)).toBeLessThanOrEqual(5 * deviation + 3 / amplified.kept);
        });
        const angle = Math.asin(Math.sqrt(amplified.before));
        expect(amplified.after).toBeCloseTo(Math.sin((2 * amplified.iterations + 1) * angle) ** 2, 8);
        expect(amplified.after).toBeGreaterThan(0.5);
      }
    },
  );

  it('is the least energy of the BQM in every state, auxiliary variables at their best', async () => {
    const { fitted, answers } = await fitRandom(model, 'network');
    const posterior = posteriorFactors(fitted, answers[0]);
    const { bqm } = mapProblem(posterior);
    const costs = Array.from({ length: 32 }, (_, state) => stateCost(posterior.factors, (k) => (state >> k) & 1));
    const largest = Math.max(...costs.filter(Number.isFinite));
    for (let state = 0; state < 32; state++) {
      const expected = costs[state];
      const least = bqmEnergy(bqm, bestValues(bqm, state));
      // States against the prerequisites cost more than any other, no matter how much.
      if (Number.isFinite(expected)) expect(least).toBeCloseTo(expected, 7);
      else expect(least).toBeGreaterThan(largest);
    }
  });
});

describe('what is too large', () => {
  it('is refused with what to do instead', async () => {
    const { fitted, answers } = await fitRandom('dina', 'network');
    expect(() => posteriorFactors(fitted, [1])).toThrow(/expected 8 answers, got 1/);
    const posterior = posteriorFactors(fitted, answers[0]);
    const picky: Solver = { ...exhaustive, refuses: () => 'at most 1 variable' };
    await expect(solveState(posterior, picky)).rejects.toThrow(/a model that all takes, got at most 1 variable/);
    expect(() => enumeratePosterior({ ...posterior, attributes: 21 })).toThrow(/at most 20 attributes/);
    expect(() => amplifyPosterior({ ...posterior, attributes: 15 }, { shots: 1, random: createRandom(1) })).toThrow(
      /at most 14/,
    );
  });
});
