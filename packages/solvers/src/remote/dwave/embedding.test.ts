import { type BinaryQuadraticModel, createBqm, type PairEntry } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { isEmbedding } from '../testing/embedding-check.ts';
import { chimera, pegasus, zephyr } from '../testing/topologies.ts';
import { embeddingFault, findEmbedding } from './embedding.ts';
import { createTargetGraph, type TargetGraph } from './graph.ts';

const model = (size: number, quadratic: readonly PairEntry[]) =>
  createBqm({ vartype: 'SPIN', variables: size, quadratic });

function complete(size: number) {
  const pairs: PairEntry[] = [];
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) pairs.push([i, j, 1]);
  return model(size, pairs);
}

const degrees = ({ rowStart, qubits }: TargetGraph): number[] =>
  Array.from(qubits, (_, k) => rowStart[k + 1] - rowStart[k]);

describe('the topologies of the tests', () => {
  it('have the published counts and greatest degrees', () => {
    expect([chimera(4).qubits.length, chimera(4).first.length]).toEqual([128, 352]);
    expect(Math.max(...degrees(chimera(4)))).toBe(6);
    expect(pegasus(4).qubits.length).toBe(24 * 4 * 3);
    expect(Math.max(...degrees(pegasus(4)))).toBe(15);
    expect(zephyr(3).qubits.length).toBe(16 * 3 * 7);
    expect(Math.max(...degrees(zephyr(3)))).toBe(20);
  });
});

/** Holds an embedding to the library's own check and to one that knows nothing of it. */
function expectEmbedding(bqm: BinaryQuadraticModel, target: TargetGraph, chains: readonly Int32Array[] | null): void {
  expect(chains && embeddingFault(bqm, target, chains)).toBeNull();
  expect(chains && isEmbedding(bqm, target, chains)).toBe(true);
}

