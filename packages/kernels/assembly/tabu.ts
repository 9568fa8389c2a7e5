/**
 * One-flip tabu search on a dense Ising model (Glover, Lu & Hao 2010, "Diversification-driven tabu search for unconstrained
 * binary quadratic problems", section 2.2): gains of all flips are kept, and one pass over them both brings them up to date
 * after a flip and finds the next one.
 *
 *   G_j = s_j F_j (what flipping j lowers the energy by), after a flip of i: G_j -= 4 J_ij s_i s_j, G_i = -G_i
 *
 * `R` is the type of a row's weights 4 J_ij, `T` that of gains, masks and caps: i16 and i16, i16 and i32, i32 and i32, f64
 * and f64. A spin of -1 is a mask of ones (f64: the sign bit). A cap is the largest T for a variable that may be flipped,
 * else the least: min(G, cap) then never wins. Variables come in blocks of 64; those that fill up the last one have no
 * weights, gain 0 and the least cap. The TypeScript twin is src/tabu-twin.ts.
 */

/** Variables in a block, whatever the width: ties are broken by block, so all widths must agree on what one is. */
const BLOCK: usize = 64;

let rows: usize = 0;
let rowBytes: usize = 0;
let zeroRow: usize = 0;
let gains: usize = 0;
let masks: usize = 0;
let caps: usize = 0;
let bestMasks: usize = 0;
let blockMost: usize = 0;
let blocks: usize = 0;
/** Ring of lists: the variables that are free again at a time; `after` holds what follows in the list, both plus one. */
let ring: usize = 0;
let ringMask: u32 = 0;
let after: usize = 0;

/** Gains of i16 stay within this, so that the next flip cannot leave the range. */
let limit: f64 = 0;
/** A state counts as better from so much on: what rounding may bring. */
let margin: f64 = 0;

let energy: f64 = 0;
let bestEnergy: f64 = 0;
let localBest: f64 = 0;
let now: u32 = 0;
let localAt: u32 = 0;
let generator: u32 = 1;
/** The current state is the best one and not yet kept. */
let pending: bool = false;
let leftRange: bool = false;

/** Results of a pass. */
let most: f64 = 0;
let mostOfAll: f64 = 0;

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

export function setGenerator(state: u32): void {
  generator = state;
}

export function setEnergy(value: f64): void {
  energy = value;
}

export function getEnergy(): f64 {
  return energy;
}

export function getBestEnergy(): f64 {
  return bestEnergy;
}

/** Whether gains left the range of i16 lanes: they are right, but the next flip might wrap around. */
export function getLeftRange(): u32 {
  return leftRange ? 1 : 0;
}

export function clearLeftRange(): void {
  leftRange = false;
}

/** Forgets what is tabu (not the caps) and starts to count anew; the best state is below `best` or the current one. */
export function restart(best: f64): void {
  for (let slot: u32 = 0; slot <= ringMask; slot++) store<u32>(ring + (<usize>slot << 2), 0);
  now = 0;
  localAt = 0;
  localBest = energy;
  bestEnergy = min(best, energy);
  pending = false;
}

// @ts-ignore: decorator
@inline
function minOf<T>(a: v128, b: v128): v128 {
  if (isFloat<T>()) return f64x2.pmin(a, b);
  return v128.min<T>(a, b);
}

// @ts-ignore: decorator
@inline
function maxOf<T>(a: v128, b: v128): v128 {
  if (isFloat<T>()) return f64x2.pmax(a, b);
  return v128.max<T>(a, b);
}

/** The largest of the lanes. */
// @ts-ignore: decorator
@inline
function across<T>(value: v128): f64 {
  let high = maxOf<T>(value, v128.shuffle<u64>(value, value, 1, 0));
  if (sizeof<T>() < 8) high = maxOf<T>(high, v128.shuffle<u32>(high, high, 1, 0, 3, 2));
  if (sizeof<T>() < 4) high = maxOf<T>(high, v128.shuffle<u16>(high, high, 1, 0, 3, 2, 5, 4, 7, 6));
  return <f64>v128.extract_lane<T>(high, 0);
}

/** G - 4 J s_i s of one vector, s_i = +1 when `up`. */
// @ts-ignore: decorator
@inline
function changed<R, T>(row: usize, offset: usize, up: bool): v128 {
  const gain = v128.load(gains + offset);
  const mask = v128.load(masks + offset);
  let weight: v128;
  if (sizeof<R>() == sizeof<T>()) weight = v128.load(row + offset);
  else weight = v128.load_ext<i16>(row + (offset >> 1));
  if (isFloat<T>()) {
    const term = v128.xor(weight, mask);
    return up ? f64x2.sub(gain, term) : f64x2.add(gain, term);
  }
  const term = v128.xor(weight, mask);
  if (up) return v128.add<T>(v128.sub<T>(gain, term), mask);
  return v128.sub<T>(v128.add<T>(gain, term), mask);
}

