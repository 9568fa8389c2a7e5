/**
 * Layers of the quantum approximate optimisation algorithm on a split state vector: exp(-i beta sum X_q) exp(-i gamma C).
 * Work comes in units of (at most) 4,096 amplitudes, from..to - 1, that no other unit touches: blocks of neighbours for
 * the low qubits, tiles of rows for the high ones. The angle beta comes as t = tan(beta), |t| <= 1, and cos(beta)^n is
 * folded into the phases.
 */
import { mixBlock, mixMirror, mixTile } from './mixer';
import { computedPhase, scaledFirstQubits, tablePhase } from './phase';

const UNIT: u32 = 4096;

/** The first qubit whose pairs are whole vectors. */
// @ts-ignore: decorator
@inline
function firstWhole<T>(): u32 {
  return sizeof<T>() == 4 ? 2 : 1;
}

/** Phases from a table (index[x] selects a cosine and a sine that already carry the scale), then qubits 0..low - 1. */
// @ts-ignore: decorator
@inline
export function tableBlocks<T>(
  re: usize, im: usize, index: usize, cos: usize, sin: usize, low: u32, t: f64, from: u32, to: u32,
): void {
  for (let block = from; block < to; block++) {
    const at = <usize>block << low;
    const offset = at << alignof<T>();
    tablePhase<T>(re + offset, im + offset, index + (at << 1), cos, sin, 1 << low, t);
    mixBlock<T>(re + offset, im + offset, firstWhole<T>(), low, t);
  }
}

/** Phases gamma * costs[x], worked out on the way, then qubits 0..low - 1. */
// @ts-ignore: decorator
@inline
export function computedBlocks<T>(
  re: usize, im: usize, costs: usize, low: u32, gamma: f64, scale: f64, t: f64, from: u32, to: u32,
): void {
  for (let block = from; block < to; block++) {
    const at = <usize>block << low;
    const offset = at << alignof<T>();
    computedPhase<T>(re + offset, im + offset, costs + (at << 3), 1 << low, gamma, scale, t);
    mixBlock<T>(re + offset, im + offset, firstWhole<T>(), low, t);
  }
}

/** Everything scaled, then qubits 0..low - 1. */
// @ts-ignore: decorator
@inline
export function mixerBlocks<T>(re: usize, im: usize, low: u32, scale: f64, t: f64, from: u32, to: u32): void {
  for (let block = from; block < to; block++) {
    const offset = <usize>block << (low + alignof<T>());
    scaledFirstQubits<T>(re + offset, im + offset, 1 << low, scale, t);
    mixBlock<T>(re + offset, im + offset, firstWhole<T>(), low, t);
  }
}

/** Qubits first..last - 1 of the mixer, at most six. */
// @ts-ignore: decorator
@inline
export function mixerTiles<T>(re: usize, im: usize, first: u32, last: u32, t: f64, from: u32, to: u32): void {
  const columns: u32 = UNIT >> (last - first);
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
