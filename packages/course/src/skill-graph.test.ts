import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakCycles } from './break-cycles.ts';
import type { Prerequisite, Skill, SkillGraphErrorCode } from './skill-graph.ts';
import { createSkillGraph, SkillGraphError } from './skill-graph.ts';
import {
  ancestors,
  descendants,
  goalClosure,
  inducedSubgraph,
  outerFringe,
  skillNumbers,
} from './skill-graph-queries.ts';

const skill = (id: string): Skill => ({ id, name: id.toUpperCase() });
const needs = (from: string, to: string, strength: 'hard' | 'soft' = 'hard'): Prerequisite => ({ from, to, strength });
const names = (n: number): Skill[] => Array.from({ length: n }, (_, i) => skill(`s${i}`));

function refusal(build: () => unknown): SkillGraphError {
  try {
    build();
  } catch (error) {
    if (error instanceof SkillGraphError) return error;
    throw error;
  }
  throw new Error('expected a SkillGraphError');
}

/** Any pairs at all: loops, repetitions and cycles among them. */
const anyPairs = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    pairs: fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: n - 1 }),
        to: fc.integer({ min: 0, max: n - 1 }),
        hard: fc.boolean(),
        confidence: fc.option(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), { nil: undefined }),
      }),
      { maxLength: 24 },
    ),
  }),
);

/** Pairs that go forward in a hidden order, each at most once: always acyclic. */
const acyclic = fc
  .tuple(anyPairs, fc.infiniteStream(fc.integer({ min: 0, max: 1e6 })))
  .map(([{ n, pairs }, stream]) => {
    const rank = Array.from({ length: n }, () => stream.next().value as number);
    const before = (a: number, b: number): boolean => rank[a] < rank[b] || (rank[a] === rank[b] && a < b);
    const unique = new Map<string, { from: number; to: number; hard: boolean }>();
    for (const { from, to, hard } of pairs) if (before(from, to)) unique.set(`${from} ${to}`, { from, to, hard });
    return { n, pairs: [...unique.values()] };
  });

const toPrerequisites = (pairs: readonly { from: number; to: number; hard: boolean; confidence?: number }[]) =>
  pairs.map(({ from, to, hard, confidence }) => ({
    ...needs(`s${from}`, `s${to}`, hard ? 'hard' : 'soft'),
    confidence,
  }));

/** reach[i][j]: a path of at least one edge from i to j (Warshall). */
function reachability(n: number, pairs: readonly { from: number; to: number }[]): boolean[][] {
  const reach = Array.from({ length: n }, () => new Array<boolean>(n).fill(false));
  for (const { from, to } of pairs) reach[from][to] = true;
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) reach[i][j] ||= reach[i][k] && reach[k][j];
  return reach;
}