/** Gains after a flip of the variable whose row this is; leaves `most` and `mostOfAll`. */
// @ts-ignore: decorator
@inline
function passBy<R, T>(row: usize, up: bool): void {
  const lowest = v128.splat<T>(isFloat<T>() ? <T>(-Infinity) : <T>(sizeof<T>() == 2 ? -32768 : -2147483648));
  const blockBytes = BLOCK * sizeof<T>();
  let all0 = lowest;
  let all1 = lowest;
  let total = lowest;
  let down = v128.splat<T>(<T>0);
  let offset: usize = 0;
  for (let block: usize = 0; block < blocks; block++) {
    const end = offset + blockBytes;
    let own0 = lowest;
    let own1 = lowest;
    for (; offset < end; offset += 64) {
      const g0 = changed<R, T>(row, offset, up);
      v128.store(gains + offset, g0);
      own0 = maxOf<T>(own0, minOf<T>(v128.load(caps + offset), g0));
      const g1 = changed<R, T>(row, offset + 16, up);
      v128.store(gains + offset, g1, 16);
      own1 = maxOf<T>(own1, minOf<T>(v128.load(caps + offset, 16), g1));
      const g2 = changed<R, T>(row, offset + 32, up);
      v128.store(gains + offset, g2, 32);
      own0 = maxOf<T>(own0, minOf<T>(v128.load(caps + offset, 32), g2));
      const g3 = changed<R, T>(row, offset + 48, up);
      v128.store(gains + offset, g3, 48);
      own1 = maxOf<T>(own1, minOf<T>(v128.load(caps + offset, 48), g3));
      all0 = maxOf<T>(all0, maxOf<T>(g0, g1));
      all1 = maxOf<T>(all1, maxOf<T>(g2, g3));
      if (sizeof<T>() == 2) down = minOf<T>(down, minOf<T>(minOf<T>(g0, g1), minOf<T>(g2, g3)));
    }
    own0 = maxOf<T>(own0, own1);
    v128.store(blockMost + (block << 4), own0);
    total = maxOf<T>(total, own0);
  }
  most = across<T>(total);
  mostOfAll = across<T>(maxOf<T>(all0, all1));
  if (sizeof<T>() == 2) {
    // The least, as the largest of the negated.
    const largest = max(mostOfAll, across<T>(v128.neg<T>(down)));
    if (largest > limit) leftRange = true;
  }
}

