import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMapGraph, type MapLink, type MapSkill, reach } from './map-graph.ts';
import { depths, layoutLarge, layoutSmall, neighbourInDirection } from './skill-layout.ts';

const skill = (id: string, group = 'all'): MapSkill => ({ id, name: id, group, status: 'locked', mastery: null });
const link = (from: string, to: string): MapLink => ({ from, to, strength: 'hard' });

/** Random acyclic graphs: every link goes from a lower number to a higher one. */
const graphs = fc
  .record({
    count: fc.integer({ min: 1, max: 60 }),
    pairs: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 150 }),
  })
  .map(({ count, pairs }) =>
    buildMapGraph(
      Array.from({ length: count }, (_, index) => skill(`s${index}`, `g${index % 3}`)),
      pairs.filter(([a, b]) => a < b && b < count).map(([a, b]) => link(`s${a}`, `s${b}`)),
    ),
  );

describe('skill layout', () => {
  it('gives every skill a depth of one more than its deepest prerequisite', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const depth = depths(graph);
        for (const [index, needs] of graph.needs.entries()) {
          expect(depth[index]).toBe(Math.max(0, ...needs.map(({ from }) => depth[from] + 1)));
        }
      }),
    );
  });

  it('never puts two skills on one place, and prerequisites always stand to the left', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const layout of [layoutSmall(graph), layoutLarge(graph)]) {
          const places = graph.skills.map((_, index) => `${layout.x[index]}/${layout.y[index]}`);
          expect(new Set(places).size).toBe(graph.skills.length);
          for (const { from, to } of graph.links) expect(layout.x[from]).toBeLessThan(layout.x[to]);
          for (const y of layout.y) expect(y).toBeGreaterThanOrEqual(0);
          for (const y of layout.y) expect(y).toBeLessThanOrEqual(layout.rows - 1);
        }
      }),
    );
  });

  it('keeps every skill inside the lane of its group', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const layout = layoutLarge(graph);
        for (const [index, { group }] of graph.skills.entries()) {
          const lane = layout.lanes.find(({ name }) => name === group);
          expect(layout.y[index]).toBeGreaterThanOrEqual(lane!.top);
          expect(layout.y[index]).toBeLessThanOrEqual(lane!.bottom);
        }
      }),
    );
  });

  it('uncrosses what can be uncrossed', () => {
    const graph = buildMapGraph(
      ['a', 'b', 'c', 'd'].map((id) => skill(id)),
      [link('a', 'd'), link('b', 'c')],
    );
    const { y } = layoutSmall(graph);
    expect(Math.sign(y[0] - y[1])).toBe(Math.sign(y[3] - y[2]));
  });

  it('walks by arrow keys to the nearest skill that way, and stops at the edge', () => {
    const graph = buildMapGraph(
      ['a', 'b', 'c'].map((id) => skill(id)),
      [link('a', 'b'), link('b', 'c')],
    );
    const layout = layoutSmall(graph);
    expect(neighbourInDirection(layout, 0, 'right')).toBe(1);
    expect(neighbourInDirection(layout, 1, 'left')).toBe(0);
    expect(neighbourInDirection(layout, 2, 'right')).toBeNull();
  });

  it('finds all that a skill rests on and all that rests on it', () => {
    const graph = buildMapGraph(
      ['a', 'b', 'c', 'd'].map((id) => skill(id)),
      [link('a', 'b'), link('b', 'c'), link('a', 'd')],
    );
    expect(reach(graph, 2, 'needs')).toEqual(new Set([2, 1, 0]));
    expect(reach(graph, 0, 'opens')).toEqual(new Set([0, 1, 2, 3]));
  });
});
