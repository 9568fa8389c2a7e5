import { createSkillGraph } from '@qurriculum/course';
import { createRandom, type Random } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../interactions-builder.ts';
import { hasLearnerData, loadLearnerData } from '../testing/learner-data.ts';
import { adjustForDiscoveries } from './discoveries.ts';
import { estimatePrerequisites } from './estimate.ts';

interface World {
  /** Prerequisites of each skill, by number. */
  readonly parents: readonly (readonly number[])[];
  readonly learners: number;
  readonly answers: number;
  /** Skills at random, or roughly one after the other. */
  readonly order: 'random' | 'curriculum';
}

const chain = (skills: number) => Array.from({ length: skills }, (_, skill) => (skill === 0 ? [] : [skill - 1]));
const apart = (skills: number) => Array.from({ length: skills }, () => []);

/** None, one or two prerequisites per skill, drawn among the earlier ones. */
function randomGraph(random: Random, skills: number): number[][] {
  return Array.from({ length: skills }, (_, skill) => {
    const count = skill === 0 ? 0 : random.pick([0, 1, 1, 1, 2]);
    return [...new Set(Array.from({ length: count }, () => random.integer(skill)))];
  });
}

/** Learners of different ability, who learn a skill well only once they know its prerequisites. */
function practise(random: Random, { parents, learners, answers, order }: World): InteractionRow[] {
  const skills = parents.map(() => ({
    guess: 0.1 + 0.2 * random.next(),
    slip: 0.05 + 0.1 * random.next(),
    learn: 0.15 + 0.2 * random.next(),
  }));
  return Array.from({ length: learners }, (_, learner) => {
    const odds = Math.exp(random.normal());
    const shifted = (p: number) => random.chance((p * odds) / (1 - p + p * odds));
    const known: boolean[] = [];
    const isReady = (skill: number) => parents[skill].every((parent) => known[parent]);
    for (const skill of parents.keys()) known[skill] = shifted(isReady(skill) ? 0.35 : 0.03);
    let skill = 0;
    return Array.from({ length: answers }, (_, k): InteractionRow => {
      // Four answers in a row on one skill, as exercises come.
      const place = Math.floor((k / answers) * parents.length + 2 * random.normal());
      const next = order === 'random' ? random.integer(parents.length) : place;
      if (k % 4 === 0) skill = Math.min(parents.length - 1, Math.max(0, next));
      const correct = random.chance(known[skill] ? 1 - skills[skill].slip : skills[skill].guess);
      if (!known[skill] && shifted(isReady(skill) ? skills[skill].learn : 0.02)) known[skill] = true;
      return { learner: `${learner}`, item: 'i', skills: [`s${skill}`], correct, time: k };
    });
  }).flat();
}

/** Links of the graph that no longer chain implies, and all pairs of ancestor and descendant. */
function truth(parents: World['parents']) {
  const ancestors: Set<number>[] = [];
  parents.forEach((list, skill) => {
    ancestors[skill] = new Set(list.flatMap((parent) => [parent, ...ancestors[parent]]));
  });
  const isImplied = (list: readonly number[], parent: number) => list.some((other) => ancestors[other].has(parent));
  return {
    direct: new Set(
      parents.flatMap((list, skill) => list.filter((p) => !isImplied(list, p)).map((p) => `s${p}>s${skill}`)),
    ),
    all: new Set(ancestors.flatMap((set, skill) => [...set].map((p) => `s${p}>s${skill}`))),
  };
}

async function score(seed: string, world: World) {
  const { prerequisites } = await estimatePrerequisites(tableFromRows(practise(createRandom(seed), world)));
  const { direct, all } = truth(world.parents);
  const found = prerequisites.map(({ from, to }) => `${from}>${to}`);
  const hits = found.filter((link) => direct.has(link)).length;
  return {
    found: found.length,
    /** Of the links found, how many are links, and how many are at least ancestor and descendant. */
    precision: hits / found.length,
    ancestorPrecision: found.filter((link) => all.has(link)).length / found.length,
    /** Of the links there are, how many were found. */
    recall: hits / direct.size,
  };
}

