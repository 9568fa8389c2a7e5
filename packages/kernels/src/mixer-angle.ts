/**
 * The mixer exp(-i beta sum_q X_q) on n qubits in the form that the kernels apply:
 *
 *   beta = m pi/2 + b, |b| <= pi/4:   (-i X)^m on every qubit, times cos(b)^n prod_q (1 - i tan(b) X_q).
 *
 * The tangent saves two multiplications per amplitude and stays within [-1, 1].
 */
import type { SplitState } from './qaoa-kernel.ts';
import { cosineAndSine } from './trigonometry.ts';

export interface MixerAngle {
  /** tan(b), within [-1, 1]. */
  readonly tangent: number;
  /** cos(b)^n. */
  readonly scale: number;
  /** m modulo 4. */
  readonly quarterTurns: number;
}

/** Angles that need no quarter turn, all those below pi/4, cost one pass less. */
export function mixerAngle(beta: number, qubits: number): MixerAngle {
  const turns = Math.round(beta / (Math.PI / 2));
  const pair = new Float64Array(2);
  cosineAndSine(turns === 0 ? beta : beta - turns * (Math.PI / 2), pair);
  let scale = 1;
  for (let q = 0; q < qubits; q++) scale *= pair[0];
  return { tangent: pair[1] / pair[0], scale, quarterTurns: ((turns % 4) + 4) % 4 };
}

/**
 * Applies (-i X)^m to every qubit of a split vector of 2^n amplitudes, or of the 2^(n-1) of a mirrored state, which
 * flipping all qubits leaves as it is.
 */
export function applyQuarterTurns({ re, im }: SplitState, qubits: number, quarterTurns: number, mirror: boolean): void {
  if (quarterTurns === 0) return;
  if (quarterTurns % 2 === 1 && !mirror) {
    re.reverse();
    im.reverse();
  }
  // (-i)^k for k = n m: 1, -i, -1, i.
  const power = (qubits * quarterTurns) % 4;
  if (power === 0) return;
  for (let x = 0; x < re.length; x++) {
    const a = re[x];
    const b = im[x];
    re[x] = power === 1 ? b : power === 2 ? -a : -b;
    im[x] = power === 1 ? -a : power === 2 ? -b : a;
  }
}
