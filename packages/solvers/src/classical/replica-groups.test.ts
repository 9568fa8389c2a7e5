import { createReplicaAnnealer } from '@qurriculum/kernels';
import { bqmEnergy, createBqm } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createAnnealSolver } from './anneal.ts';
import { resample } from './population.ts';
import { replicaGroups } from './replica-groups.ts';

describe('groups of replicas', () => {
  const model = randomBqm(40, 'SPIN', 3);
  const open = () => replicaGroups([0, 1, 2].map(() => createReplicaAnnealer(model, { replicas: 'many' })));

  it('are one population: numbered through, every energy that of its spins, also after copies across', () => {
    const population = open();
    const each = population.groups[0].replicas;
    expect(population.replicas).toBe(3 * each);
    const given = Int32Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? 1 : -1));
    population.start(7, [given]);
    expect(population.spins(0)).toEqual(given);
    // Every group begins elsewhere.
    expect(population.spins(1)).not.toEqual(population.spins(each + 1));
    population.copy(0, 2 * each + 3);
    population.copy(each + 1, each + 2);
    expect(population.spins(2 * each + 3)).toEqual(given);
    expect(population.spins(each + 2)).toEqual(population.spins(each + 1));
    const energies = population.energies();
    for (let replica = 0; replica < population.replicas; replica++) {
      expect(energies[replica]).toBeCloseTo(bqmEnergy(model, population.spins(replica)) - model.offset, 4);
    }
  });

  it('are resampled as one: the best replica of any group spreads to all', () => {
    const population = open();
    population.start(5);
    const energies = Float64Array.from(population.energies());
    const least = Math.min(...energies);
    // A step so large that nothing but the best has any weight.
    resample(population, energies, 1e6, createRandom(1));
    expect(new Set(population.energies())).toEqual(new Set([least]));
  });
});

describe('a model with hubs', () => {
  /** A ring of 400 with two variables that are coupled to all others. */
  const random = createRandom(4);
  const size = 402;
  const pairs: [number, number, number][] = [];
  for (let i = 2; i < size; i++) {
    pairs.push([i, i + 1 < size ? i + 1 : 2, random.chance(0.5) ? 1 : -1]);
    for (const hub of [0, 1]) pairs.push([hub, i, random.chance(0.5) ? 1 : -1]);
  }
  const bqm = createBqm({ vartype: 'SPIN', variables: size, quadratic: pairs });

  /** The optimum for each way the hubs lie, by going round the ring (transfer of the best of two states). */
  function optimum(): number {
    let best = Number.POSITIVE_INFINITY;
    const fields = (second: number) =>
      Array.from({ length: size - 2 }, (_, k) => pairs[3 * k + 1][2] + second * pairs[3 * k + 2][2]);
    for (const second of [-1, 1]) {
      const field = fields(second);
      for (const start of [-1, 1]) {
        let values = new Map([[start, field[0] * start]]);
        for (let k = 0; k < size - 3; k++) {
          const next = new Map<number, number>();
          for (const spin of [-1, 1]) {
            const ways = [...values].map(([from, value]) => value + pairs[3 * k][2] * from * spin);
            next.set(spin, Math.min(...ways) + field[k + 1] * spin);
          }
          values = next;
        }
        const close = pairs[3 * (size - 3)][2];
        for (const [end, value] of values) best = Math.min(best, value + close * end * start);
      }
    }
    return best;
  }

  it('is annealed to its optimum by growing populations, within the time', async () => {
    const solver = createAnnealSolver(createNodePlatform());
    const reached = new AbortController();
    const best = optimum();
    const set = await solver.solve(bqm, {
      seconds: 20,
      seed: 1,
      signal: reached.signal,
      onProgress: ({ bestEnergy }) => bestEnergy !== null && bestEnergy <= best && reached.abort(),
    });
    expect(set.samples[0].energy).toBe(best);
  });
});
