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
 * weights, gain 0 and the least cap. The TypeScript twin is src/tabu-kernel.ts.
 */
import { draw, find, generator, setGenerator } from './tabu-find';
import {
  after, bestMasks, BLOCK, blocks, caps, gains, largest, least, margin, masks, ring, ringMask, rowBytes, rows,
  setTabuModel, setTabuState, zeroRow,
} from './tabu-model';
import { clearLeftRange, getLeftRange, leftRange, most, mostOfAll, pass } from './tabu-pass';

export { clearLeftRange, getLeftRange, setGenerator, setTabuModel, setTabuState };

let energy: f64 = 0;
let bestEnergy: f64 = 0;
let localBest: f64 = 0;
let now: u32 = 0;
let localAt: u32 = 0;
/** The current state is the best one and not yet kept. */
let pending: bool = false;

export function setEnergy(value: f64): void {
  energy = value;
}

export function getEnergy(): f64 {
  return energy;
}

export function getBestEnergy(): f64 {
  return bestEnergy;
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
