import { createBqm, type PairEntry } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
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

describe('findEmbedding', () => {
  it.each([
    ['K6 on Chimera C4', complete(6), chimera(4)],
    ['K12 on Pegasus P4', complete(12), pegasus(4)],
    ['K12 on Zephyr Z3', complete(12), zephyr(3)],
    ['a random model on Pegasus P4', randomBqm(24, 'SPIN', 5, 0.2), pegasus(4)],
    ['a random model on Zephyr Z3', randomBqm(24, 'BINARY', 6, 0.2), zephyr(3)],
    ['no pairs at all', model(40, []), chimera(3)],
  ])('%s', (_, bqm, target) => {
    const chains = findEmbedding(bqm, target, createRandom(1))!;
    expect(embeddingFault(bqm, target, chains)).toBeNull();
    expect(findEmbedding(bqm, target, createRandom(1))).toEqual(chains);
  });

  it('needs no chains where the model is a part of the graph', () => {
    const ring = model(4, [
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [3, 0, 1],
    ]);
    expect(findEmbedding(ring, chimera(1), createRandom(3))!.map((chain) => chain.length)).toEqual([1, 1, 1, 1]);
  });

  it('finds minors that exist and none that do not', () => {
    // K5 is a minor of K4,4 (contract three edges); K6 would need four single qubits that are a clique.
    expect(findEmbedding(complete(5), chimera(1), createRandom(1))).not.toBeNull();
    expect(findEmbedding(complete(6), chimera(1), createRandom(1))).toBeNull();
    const path = createTargetGraph(
      [7, 8, 9],
      [
        [7, 8],
        [8, 9],
      ],
    );
    expect(findEmbedding(complete(3), path, createRandom(1))).toBeNull();
    expect(findEmbedding(complete(4), path, createRandom(1))).toBeNull();
  });

  it('avoids qubits that do not work, as the description lists only those that do', () => {
    const whole = chimera(3);
    const broken = (qubit: number): boolean => qubit % 7 === 3;
    const qubits = Array.from(whole.qubits).filter((qubit) => !broken(qubit));
    const couplers = Array.from(whole.first, (a, k): [number, number] => [a, whole.second[k]]);
    const target = createTargetGraph(qubits, couplers);
    const chains = findEmbedding(complete(6), target, createRandom(2))!;
    expect(embeddingFault(complete(6), target, chains)).toBeNull();
    expect(chains.flatMap((chain) => Array.from(chain, (k) => target.qubits[k])).some(broken)).toBe(false);
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
  ])('%j', (chains, fault) => {
    expect(
      embeddingFault(
        pair,
        target,
        chains.map((chain) => Int32Array.from(chain)),
      ),
    ).toMatch(fault);
  });
});
