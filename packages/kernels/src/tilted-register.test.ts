import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createTiltedRegister, type TiltedRegister } from './tilted-register.ts';

function fillRandom({ states }: TiltedRegister, seed: number): void {
  const random = createRandom(seed);
  for (const { re, im } of states) {
    for (let x = 0; x < re.length; x++) {
      re[x] = random.normal();
      im[x] = random.normal();
    }
  }
}

const copyOf = ({ states }: TiltedRegister) => states.map(({ re, im }) => ({ re: re.slice(), im: im.slice() }));

describe('createTiltedRegister', () => {
  it.each(['wasm-simd', 'typescript'] as const)('begins in an eigenstate of its mixer: %s', (backend) => {
    const thetas = [0.3, 2.1, Math.PI / 2, 1.2, 0];
    const register = createTiltedRegister(thetas, { backend });
    register.fillUniform();
    const [{ re: before }] = copyOf(register);
    // B has the eigenvalue 5: each of its terms has 1.
    register.mixer(0.37);
    for (let x = 0; x < 32; x++) {
      expect(register.states[0].re[x]).toBeCloseTo(Math.cos(5 * 0.37) * before[x], 13);
      expect(register.states[0].im[x]).toBeCloseTo(-Math.sin(5 * 0.37) * before[x], 13);
      const share = thetas.reduce((p, theta, i) => p * ((x >> i) & 1 ? Math.sin(theta / 2) : Math.cos(theta / 2)), 1);
      expect(before[x]).toBeCloseTo(share, 13);
    }
  });

  it('has the derivative of its mixer in its overlap', () => {
    const register = createTiltedRegister([0.4, 1.9, 1, 2.6]);
    fillRandom(register, 6);
    const [a, b] = copyOf(register);
    const overlap = register.mixerOverlap();
    // d/d beta Re <b| exp(-i beta B) |a> = Im <b| B |a> at beta = 0.
    const along = (beta: number): number => {
      const { re, im } = register.states[0];
      re.set(a.re);
      im.set(a.im);
      register.mixer(beta);
      let sum = 0;
      for (let x = 0; x < re.length; x++) sum += b.re[x] * re[x] + b.im[x] * im[x];
      return sum;
    };
    const h = 1e-5;
    expect(Math.abs(overlap - (along(h) - along(-h)) / (2 * h))).toBeLessThan(1e-7);
  });

  it.each([1, 2, 5, 14])('SIMD is the twin to the bit, %i qubits', (qubits) => {
    const [simd, twin] = (['wasm-simd', 'typescript'] as const).map((backend) => {
      const random = createRandom(qubits);
      const register = createTiltedRegister(
        Array.from({ length: qubits }, () => 3 * random.next()),
        { backend },
      );
      register.loadCosts(register.costs.map(() => random.normal()));
      fillRandom(register, 2);
      register.layer(0.6, -0.5);
      register.mixer(1.4, 1);
      return { overlaps: [register.mixerOverlap(), register.costOverlap()], states: copyOf(register) };
    });
    expect(simd).toEqual(twin);
  });

  it('refuses what it cannot hold', () => {
    expect(() => createTiltedRegister([])).toThrow(/1 to 26 angles, got 0/);
    expect(() => createTiltedRegister([Number.NaN])).toThrow(/finite angles, got NaN/);
  });
});