function pass<R, T>(row: usize, up: bool): void {
  if (up) passBy<R, T>(row, true);
  else passBy<R, T>(row, false);
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
function find<T>(capped: bool): usize {
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
function draw(): void {
  // xorshift32 (Marsaglia 2003, section 3, triple 13, 17, 5).
  generator ^= generator << 13;
  generator ^= generator >>> 17;
  generator ^= generator << 5;
}

/** Flips i but for what this does to the others; answers whether it was up. */
// @ts-ignore: decorator
@inline
function turn<T>(i: usize): bool {
  const at = i * sizeof<T>();
  const gain = load<T>(gains + at);
  energy -= <f64>gain;
  store<T>(gains + at, -gain);
  if (isFloat<T>()) {
    const mask = load<u64>(masks + at);
    store<u64>(masks + at, mask ^ 0x8000000000000000);
    return mask == 0;
  }
  const mask = load<T>(masks + at);
  store<T>(masks + at, ~mask);
  return mask == <T>0;
}

// @ts-ignore: decorator
@inline
function largest<T>(): T {
  return isFloat<T>() ? <T>Infinity : <T>(sizeof<T>() == 2 ? 32767 : 2147483647);
}

// @ts-ignore: decorator
@inline
function least<T>(): T {
  return isFloat<T>() ? <T>(-Infinity) : <T>(sizeof<T>() == 2 ? -32768 : -2147483648);
}

/** Frees the variables whose time has come. */
// @ts-ignore: decorator
@inline
function release<T>(): void {
  const slot = ring + (<usize>(now & ringMask) << 2);
  let j = load<u32>(slot);
  while (j != 0) {
    store<T>(caps + <usize>(j - 1) * sizeof<T>(), largest<T>());
    j = load<u32>(after + (<usize>(j - 1) << 2));
  }
  store<u32>(slot, 0);
}

/** Makes i tabu for so many flips; one that is already stays so for as long as it was. */
// @ts-ignore: decorator
@inline
function forbid<T>(i: usize, tenure: u32): void {
  const at = caps + i * sizeof<T>();
  if (load<T>(at) == least<T>()) return;
  store<T>(at, least<T>());
  const slot = ring + (<usize>((now + tenure) & ringMask) << 2);
  store<u32>(after + (i << 2), load<u32>(slot));
  store<u32>(slot, <u32>i + 1);
}

/** Keeps the masks of the best state. */
// @ts-ignore: decorator
@inline
function keep<T>(): void {
  const end = blocks * BLOCK * sizeof<T>();
  for (let at: usize = 0; at < end; at += 16) v128.store(bestMasks + at, v128.load(masks + at));
  pending = false;
}

// @ts-ignore: decorator
@inline
function note(): void {
  if (energy < bestEnergy - margin) {
    bestEnergy = energy;
    pending = true;
  }
}

/**
 * Up to `flips` flips of tabu search; ends early after `patience` flips without a new local best, or when i16 gains leave
 * their range. A flipped variable is tabu for tenure + 0 ... spread - 1 flips. Answers the flips made.
 */
// @ts-ignore: decorator
@inline
function search<R, T>(flips: u32, patience: u32, tenure: u32, spread: u32): u32 {
  let done: u32 = 0;
  pass<R, T>(zeroRow, true);
  while (done < flips && now - localAt < patience && !leftRange) {
    draw();
    const aspired = mostOfAll > most && energy - mostOfAll < bestEnergy - margin;
    done++;
    now++;
    if (!aspired && most == <f64>least<T>()) {
      release<T>();
      pass<R, T>(zeroRow, true);
      continue;
    }
    const i = find<T>(!aspired);
    if (pending && <f64>load<T>(gains + i * sizeof<T>()) <= 0) keep<T>();
    forbid<T>(i, tenure + <u32>((<u64>(generator << 16) * <u64>spread) >> 32));
    const up = turn<T>(i);
    release<T>();
    pass<R, T>(rows + i * rowBytes, up);
    if (energy < localBest - margin) {
      localBest = energy;
      localAt = now;
    }
    note();
  }
  if (pending) keep<T>();
  return done;
}

/** Flips, up to `count` times, the variable with the largest gain among those whose cap allows it, each once. */
// @ts-ignore: decorator
@inline
function relink<R, T>(count: u32): u32 {
  let done: u32 = 0;
  pass<R, T>(zeroRow, true);
  while (done < count && most != <f64>least<T>() && !leftRange) {
    draw();
    const i = find<T>(true);
    if (pending && <f64>load<T>(gains + i * sizeof<T>()) <= 0) keep<T>();
    store<T>(caps + i * sizeof<T>(), least<T>());
    const up = turn<T>(i);
    pass<R, T>(rows + i * rowBytes, up);
    note();
    done++;
  }
  if (pending) keep<T>();
  return done;
}

/** Flips the variables of a list; answers how many, fewer than all when i16 gains leave their range. */
// @ts-ignore: decorator
@inline
function flip<R, T>(list: usize, count: u32): u32 {
  let done: u32 = 0;
  while (done < count && !leftRange) {
    const i = <usize>load<u32>(list + (<usize>done << 2));
    const up = turn<T>(i);
    pass<R, T>(rows + i * rowBytes, up);
    done++;
  }
  return done;
}

export function i16i16Search(flips: u32, patience: u32, tenure: u32, spread: u32): u32 {
  return search<i16, i16>(flips, patience, tenure, spread);
}

export function i16i16Relink(count: u32): u32 {
  return relink<i16, i16>(count);
}

export function i16i16Flip(list: usize, count: u32): u32 {
  return flip<i16, i16>(list, count);
}

export function i16i32Search(flips: u32, patience: u32, tenure: u32, spread: u32): u32 {
  return search<i16, i32>(flips, patience, tenure, spread);
}

export function i16i32Relink(count: u32): u32 {
  return relink<i16, i32>(count);
}

export function i16i32Flip(list: usize, count: u32): u32 {
  return flip<i16, i32>(list, count);
}

export function i32i32Search(flips: u32, patience: u32, tenure: u32, spread: u32): u32 {
  return search<i32, i32>(flips, patience, tenure, spread);
}

export function i32i32Relink(count: u32): u32 {
  return relink<i32, i32>(count);
}

export function i32i32Flip(list: usize, count: u32): u32 {
  return flip<i32, i32>(list, count);
}

export function f64f64Search(flips: u32, patience: u32, tenure: u32, spread: u32): u32 {
  return search<f64, f64>(flips, patience, tenure, spread);
}

export function f64f64Relink(count: u32): u32 {
  return relink<f64, f64>(count);
}

export function f64f64Flip(list: usize, count: u32): u32 {
  return flip<f64, f64>(list, count);
}
