/**
 * Layers of the quantum approximate optimisation algorithm on a split state vector: exp(-i beta sum X_q) exp(-i gamma C).
 * Work comes in units, from..to - 1, that no other unit touches: blocks of neighbours for the low qubits, tiles of rows for
 * the high ones. The angle beta comes as t = tan(beta), |t| <= 1, and cos(beta)^n is folded into the phases.
 *
 * A block stays in the second-level cache. It is done in parts that stay in the first: phases and the lowest qubits in one
 * pass over each part, its next qubits three at a time, and last those that reach across parts.
 */
import { mixBlock, mixMirror, mixTile } from './mixer';
import { computedPhase, qubitsInVector, scaledPhase, tablePhase } from './phase';

/** Qubits of a part above those of the phases: three passes of three. 2^10 float64 amplitudes are 16 KiB. */
const PART_QUBITS: u32 = 9;

/** Phases from a table (index[x] selects a cosine and a sine, which already carry the scale), then qubits 0..low - 1. */
// @ts-ignore: decorator
@inline
export function tableBlocks<T>(
  re: usize, im: usize, index: usize, table: usize, low: u32, t: f64, from: u32, to: u32,
): void {
  const first = qubitsInVector<T>();
  const part = min(first + PART_QUBITS, low);
  for (let block = <usize>from << low, end = <usize>to << low; block < end; block += (<usize>1) << low) {
    for (let at = block; at < block + ((<usize>1) << low); at += (<usize>1) << part) {
      const offset = at << alignof<T>();
      tablePhase<T>(re + offset, im + offset, index + (at << 1), table, 1 << part, t);
      mixBlock<T>(re + offset, im + offset, first, part, 1 << part, t);
    }
    mixBlock<T>(re + (block << alignof<T>()), im + (block << alignof<T>()), part, low, 1 << low, t);
  }
}

/** Phases gamma * costs[x], worked out on the way, then qubits 0..low - 1. */
// @ts-ignore: decorator
@inline
export function computedBlocks<T>(
  re: usize, im: usize, costs: usize, low: u32, gamma: f64, scale: f64, t: f64, from: u32, to: u32,
): void {
  const first = qubitsInVector<T>();
  const part = min(first + PART_QUBITS, low);
  for (let block = <usize>from << low, end = <usize>to << low; block < end; block += (<usize>1) << low) {
    for (let at = block; at < block + ((<usize>1) << low); at += (<usize>1) << part) {
      const offset = at << alignof<T>();
      computedPhase<T>(re + offset, im + offset, costs + (at << 3), 1 << part, gamma, scale, t);
      mixBlock<T>(re + offset, im + offset, first, part, 1 << part, t);
    }
    mixBlock<T>(re + (block << alignof<T>()), im + (block << alignof<T>()), part, low, 1 << low, t);
  }
}

/** Everything scaled, then qubits 0..low - 1. */
// @ts-ignore: decorator
@inline
export function mixerBlocks<T>(re: usize, im: usize, low: u32, scale: f64, t: f64, from: u32, to: u32): void {
  const first = qubitsInVector<T>();
  const part = min(first + PART_QUBITS, low);
  for (let block = <usize>from << low, end = <usize>to << low; block < end; block += (<usize>1) << low) {
    for (let at = block; at < block + ((<usize>1) << low); at += (<usize>1) << part) {
      const offset = at << alignof<T>();
      scaledPhase<T>(re + offset, im + offset, 1 << part, scale, t);
      mixBlock<T>(re + offset, im + offset, first, part, 1 << part, t);
    }
    mixBlock<T>(re + (block << alignof<T>()), im + (block << alignof<T>()), part, low, 1 << low, t);
  }
}

/** Qubits first..last - 1 of the mixer, at most three, on tiles of 2^(last - first) rows of `columns` amplitudes. */
// @ts-ignore: decorator
@inline
export function mixerTiles<T>(
  re: usize, im: usize, first: u32, last: u32, columns: u32, t: f64, from: u32, to: u32,
): void {
  const perGroup: u32 = (1 << first) / columns;
  for (let tile = from; tile < to; tile++) {
    const base = (<usize>(tile / perGroup) << last) + <usize>((tile % perGroup) * columns);
    const offset = base << alignof<T>();
    mixTile<T>(re + offset, im + offset, first, last, columns, t);
  }
}

/** The qubit that a mirrored register leaves out; `pairs` of them in a unit. */
// @ts-ignore: decorator
@inline
export function mirrorBlocks<T>(re: usize, im: usize, qubits: u32, pairs: u32, t: f64, from: u32, to: u32): void {
  mixMirror<T>(re, im, qubits, from * pairs, to * pairs, t);
}
