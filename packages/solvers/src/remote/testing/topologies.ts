/**
 * The graphs of D-Wave's chips, from their geometry (Boothby, Bunyk, Raymond & Roy 2020, "Next-generation topology of
 * D-Wave quantum processors", arXiv:2003.00133; Boothby, King & Raymond 2021, "Zephyr topology of D-Wave quantum
 * processors", D-Wave technical report 14-1056A): qubits are line segments of two directions that couple where they
 * cross, to the next segment on their line, and to parallel segments beside them. Numbered as by D-Wave
 * (dwave-networkx, linear indices).
 */
import { createTargetGraph, type TargetGraph } from '../dwave/graph.ts';
import type { Topology } from '../dwave/topology.ts';

interface Segment {
  readonly vertical: boolean;
  /** Which line it lies on, and which stretch of the crossing lines it covers, both ends included. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** Lines that cross at the same place are told apart by this in Zephyr and Chimera. */
  readonly track: number;
}

function fromSegments(
  topology: Topology,
  segments: readonly Segment[],
  parallel: (a: Segment, b: Segment) => boolean,
): TargetGraph {
  const couplers: [number, number][] = [];
  for (let a = 0; a < segments.length; a++) {
    for (let b = a + 1; b < segments.length; b++) {
      const [s, t] = [segments[a], segments[b]];
      const cross = s.from <= t.line && t.line <= s.to && t.from <= s.line && s.line <= t.to;
      if (s.vertical === t.vertical ? parallel(s, t) : cross) couplers.push([a, b]);
    }
  }
  return createTargetGraph(
    segments.map((_, k) => k),
    couplers,
    topology,
  );
}

/** Chimera C_m: cells of K_{4,4}. */
export function chimera(m: number): TargetGraph {
  const segments: Segment[] = [];
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < m; column++) {
      for (const vertical of [true, false]) {
        const [line, at] = vertical ? [column, row] : [row, column];
        for (let track = 0; track < 4; track++) segments.push({ vertical, line, from: at, to: at, track });
      }
    }
  }
  const topology: Topology = { type: 'chimera', shape: [m, m, 4] };
  return fromSegments(
    topology,
    segments,
    (s, t) => s.line === t.line && s.track === t.track && Math.abs(s.from - t.from) === 1,
  );
}

const VERTICAL_OFFSETS = [2, 2, 2, 2, 10, 10, 10, 10, 6, 6, 6, 6];
const HORIZONTAL_OFFSETS = [6, 6, 6, 6, 2, 2, 2, 2, 10, 10, 10, 10];

/** Pegasus P_m, 24 m (m - 1) qubits, those at the rim with fewer couplers included; segments cover 12 lines. */
export function pegasus(m: number): TargetGraph {
  const segments: Segment[] = [];
  for (const vertical of [true, false]) {
    const offsets = vertical ? VERTICAL_OFFSETS : HORIZONTAL_OFFSETS;
    for (let line = 0; line < 12 * m; line++) {
      for (let z = 0; z < m - 1; z++) {
        const from = 12 * z + offsets[line % 12];
        segments.push({ vertical, line, from, to: from + 11, track: 0 });
      }
    }
  }
  return fromSegments({ type: 'pegasus', shape: [m] }, segments, (s, t) => {
    if (s.line === t.line) return Math.abs(s.from - t.from) === 12;
    return s.line >> 1 === t.line >> 1 && s.from === t.from;
  });
}

/** Zephyr Z_m with four tracks: 2 m + 1 lines each way, 16 m (2 m + 1) qubits; segments cover two lines. */
export function zephyr(m: number): TargetGraph {
  const segments: Segment[] = [];
  for (const vertical of [true, false]) {
    for (let line = 0; line <= 2 * m; line++) {
      for (let track = 0; track < 4; track++) {
        for (const parity of [0, 1]) {
          for (let z = 0; z < m; z++) {
            const from = 2 * z + parity;
            segments.push({ vertical, line, from, to: from + 1, track });
          }
        }
      }
    }
  }
  return fromSegments({ type: 'zephyr', shape: [m, 4] }, segments, (s, t) => {
    const apart = Math.abs(s.from - t.from);
    return s.line === t.line && s.track === t.track && (apart === 1 || apart === 2);
  });
}
