/**
 * Where a qubit lies on D-Wave's chips, from its number (dwave-networkx, `generators/chimera`, `pegasus` and `zephyr`:
 * linear indices; geometry: Boothby, Bunyk, Raymond & Roy 2020, arXiv:2003.00133; Boothby, King & Raymond 2021, technical
 * report 14-1056A): a stretch of a line that crosses lines of the other direction.
 */
import { type Fields, numbersOf } from '../response-fields.ts';

/** As in a solver's property `topology`. */
export interface Topology {
  readonly type: 'chimera' | 'pegasus' | 'zephyr';
  /** Chimera [m, n, t], Pegasus [m], Zephyr [m, t]. */
  readonly shape: readonly number[];
}

export interface Segment {
  readonly vertical: boolean;
  /** Position of its line among the parallel ones. */
  readonly line: number;
  /** Positions of the first and the last line that it crosses. */
  readonly from: number;
  readonly to: number;
  /** Segments with the same wire follow one another without overlap, coupled end to end. */
  readonly wire: string;
}

/** Where segments of Pegasus begin, by their track in a group of twelve. */
const VERTICAL_OFFSETS = [2, 2, 2, 2, 10, 10, 10, 10, 6, 6, 6, 6];
const HORIZONTAL_OFFSETS = [6, 6, 6, 6, 2, 2, 2, 2, 10, 10, 10, 10];
const PEGASUS_TRACKS = 12;
const USUAL_TRACKS = 4;

/** The segment of a qubit's number. */
export function segmentOf({ type, shape }: Topology, qubit: number): Segment {
  if (type === 'pegasus') return pegasusSegment(shape[0], qubit);
  return type === 'zephyr' ? zephyrSegment(shape, qubit) : chimeraSegment(shape, qubit);
}

/** number = ((row n + column) 2 + u) t + k */
function chimeraSegment([m, n = m, t = USUAL_TRACKS]: readonly number[], qubit: number): Segment {
  const [cell, u, k] = split(qubit, 2, t);
  const [row, column] = [Math.floor(cell / n), cell % n];
  const [line, at] = u === 0 ? [column, row] : [row, column];
  return { vertical: u === 0, line, from: at, to: at, wire: `${u} ${line} ${k}` };
}

/** number = ((u m + w) 12 + k) (m - 1) + z */
function pegasusSegment(m: number, qubit: number): Segment {
  const [u, w, k, z] = split(qubit, m, PEGASUS_TRACKS, m - 1);
  const line = PEGASUS_TRACKS * w + k;
  const from = PEGASUS_TRACKS * z + (u === 0 ? VERTICAL_OFFSETS : HORIZONTAL_OFFSETS)[k];
  return { vertical: u === 0, line, from, to: from + PEGASUS_TRACKS - 1, wire: `${u} ${line}` };
}

/** number = (((u (2 m + 1) + w) t + k) 2 + j) m + z */
function zephyrSegment([m, t = USUAL_TRACKS]: readonly number[], qubit: number): Segment {
  const [u, w, k, j, z] = split(qubit, 2 * m + 1, t, 2, m);
  const from = 2 * z + j;
  return { vertical: u === 0, line: w, from, to: from + 1, wire: `${u} ${w} ${k} ${j}` };
}

/** Digits of a number in mixed radices, the last varies fastest; the first digit has no bound. */
function split(number: number, ...radices: readonly number[]): number[] {
  const digits: number[] = [];
  let left = number;
  for (const radix of [...radices].reverse()) {
    digits.unshift(left % radix);
    left = Math.floor(left / radix);
  }
  return [left, ...digits];
}

/** The topology in a solver's properties; null for one that is not known here. */
export function readTopology(properties: Fields): Topology | null {
  const topology = properties['topology'];
  if (typeof topology !== 'object' || topology === null) return null;
  const { type, shape } = topology as Fields;
  if (type !== 'chimera' && type !== 'pegasus' && type !== 'zephyr') return null;
  const numbers = numbersOf(shape, 'D-Wave solver topology');
  return numbers.length > 0 && numbers.every((n) => Number.isInteger(n) && n >= 1) ? { type, shape: numbers } : null;
}
