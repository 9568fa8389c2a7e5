/** Which variable has the largest gain, ties broken at random. */
import { BLOCK, blockMost, blocks, caps, gains } from './tabu-model';
import { minOf, most, mostOfAll } from './tabu-pass';

export let generator: u32 = 1;

export function setGenerator(state: u32): void {
  generator = state;
}

/** Bit j is set where variable j of the block has this gain; `within` its cap when asked. */
// @ts-ignore: decorator
@inline
function equalIn<T>(block: usize, value: v128, capped: bool): u64 {
  let bits: u64 = 0;
  const perVector: usize = 16 / sizeof<T>();
  for (let v: usize = 0; v < BLOCK / perVector; v++) {
    const at = block * BLOCK * sizeof<T>() + (v << 4);
    let gain = v128.load(gains + at);
    if (capped) gain = minOf<T>(gain, v128.load(caps + at));
    const equal = v128.eq<T>(gain, value);
    const own = isFloat<T>() ? i64x2.bitmask(equal) : v128.bitmask<T>(equal);
    bits |= (<u64>own) << (v * perVector);
  }
  return bits;
}

/**
 * The variable with a gain of `most`, or of `mostOfAll` whatever its cap. Among equal ones the first from a block and a
 * place within blocks on that change with every flip.
 */
// @ts-ignore: decorator
@inline
export function find<T>(capped: bool): usize {
  const value = v128.splat<T>(<T>(capped ? most : mostOfAll));
  const turn = (generator >>> 8) & 63;
  let block = <usize>((<u64>generator * <u64>blocks) >> 32);
  for (let k: usize = 0; k < blocks; k++) {
    if (!capped || v128.any_true(v128.eq<T>(v128.load(blockMost + (block << 4)), value))) {
      const bits = equalIn<T>(block, value, capped);
      if (bits != 0) return block * BLOCK + <usize>((ctz(rotr(bits, turn)) + turn) & 63);
    }
    block++;
    if (block == blocks) block = 0;
  }
  return 0;
}

// @ts-ignore: decorator
@inline
export function draw(): void {
  // xorshift32 (Marsaglia 2003, section 3, triple 13, 17, 5).
  generator ^= generator << 13;
  generator ^= generator >>> 17;
  generator ^= generator << 5;
}