describe('createSkillGraph', () => {
  it('numbers, links and orders a small course', () => {
    const graph = createSkillGraph(['c', 'a', 'b', 'd'].map(skill), [
      needs('b', 'c', 'soft'),
      needs('a', 'c'),
      needs('a', 'b'),
    ]);
    expect([...graph.parent.slice(graph.parentStart[0], graph.parentStart[1])]).toEqual([1, 2]);
    expect([...graph.parentHard.slice(graph.parentStart[0], graph.parentStart[1])]).toEqual([1, 0]);
    expect([...graph.child.slice(graph.childStart[1], graph.childStart[2])]).toEqual([0, 2]);
    expect([...graph.topologicalOrder].map((i) => graph.skills[i].id)).toEqual(['a', 'b', 'c', 'd']);
    expect([...graph.depth]).toEqual([2, 0, 1, 0]);
  });

  it('takes an empty course', () => {
    const graph = createSkillGraph([], []);
    expect(graph.topologicalOrder).toHaveLength(0);
    expect(outerFringe(graph, [])).toHaveLength(0);
  });

  it.each<[SkillGraphErrorCode, Skill[], Prerequisite[], string[]]>([
    ['duplicate-skill', [skill('a'), skill('a')], [], ['a']],
    ['unknown-skill', [skill('a')], [needs('a', 'z')], ['z']],
    ['unknown-skill', [skill('a')], [needs('y', 'a')], ['y']],
    ['self-loop', [skill('a')], [needs('a', 'a')], ['a']],
    ['duplicate-prerequisite', [skill('a'), skill('b')], [needs('a', 'b'), needs('a', 'b', 'soft')], ['a', 'b']],
    ['invalid-confidence', [skill('a'), skill('b')], [{ ...needs('a', 'b'), confidence: Number.NaN }], ['a', 'b']],
  ])('refuses %s', (code, skills, prerequisites, concerned) => {
    const error = refusal(() => createSkillGraph(skills, prerequisites));
    expect(error.code).toBe(code);
    expect(error.skills).toEqual(concerned);
    expect(error.message).toMatch(/expected .+, got .+; /);
  });

  it('names the whole cycle', () => {
    const error = refusal(() =>
      createSkillGraph('abcde'.split('').map(skill), [
        needs('a', 'b'),
        needs('b', 'c'),
        needs('c', 'd'),
        needs('d', 'b'),
        needs('d', 'e'),
      ]),
    );
    expect(error.code).toBe('cycle');
    expect([...error.skills].sort()).toEqual(['b', 'c', 'd']);
    expect(error.message).toContain('"b" -> "c" -> "d" -> "b"');
  });

  it('accepts exactly the acyclic ones, and every cycle it names is there', () => {
    fc.assert(
      fc.property(anyPairs, ({ n, pairs }) => {
        const unique = [...new Map(pairs.filter((p) => p.from !== p.to).map((p) => [`${p.from} ${p.to}`, p])).values()];
        const cyclic = reachability(n, unique).some((row, i) => row[i]);
        try {
          createSkillGraph(names(n), toPrerequisites(unique));
          expect(cyclic).toBe(false);
        } catch (error) {
          if (!(error instanceof SkillGraphError)) throw error;
          expect(error.code).toBe('cycle');
          expect(new Set(error.skills).size).toBe(error.skills.length);
          for (const [k, id] of error.skills.entries()) {
            const next = error.skills[(k + 1) % error.skills.length];
            expect(unique.some(({ from, to }) => `s${from}` === id && `s${to}` === next)).toBe(true);
          }
        }
      }),
    );
  });

  it('orders, measures and answers as naive references do', () => {
    fc.assert(
      fc.property(acyclic, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), ({ n, pairs }, flags) => {
        const graph = createSkillGraph(names(n), toPrerequisites(pairs));
        const place = new Map([...graph.topologicalOrder].map((s, k) => [s, k]));
        expect(place.size).toBe(n);
        for (const { from, to } of pairs) expect(place.get(from)!).toBeLessThan(place.get(to)!);

        const depth = (i: number): number =>
          Math.max(0, ...pairs.filter(({ to }) => to === i).map(({ from }) => depth(from) + 1));
        expect([...graph.depth]).toEqual(Array.from({ length: n }, (_, i) => depth(i)));

        for (const scope of ['all', 'hard'] as const) {
          const counted = pairs.filter(({ hard }) => scope === 'all' || hard);
          const fringe = Array.from({ length: n }, (_, i) => i).filter(
            (i) => !flags[i] && counted.every(({ from, to }) => to !== i || flags[from]),
          );
          expect([...outerFringe(graph, flags, scope)].sort((a, b) => a - b)).toEqual(fringe);

          const reach = reachability(n, counted);
          const chosen = Array.from({ length: n }, (_, i) => i).filter((i) => flags[i]);
          const all = Array.from({ length: n }, (_, i) => i);
          const sorted = (list: Int32Array): number[] => [...list].sort((a, b) => a - b);
          const above = all.filter((i) => chosen.some((j) => reach[i][j]));
          expect(sorted(ancestors(graph, chosen, scope))).toEqual(above);
          expect(sorted(descendants(graph, chosen, scope))).toEqual(all.filter((i) => chosen.some((j) => reach[j][i])));
          expect(sorted(goalClosure(graph, chosen, scope))).toEqual(all.filter((i) => flags[i] || above.includes(i)));
        }
      }),
    );
  });

  it('keeps the order given when it is already topological', () => {
    fc.assert(
      fc.property(acyclic, ({ n, pairs }) => {
        const forward = pairs.filter(({ from, to }) => from < to);
        const graph = createSkillGraph(names(n), toPrerequisites(forward));
        expect([...graph.topologicalOrder]).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  it('carries a chain of 100,000 skills without running out of stack', () => {
    const n = 100_000;
    const pairs = Array.from({ length: n - 1 }, (_, i) => ({ from: i + 1, to: i, hard: true }));
    expect(createSkillGraph(names(n), toPrerequisites(pairs)).depth[0]).toBe(n - 1);
  });
});

describe('queries', () => {
  it('turns ids into numbers and refuses unknown ones', () => {
    const graph = createSkillGraph(names(3), []);
    expect([...skillNumbers(graph, ['s2', 's0'])]).toEqual([2, 0]);
    expect(refusal(() => skillNumbers(graph, ['s9'])).code).toBe('unknown-skill');
    expect(refusal(() => ancestors(graph, [3])).code).toBe('unknown-skill');
  });

  it('cuts out a part with the prerequisites inside it', () => {
    const graph = createSkillGraph(names(4), [needs('s0', 's1'), needs('s1', 's2'), needs('s2', 's3')]);
    const part = inducedSubgraph(graph, [2, 1, 0]);
    expect(part.skills.map(({ id }) => id)).toEqual(['s2', 's1', 's0']);
    expect([...part.depth]).toEqual([2, 1, 0]);
  });
});

describe('breakCycles', () => {
  it('drops the soft and least confident first, and says what', () => {
    const { graph, dropped } = breakCycles('abc'.split('').map(skill), [
      needs('a', 'b'),
      { ...needs('b', 'c', 'soft'), confidence: 0.9 },
      { ...needs('c', 'a', 'soft'), confidence: 0.4 },
      needs('b', 'b'),
      needs('a', 'b', 'soft'),
    ]);
    expect(graph.prerequisites.map(({ from, to }) => from + to)).toEqual(['ab', 'bc']);
    expect(dropped.map(({ reason, cycle }) => [reason, cycle.join('')])).toEqual([
      ['cycle', 'cab'],
      ['self-loop', 'b'],
      ['duplicate', ''],
    ]);
  });

  it('drops only the weakest of a real cycle, nothing that could stay, and the same every time', () => {
    const rank = (p: Prerequisite): number => (p.strength === 'hard' ? 10 : 0) + (p.confidence ?? 1);
    fc.assert(
      fc.property(anyPairs, ({ n, pairs }) => {
        const prerequisites = toPrerequisites(pairs);
        const { graph, dropped } = breakCycles(names(n), prerequisites);
        expect(graph.prerequisites.length + dropped.length).toBe(prerequisites.length);
        expect(breakCycles(names(n), prerequisites).dropped).toEqual(dropped);
        for (const { prerequisite, reason, cycle } of dropped) {
          const twin = graph.prerequisites.find((p) => p.from === prerequisite.from && p.to === prerequisite.to);
          if (reason === 'duplicate') {
            const { from, to } = prerequisite;
            const closing = dropped.find(
              (d) => d.reason === 'cycle' && d.prerequisite.from === from && d.prerequisite.to === to,
            );
            const kept = twin ?? closing?.prerequisite;
            expect(rank(kept!)).toBeGreaterThanOrEqual(rank(prerequisite));
          } else if (reason === 'self-loop') {
            expect(prerequisite.from).toBe(prerequisite.to);
          } else {
            expect(cycle.slice(0, 2)).toEqual([prerequisite.from, prerequisite.to]);
            for (const [k, id] of cycle.entries()) {
              if (k === 0) continue;
              const next = cycle[(k + 1) % cycle.length];
              const edge = graph.prerequisites.find((p) => p.from === id && p.to === next);
              expect(edge, `${id} -> ${next} is kept`).toBeDefined();
              expect(rank(edge!)).toBeGreaterThanOrEqual(rank(prerequisite));
            }
          }
        }
      }),
    );
  });
});
