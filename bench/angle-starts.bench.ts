/**
 * Where a search for QAOA's angles should start: the mean approximation ratio that each start ends with after the same
 * number of evaluations (value and gradient, all depths counted), on models that fixed-angles.ts did not use, and next to
 * it the ratio of the fixed angles and of the ramp themselves, before any search. Evaluations at a shallow depth are
 * shorter: `layers` is the mean number of layers evaluated by each. Deterministic; no time is taken.
 *
 *   node --conditions=development bench/angle-starts.bench.ts
 */

import { binary, type ConstrainedQuadraticModel, cqmToBqm, createCqm } from '@qurriculum/problems';
import {
  type AngleSearchStart,
  createQaoaObjective,
  fixedAngles,
  gammaUnit,
  type IsingCoefficients,
  isingCoefficients,
  linearRamp,
  optimiseAngles,
} from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import { ISING_FAMILIES, isingCosts, isingInstance } from './ising-instances.ts';

const FIRST_SEED = 1001;
const INSTANCES = 10;
const DEPTHS = [3, 5, 8];
const ITERATIONS = [2, 5, 30];
const STARTS: readonly AngleSearchStart[] = ['interpolation', 'ramp', 'fixed'];

interface Group {
  readonly name: string;
  readonly models: readonly IsingCoefficients[];
}

/** Other seeds and sizes than the table's, other degrees, and penalties of constraints with their slack. */
function groups(): Group[] {
  const seeds = Array.from({ length: INSTANCES }, (_, k) => FIRST_SEED + k);
  const families = ISING_FAMILIES.flatMap((family) =>
    [10, 14].map((qubits) => ({
      name: `${family}, n = ${qubits}`,
      models: seeds.map((seed) => isingInstance(family, qubits, seed)),
    })),
  );
  const fifth = { name: 'regular, d = 5, n = 14', models: seeds.map((seed) => isingInstance('regular', 14, seed, 5)) };
  const knapsacks = seeds.map((seed) => isingCoefficients(cqmToBqm(randomKnapsack(8, seed)).bqm));
  return [...families, fifth, { name: 'knapsacks with penalty and slack', models: knapsacks }];
}

/** Which of some things fit: one capacity row, whose penalty is far larger than what it is about. */
function randomKnapsack(things: number, seed: number): ConstrainedQuadraticModel {
  const random = createRandom(seed);
  const weights = Array.from({ length: things }, () => 1 + random.integer(5));
  const names = weights.map((_, k) => `thing ${k + 1}`);
  return createCqm({
    variables: names.map((name) => binary(name)),
    linear: weights.map(() => -1 - random.integer(9)),
    constraints: [
      { name: 'capacity', terms: names.map((name, k) => [name, weights[k]] as const), sense: '<=', rhs: 10 },
    ],
  });
}

/** Means over the models of a group. */
function compare({ name, models }: Group): void {
  process.stdout.write(`${name} (${models.length} models)\n`);
  const prepared = models.map((ising) => {
    const costs = isingCosts(ising);
    const least = costs.reduce((a, b) => Math.min(a, b));
    const greatest = costs.reduce((a, b) => Math.max(a, b));
    const ratio = (energy: number): number => (greatest - energy) / (greatest - least);
    return { ising, objective: createQaoaObjective(costs), ratio };
  });
  const mean = (of: (model: (typeof prepared)[number]) => number): string =>
    (prepared.reduce((sum, model) => sum + of(model), 0) / prepared.length).toFixed(4);
  for (const layers of DEPTHS) {
    const ramp = mean(({ ising, objective, ratio }) => ratio(objective.energy(linearRamp(layers, gammaUnit(ising)))));
    const fixed = mean(({ ising, objective, ratio }) => ratio(objective.energy(fixedAngles(ising, layers))));
    process.stdout.write(`  p = ${layers}, no search:            ramp ${ramp}  fixed ${fixed}\n`);
    for (const iterations of ITERATIONS) {
      const cells = STARTS.map((start) => {
        let evaluated = 0;
        const ratio = mean((model) => {
          let energy = 0;
          let before = 0;
          for (const step of optimiseAngles(model.objective, model.ising, { layers, iterations, start })) {
            ({ energy } = step);
            evaluated += step.layers * (step.evaluations - before);
            before = step.evaluations;
          }
          return model.ratio(energy);
        });
        return `${start} ${ratio} (${(evaluated / prepared.length).toFixed(0)} layers)`;
      });
      process.stdout.write(
        `  p = ${layers}, ${String(layers * iterations).padStart(3)} evaluations: ${cells.join('  ')}\n`,
      );
    }
  }
}

for (const group of groups()) compare(group);