// The seeds here were used for nothing else: the constants of the method were set on other ones.
describe('estimatePrerequisites on simulated learners', () => {
  it.each(['random', 'curriculum'] as const)(
    'finds nothing where there is nothing, practice in %s order',
    async (order) => {
      const { found } = await score('nothing', { parents: apart(20), learners: 800, answers: 120, order });
      expect(found).toBeLessThanOrEqual(1);
    },
  );

  it.each(['random', 'curriculum'] as const)('finds a chain, practice in %s order', async (order) => {
    const { precision, ancestorPrecision, recall } = await score('chain', {
      ...{ parents: chain(10), learners: 800, answers: 160, order },
    });
    expect(precision).toBeGreaterThanOrEqual(0.8);
    expect(ancestorPrecision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.6);
  });

  it.each(['random', 'curriculum'] as const)('finds most of a random graph, practice in %s order', async (order) => {
    const scores = await Promise.all(
      [1, 2].map((seed) =>
        score(`graph ${seed}`, {
          ...{ parents: randomGraph(createRandom(`edges ${seed}`), 15), learners: 1200, answers: 150, order },
        }),
      ),
    );
    const mean = (name: 'precision' | 'recall') => scores.reduce((sum, s) => sum + s[name], 0) / scores.length;
    expect(mean('precision')).toBeGreaterThanOrEqual(0.65);
    expect(mean('recall')).toBeGreaterThanOrEqual(0.5);
  });

  it('gives an acyclic graph without implied links, with evidence that stays in range, and the same every time', async () => {
    const world: World = { parents: chain(8), learners: 600, answers: 120, order: 'random' };
    const table = tableFromRows(practise(createRandom('evidence'), world));
    const progress: number[] = [];
    const { prerequisites, testedPairs, skills } = await estimatePrerequisites(table, {
      onProgress: (fraction) => progress.push(fraction),
    });
    expect([testedPairs, skills]).toEqual([56, 8]);
    expect(prerequisites.length).toBeGreaterThan(0);
    const names = table.skills.map((id) => ({ id, name: id }));
    expect(() => createSkillGraph(names, prerequisites)).not.toThrow();
    for (const link of prerequisites) {
      expect(link).toMatchObject({ source: 'estimated', strength: 'soft' });
      for (const share of [link.confidence, link.implication, link.firstShare]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
    expect(progress.at(-1)).toBe(1);
    expect((await estimatePrerequisites(table)).prerequisites).toEqual(prerequisites);
  });

  it('has nothing to say about no records, and stops when cancelled', async () => {
    expect(await estimatePrerequisites(tableFromRows([]))).toEqual({ prerequisites: [], testedPairs: 0, skills: 0 });
    const reason = new Error('enough');
    await expect(estimatePrerequisites(tableFromRows([]), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe.skipIf(!hasLearnerData)('estimatePrerequisites on ASSISTments 2009 (skipped: no ../shared/data)', () => {
  it('gives a sparse graph of real records', async () => {
    const table = await loadLearnerData('assistments09_test.tsv.gz');
    const { prerequisites, skills, testedPairs } = await estimatePrerequisites(table);
    expect(testedPairs).toBeGreaterThan(500);
    expect(prerequisites.length).toBeLessThan(2 * skills);
  });
});

describe('discoveries', () => {
  it('adjusts p-values as Benjamini and Hochberg do', () => {
    // By hand: sorted p times n / rank, then the least from the right.
    expect(adjustForDiscoveries([0.01, 0.04, 0.03, 0.5]).map((p) => Number(p.toFixed(6)))).toEqual([
      0.04, 0.053333, 0.053333, 0.5,
    ]);
    expect(adjustForDiscoveries([])).toEqual([]);
  });
});
