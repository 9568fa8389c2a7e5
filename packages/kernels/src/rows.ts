/** Checks of what annealers are given. */
import { KernelError } from './errors.ts';
import type { IsingRows } from './lane-model.ts';
import { inRanges, type Steps } from './steps.ts';

/** In steps. @throws KernelError BAD_SIZE, BAD_VALUE when the rows are not those of a model. */
export function* requireRows(caller: string, { linear, rowStart, neighbour, bias }: IsingRows): Steps<void> {
  const size = linear.length;
  if (rowStart.length !== size + 1 || rowStart[size] !== neighbour.length || bias.length !== neighbour.length) {
    throw new KernelError(
      'BAD_SIZE',
      `${caller}: expected ${size + 1} row offsets that end at the number of entries, got ${rowStart.length} ending at ` +
        `${rowStart.at(-1)} for ${neighbour.length} entries; build the rows with createBqm.`,
    );
  }
  const badColumn = yield* firstBadColumn(neighbour, size);
  if (badColumn !== null || rowStart.some((start, i) => i > 0 && start < rowStart[i - 1])) {
    throw new KernelError(
      'BAD_VALUE',
      `${caller}: expected ascending offsets and columns below ${size}, got ${badColumn ?? 'a falling offset'}; ` +
        'build the rows with createBqm.',
    );
  }
  if (!((yield* areFinite(linear)) && (yield* areFinite(bias)))) {
    throw new KernelError('BAD_VALUE', `${caller}: expected finite biases, got NaN or infinity; correct them.`);
  }
}

// Plain loops: a dense model has millions of entries, and calls of a function for each would hold up deadlines.

function* firstBadColumn(neighbour: Int32Array, size: number): Steps<number | null> {
  let bad: number | null = null;
  yield* inRanges(neighbour.length, (from, to) => {
    for (let k = from; k < to; k++) {
      if (neighbour[k] >= 0 && neighbour[k] < size) continue;
      bad = neighbour[k];
      return false;
    }
    return true;
  });
  return bad;
}

function areFinite(values: Float64Array): Steps<boolean> {
  return inRanges(values.length, (from, to) => {
    // x - x is 0 for finite numbers only, NaN for all others; and NaN stays.
    let sum = 0;
    for (let k = from; k < to; k++) sum += values[k] - values[k];
    return sum === 0;
  });
}

/** @throws KernelError BAD_SIZE, BAD_VALUE when there is not one spin of -1 or +1 per variable. */
export function requireSpins(caller: string, spins: ArrayLike<number>, variables: number): void {
  if (spins.length !== variables) {
    throw new KernelError('BAD_SIZE', `${caller}: expected ${variables} spins, got ${spins.length}; give them all.`);
  }
  for (let i = 0; i < variables; i++) {
    if (spins[i] !== 1 && spins[i] !== -1) {
      throw new KernelError('BAD_VALUE', `${caller}: expected -1 or +1, got ${spins[i]} at ${i}; correct it.`);
    }
  }
}
