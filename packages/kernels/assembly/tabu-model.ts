/** Where the model and the state of the dense tabu search (tabu.ts) lie, and the ends of its types. */

/** Variables in a block, whatever the width: ties are broken by block, so all widths must agree on what one is. */
export const BLOCK: usize = 64;

export let rows: usize = 0;
export let rowBytes: usize = 0;
export let zeroRow: usize = 0;
export let gains: usize = 0;
export let masks: usize = 0;
export let caps: usize = 0;
export let bestMasks: usize = 0;
export let blockMost: usize = 0;
export let blocks: usize = 0;
/** Ring of lists: the variables that are free again at a time; `after` holds what follows in the list, both plus one. */
export let ring: usize = 0;
export let ringMask: u32 = 0;
export let after: usize = 0;

/** Gains of i16 stay within this, so that the next flip cannot leave the range. */
export let limit: f64 = 0;
/** A state counts as better from so much on: what rounding may bring. */
export let margin: f64 = 0;

export function setTabuModel(rowsAt: usize, bytes: usize, zeroAt: usize, blockCount: usize, gainLimit: f64, least: f64): void {
  rows = rowsAt;
  rowBytes = bytes;
  zeroRow = zeroAt;
  blocks = blockCount;
  limit = gainLimit;
  margin = least;
}

export function setTabuState(
  gainsAt: usize, masksAt: usize, capsAt: usize, bestAt: usize, mostAt: usize, ringAt: usize, ringLength: u32,
  afterAt: usize,
): void {
  gains = gainsAt;
  masks = masksAt;
  caps = capsAt;
  bestMasks = bestAt;
  blockMost = mostAt;
  ring = ringAt;
  ringMask = ringLength - 1;
  after = afterAt;
}

// @ts-ignore: decorator
@inline
export function largest<T>(): T {
  return isFloat<T>() ? <T>Infinity : <T>(sizeof<T>() == 2 ? 32767 : 2147483647);
}

// @ts-ignore: decorator
@inline
export function least<T>(): T {
  return isFloat<T>() ? <T>(-Infinity) : <T>(sizeof<T>() == 2 ? -32768 : -2147483648);
}