describe('findEmbedding', () => {
  it.each([
    ['K6 on Chimera C4', complete(6), chimera(4)],
    ['K12 on Pegasus P4', complete(12), pegasus(4)],
    ['K12 on Zephyr Z3', complete(12), zephyr(3)],
    ['a random model on Pegasus P4', randomBqm(24, 'SPIN', 5, 0.2), pegasus(4)],
    ['a random model on Zephyr Z3', randomBqm(24, 'BINARY', 6, 0.2), zephyr(3)],
    ['no pairs at all', model(40, []), chimera(3)],
  ])('%s', async (_, bqm, target) => {
    const chains = (await findEmbedding(bqm, target, createRandom(1)))!;
    expectEmbedding(bqm, target, chains);
    expect(await findEmbedding(bqm, target, createRandom(1))).toEqual(chains);
  });

  it('needs no chains where the model is a part of the graph', async () => {
    const ring = model(4, [
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [3, 0, 1],
    ]);
    expect((await findEmbedding(ring, chimera(1), createRandom(3)))!.map((chain) => chain.length)).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it('finds minors that exist and none that do not', async () => {
    // K5 is a minor of K4,4 (contract three edges); K6 would need four single qubits that are a clique.
    expect(await findEmbedding(complete(5), chimera(1), createRandom(1))).not.toBeNull();
    expect(await findEmbedding(complete(6), chimera(1), createRandom(1))).toBeNull();
    const path = createTargetGraph(
      [7, 8, 9],
      [
        [7, 8],
        [8, 9],
      ],
    );
    expect(await findEmbedding(complete(3), path, createRandom(1))).toBeNull();
    expect(await findEmbedding(complete(4), path, createRandom(1))).toBeNull();
  });

  it('avoids qubits that do not work, as the description lists only those that do', async () => {
    const whole = chimera(3);
    const broken = (qubit: number): boolean => qubit % 7 === 3;
    const qubits = Array.from(whole.qubits).filter((qubit) => !broken(qubit));
    const couplers = Array.from(whole.first, (a, k): [number, number] => [a, whole.second[k]]);
    const target = createTargetGraph(qubits, couplers);
    const chains = (await findEmbedding(complete(6), target, createRandom(2)))!;
    expectEmbedding(complete(6), target, chains);
    expect(chains.flatMap((chain) => Array.from(chain, (k) => target.qubits[k])).some(broken)).toBe(false);
  });
});

/** A random graph in which every node has three neighbours (the pairing model, drawn until it is simple). */
function cubic(size: number, seed: number) {
  const random = createRandom(seed);
  for (;;) {
    const ends = random.shuffle(Array.from({ length: 3 * size }, (_, k) => Math.floor(k / 3)));
    const pairs = Array.from({ length: ends.length / 2 }, (_, k): PairEntry => [ends[2 * k], ends[2 * k + 1], 1]);
    const names = new Set(pairs.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`));
    if (names.size === pairs.length && pairs.every(([a, b]) => a !== b)) return model(size, pairs);
  }
}

/** The graph without a share of its qubits and of its couplers. */
function damaged(whole: TargetGraph, share: number, seed: number): TargetGraph {
  const random = createRandom(seed);
  const qubits = Array.from(whole.qubits).filter(() => !random.chance(share));
  const couplers = Array.from(whole.first, (a, k): [number, number] => [a, whole.second[k]]);
  return createTargetGraph(
    qubits,
    couplers.filter(() => !random.chance(share / 4)),
    whole.topology,
  );
}

const longest = (chains: readonly Int32Array[]): number => Math.max(...chains.map(({ length }) => length));

describe('dense models', () => {
  it.each([
    // Chimera C_m: K_4m with chains of m + 1 (Boothby, King & Roy 2016).
    ['K16 on Chimera C4', 16, chimera(4), 5],
    ['K20 on Pegasus P6', 20, pegasus(6), 4],
    ['K50 on Pegasus P6', 50, pegasus(6), 7],
    // Pegasus P_m: K_12(m-1) (Boothby, Bunyk, Raymond & Roy 2020).
    ['K60 on Pegasus P6', 60, pegasus(6), 7],
    ['K36 on Pegasus P4', 36, pegasus(4), 5],
    // Zephyr Z_m: K_(16 m - 8) is the greatest.
    ['K40 on Zephyr Z3', 40, zephyr(3), 5],
  ])('%s', async (_, size, target, most) => {
    const chains = (await findEmbedding(complete(size), target, createRandom(1)))!;
    expectEmbedding(complete(size), target, chains);
    expect(longest(chains)).toBeLessThanOrEqual(most);
  });

  it('pass by missing qubits and couplers', async () => {
    for (const [size, target] of [
      [30, damaged(pegasus(6), 0.02, 1)],
      [20, damaged(zephyr(3), 0.02, 2)],
      [12, damaged(chimera(6), 0.02, 3)],
    ] as const) {
      const chains = (await findEmbedding(complete(size), target, createRandom(1)))!;
      expectEmbedding(complete(size), target, chains);
    }
  });

  it('fall back to the search where the geometry is not known', async () => {
    const { qubits, first, second } = pegasus(3);
    const couplers = Array.from(first, (a, k): [number, number] => [a, second[k]]);
    const bare = createTargetGraph(Array.from(qubits), couplers);
    const chains = (await findEmbedding(complete(8), bare, createRandom(1)))!;
    expectEmbedding(complete(8), bare, chains);
  });
});

describe('sparse models', () => {
  it.each([
    ['64 nodes on Pegasus P4', 64, pegasus(4)],
    ['60 nodes on Chimera C8', 60, chimera(8)],
    ['60 nodes on a damaged Chimera C8', 60, damaged(chimera(8), 0.02, 5)],
    ['70 nodes on a damaged Zephyr Z3', 70, damaged(zephyr(3), 0.02, 4)],
  ])('random cubic graphs of %s', async (_, size, target) => {
    const bqm = cubic(size, 1);
    const chains = (await findEmbedding(bqm, target, createRandom(1)))!;
    expectEmbedding(bqm, target, chains);
  });

  it('take the chains of a clique where the search is over before it found anything', async () => {
    const bqm = cubic(20, 2);
    const chains = (await findEmbedding(bqm, pegasus(6), createRandom(1), { over: () => true }))!;
    expectEmbedding(bqm, pegasus(6), chains);
    expect(await findEmbedding(cubic(80, 2), pegasus(4), createRandom(1), { over: () => true })).toBeNull();
  });
});

describe('the search', () => {
  it.each([complete(30), cubic(60, 1)])('lets others run, and ends with the error of its pause', async (bqm) => {
    let pauses = 0;
    const pause = async () => {
      if (++pauses === 5) throw new Error('enough');
    };
    await expect(findEmbedding(bqm, pegasus(4), createRandom(1), { pause })).rejects.toThrow('enough');
  });
});

describe('embeddingFault', () => {
  const target = chimera(1);
  const pair = model(2, [[0, 1, 1]]);
  it.each([
    [[[0]], /1 chains for 2/],
    [[[0], []], /no qubit for variable 1/],
    [[[0], [0]], /in two chains/],
    [[[0, 1], [4]], /in pieces/],
    [[[0], [1]], /no coupler for variables 0 and 1/],
  ])('%j', (numbers, fault) => {
    const chains = numbers.map((chain) => Int32Array.from(chain));
    expect(embeddingFault(pair, target, chains)).toMatch(fault);
    expect(isEmbedding(pair, target, chains)).toBe(false);
  });
});
