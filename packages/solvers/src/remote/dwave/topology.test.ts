import { describe, expect, it } from 'vitest';
import { chimera, pegasus, zephyr } from '../testing/topologies.ts';
import type { TargetGraph } from './graph.ts';
import { readTopology, segmentOf } from './topology.ts';

/** Pairs of qubits whose lines cross, by number alone. */
function crossings({ qubits, topology }: TargetGraph): Set<string> {
  const all = Array.from(qubits, (qubit) => segmentOf(topology!, qubit));
  const found = new Set<string>();
  for (const [a, s] of all.entries()) {
    for (const [b, t] of all.entries()) {
      if (!s.vertical || t.vertical) continue;
      if (s.from <= t.line && t.line <= s.to && t.from <= s.line && s.line <= t.to) found.add([a, b].sort().join(' '));
    }
  }
  return found;
}

describe('segmentOf', () => {
  it.each([
    ['Chimera', chimera(3), 3 * 3 * 16],
    ['Pegasus', pegasus(3), undefined],
    ['Zephyr', zephyr(2), undefined],
  ])('%s: lines that cross are coupled, wires are coupled end to end', (_, graph, count) => {
    const couplers = new Set(Array.from(graph.first, (a, k) => [a, graph.second[k]].sort().join(' ')));
    const crossed = crossings(graph);
    for (const pair of crossed) expect(couplers).toContain(pair);
    if (count !== undefined) expect(crossed.size).toBe(count);
    const segments = Array.from(graph.qubits, (qubit) => segmentOf(graph.topology!, qubit));
    for (const [a, s] of segments.entries()) {
      const b = segments.findIndex(({ wire, from }) => wire === s.wire && from === s.to + 1);
      if (b >= 0) expect(couplers).toContain([a, b].sort().join(' '));
    }
  });
});

describe('readTopology', () => {
  it('reads what it knows, and nothing else', () => {
    expect(readTopology({ topology: { type: 'pegasus', shape: [16] } })).toEqual({ type: 'pegasus', shape: [16] });
    for (const topology of [
      undefined,
      null,
      'pegasus',
      { type: 'torus', shape: [3] },
      { type: 'zephyr', shape: [0] },
    ]) {
      expect(readTopology({ topology })).toBeNull();
    }
    expect(() => readTopology({ topology: { type: 'zephyr', shape: ['12'] } })).toThrow(/list of numbers/);
  });
});
