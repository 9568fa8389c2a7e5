/**
 * The best of two states, piece by piece (partition crossover of Whitley, Hains & Howe 2009, "Tunneling between optima",
 * section 2, on the graph of a model; its pieces are the clusters of Houdayer 2001, "A cluster Monte Carlo algorithm for
 * 2-dimensional spin glasses"). The variables in which two states differ fall into connected pieces that know nothing of
 * each other: every piece may be taken from whichever state has it better. On sparse models there are many.
 */
import type { BinaryQuadraticModel } from '@qurriculum/problems';

/** Gains count from this part of the terms that they are summed from on: less is rounding. */
const ROUNDING = 1e-12;

/**
 * Takes every piece into `state` that lowers its energy, from `other` and, when flipping all changes nothing, from its
 * mirror image. The answer is whether there was one.
 */
export function recombine(spin: BinaryQuadraticModel, state: Int32Array, other: Int32Array): boolean {
  const taken = takePieces(spin, state, other);
  if (spin.linear.some((field) => field !== 0)) return taken;
  return (
    takePieces(
      spin,
      state,
      other.map((value) => -value),
    ) || taken
  );
}

function takePieces(spin: BinaryQuadraticModel, state: Int32Array, other: Int32Array): boolean {
  const size = state.length;
  /** Piece of each variable, from 1 on; 0 where the states agree or nobody came by yet. */
  const pieceOf = new Int32Array(size);
  let pieces = 0;
  let taken = false;
  for (let i = 0; i < size; i++) {
    if (state[i] === other[i] || pieceOf[i] !== 0) continue;
    const piece = collect(spin, state, other, i, pieceOf, ++pieces);
    if (gainOf(spin, state, piece, pieceOf, pieces) <= 0) continue;
    for (const j of piece) state[j] = -state[j];
    taken = true;
  }
  return taken;
}

/** The variables that hang together with i through variables that differ. */
function collect(
  { rowStart, neighbour }: BinaryQuadraticModel,
  state: Int32Array,
  other: Int32Array,
  i: number,
  pieceOf: Int32Array,
  label: number,
): number[] {
  const piece = [i];
  pieceOf[i] = label;
  for (let at = 0; at < piece.length; at++) {
    for (let k = rowStart[piece[at]]; k < rowStart[piece[at] + 1]; k++) {
      const j = neighbour[k];
      if (state[j] === other[j] || pieceOf[j] !== 0) continue;
      pieceOf[j] = label;
      piece.push(j);
    }
  }
  return piece;
}

/** What flipping a piece lowers the energy by, 2 sum_{i in C} s_i (h_i + sum_{j not in C} J_ij s_j); 0 when it is rounding. */
function gainOf(
  { linear, rowStart, neighbour, bias }: BinaryQuadraticModel,
  state: Int32Array,
  piece: readonly number[],
  pieceOf: Int32Array,
  label: number,
): number {
  let gain = 0;
  let terms = 0;
  for (const i of piece) {
    gain += linear[i] * state[i];
    terms += Math.abs(linear[i]);
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      if (pieceOf[neighbour[k]] === label) continue;
      gain += bias[k] * state[i] * state[neighbour[k]];
      terms += Math.abs(bias[k]);
    }
  }
  return Math.abs(gain) > ROUNDING * terms ? 2 * gain : 0;
}
