/**
 * QAOA on qubits that begin tilted (Egger, Marecek & Woerner 2021, "Warm-starting quantum optimization", Quantum 5, 479,
 * section 3.1): qubit i in R_Y(theta_i)|0>, and the mixer of which all of them together are the highest state,
 *
 *   B = sum_i sin(theta_i) X_i + cos(theta_i) Z_i,   exp(-i beta B_i) = cos(beta) - i sin(beta) B_i   (B_i^2 = 1).
 */
import { KernelError } from './errors.ts';
import { createLayeredRegister, type LayeredRegister, type LayeredRegisterOptions } from './layered-register.ts';
import { MOST_REGISTER_QUBITS } from './qaoa-register.ts';
import { cosineAndSine } from './trigonometry.ts';

/** Like a `QaoaRegister`, with B in the place of sum_q X_q; two slots of float64. */
export interface TiltedRegister extends LayeredRegister {
  readonly qubits: number;
}

/**
 * All costs zero. @param thetas theta_i in radians, one per qubit. @throws KernelError BAD_SIZE unless there are 1 to 26,
 * BAD_VALUE unless they are finite.
 */
export function createTiltedRegister(thetas: readonly number[], options: LayeredRegisterOptions = {}): TiltedRegister {
  const qubits = thetas.length;
  if (qubits < 1 || qubits > MOST_REGISTER_QUBITS) {
    throw new KernelError(
      'BAD_SIZE',
      `createTiltedRegister: expected 1 to ${MOST_REGISTER_QUBITS} angles, got ${qubits}; use fewer qubits.`,
    );
  }
  const wrong = thetas.find((theta) => !Number.isFinite(theta));
  if (wrong !== undefined) {
    throw new KernelError('BAD_VALUE', `createTiltedRegister: expected finite angles, got ${wrong}; correct it.`);
  }
  const pair = new Float64Array(2);
  const cosineSine = (angle: number): readonly [number, number] => {
    cosineAndSine(angle, pair);
    return [pair[0], pair[1]];
  };
  const generators = thetas.map((theta, i) => {
    const [z, x] = cosineSine(theta);
    return { kind: 'pair' as const, places: 2, stride: 2 ** i, numbers: Float64Array.of(z, x, x, -z) };
  });
  const mixer = {
    generators,
    fill(re: Float64Array): void {
      re[0] = 1;
      for (const [i, theta] of thetas.entries()) {
        const [zero, one] = cosineSine(theta / 2);
        for (let x = 0; x < 2 ** i; x++) {
          re[x + 2 ** i] = one * re[x];
          re[x] *= zero;
        }
      }
    },
    steps(beta: number) {
      const [c, s] = cosineSine(beta);
      return generators.map((generator) => {
        const [z, x] = generator.numbers;
        return { ...generator, numbers: Float64Array.of(c, -s * z, 0, -s * x, 0, -s * x, c, s * z) };
      });
    },
  };
  return { ...createLayeredRegister(2 ** qubits, mixer, options), qubits };
}
