/**
 * Layers of the quantum approximate optimisation algorithm on a split state vector (re[] and im[] of 2^n float64):
 * exp(-i beta sum X_q) exp(-i gamma C). Everything is addressed by pointers that the host hands out; nothing is
 * allocated here. The angle beta comes as t = tan(beta), |t| <= 1, and cos(beta)^n is folded into the phases.
 */
import { computedPhase, scaledFirstQubit, tablePhase } from './phase';
import { mixBlock, mixTile } from './mixer';

export { costOverlap, diagonalExpectation, mixerOverlap, multiplyDiagonal, squaredNorm } from './sums';

/** 2^12 amplitudes are 64 KiB: the block stays in the second-level cache over all its qubits. */
const BLOCK_QUBITS: u32 = 12;
const TILE_COLUMNS: u32 = 64;
const TILE_QUBITS: u32 = 6;

/** Phases from a table (index[x] selects a cosine and a sine that already carry the scale), then the mixer. */
export function tableLayer(
  re: usize, im: usize, index: usize, cos: usize, sin: usize, qubits: u32, t: f64,
): void {
  const low = min(qubits, BLOCK_QUBITS);
  const size: u32 = 1 << low;
  const blocks: u32 = 1 << (qubits - low);
  for (let block: u32 = 0; block < blocks; block++) {
    const offset = <usize>block << (low + 3);
    tablePhase(re + offset, im + offset, index + (offset >> 2), cos, sin, size, t);
    mixBlock(re + offset, im + offset, 1, low, t);
  }
  mixHigh(re, im, qubits, t);
}

/** Phases gamma * costs[x], worked out on the way, then the mixer. */
export function computedLayer(
  re: usize, im: usize, costs: usize, qubits: u32, gamma: f64, scale: f64, t: f64,
): void {
  const low = min(qubits, BLOCK_QUBITS);
  const size: u32 = 1 << low;
  const blocks: u32 = 1 << (qubits - low);
  for (let block: u32 = 0; block < blocks; block++) {
    const offset = <usize>block << (low + 3);
    computedPhase(re + offset, im + offset, costs + offset, size, gamma, scale, t);
    mixBlock(re + offset, im + offset, 1, low, t);
  }
  mixHigh(re, im, qubits, t);
}

/** The mixer alone. */
export function mixer(re: usize, im: usize, qubits: u32, scale: f64, t: f64): void {
  const low = min(qubits, BLOCK_QUBITS);
  const size: u32 = 1 << low;
  const blocks: u32 = 1 << (qubits - low);
  for (let block: u32 = 0; block < blocks; block++) {
    const offset = <usize>block << (low + 3);
    scaledFirstQubit(re + offset, im + offset, size, scale, t);
    mixBlock(re + offset, im + offset, 1, low, t);
  }
  mixHigh(re, im, qubits, t);
}

function mixHigh(re: usize, im: usize, qubits: u32, t: f64): void {
  let first = BLOCK_QUBITS;
  while (first < qubits) {
    const last = min(first + TILE_QUBITS, qubits);
    const columns = <usize>8 << first;
    const outer: u32 = 1 << (qubits - last);
    for (let group: u32 = 0; group < outer; group++) {
      const base = <usize>group << (last + 3);
      for (let column: usize = 0; column < columns; column += TILE_COLUMNS << 3) {
        mixTile(re + base + column, im + base + column, first, last, TILE_COLUMNS, t);
      }
    }
    first = last;
  }
}
