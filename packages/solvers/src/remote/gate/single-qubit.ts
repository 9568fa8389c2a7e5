/**
 * One-qubit unitaries as rz and sx, the two that superconducting machines have natively (McKay, Wood, Sheldon, Chow &
 * Gambetta 2017, "Efficient Z gates for quantum computing", Physical Review A 96, 022330):
 *
 *   U(theta, phi, lambda) = rz(phi + pi) sx rz(theta + pi) sx rz(lambda)      up to a global phase,
 *   U(pi/2, phi, lambda)  = rz(phi + pi/2) sx rz(lambda - pi/2).
 */
import { gate, type Operation, type Unitary } from '@qurriculum/quantum';

/** Angles below this turn nothing that a measurement could show: float64 noise of products of a few matrices. */
const NOTHING = 1e-12;

export const IDENTITY: Unitary = { re: Float64Array.of(1, 0, 0, 1), im: new Float64Array(4) };

/** The product `after` * `before`, 2 x 2. */
export function compose(after: Unitary, before: Unitary): Unitary {
  const re = new Float64Array(4);
  const im = new Float64Array(4);
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 2; column++) {
      for (let k = 0; k < 2; k++) {
        const [a, b] = [2 * row + k, 2 * k + column];
        re[2 * row + column] += after.re[a] * before.re[b] - after.im[a] * before.im[b];
        im[2 * row + column] += after.re[a] * before.im[b] + after.im[a] * before.re[b];
      }
    }
  }
  return { re, im };
}

/** The unitary as rz and sx on the qubit, first gate first; none for the identity. */
export function asRzSx({ re, im }: Unitary, qubit: number): readonly Operation[] {
  const size = (k: number): number => Math.hypot(re[k], im[k]);
  const angle = (k: number): number => Math.atan2(im[k], re[k]);
  const theta = 2 * Math.atan2(size(2), size(0));
  const rz = (value: number): readonly Operation[] => {
    const turn = value - 2 * Math.PI * Math.round(value / (2 * Math.PI));
    return Math.abs(turn) < NOTHING ? [] : [gate('rz', [qubit], turn)];
  };
  const sx = gate('sx', [qubit]);
  if (Math.abs(theta) < NOTHING) return rz(angle(3) - angle(0));
  // U has e^(i phi) sin(theta/2) below the diagonal and -e^(i lambda) sin(theta/2) above it.
  const [phi, lambda] =
    Math.abs(theta - Math.PI) < NOTHING
      ? [angle(2) - angle(1) + Math.PI, 0]
      : [angle(2) - angle(0), angle(1) - angle(0) + Math.PI];
  if (Math.abs(theta - Math.PI / 2) < NOTHING) return [...rz(lambda - Math.PI / 2), sx, ...rz(phi + Math.PI / 2)];
  return [...rz(lambda), sx, ...rz(theta + Math.PI), sx, ...rz(phi + Math.PI)];
}
