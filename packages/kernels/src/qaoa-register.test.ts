import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createQaoaRegister, type QaoaRegister } from './qaoa-register.ts';
import { distance, exercise, integerCosts, realCosts } from './testing/qaoa-cases.ts';
import type { KernelBackend } from './wasm-module.ts';

type Complex = readonly [number, number];

/** exp(-i beta sum X) exp(-i gamma C) on a full vector, by the definition: every entry of the tensor product. */
function denseLayer(state: readonly Complex[], costs: ArrayLike<number>, gamma: number, beta: number): Complex[] {
  const qubits = Math.log2(state.length);
  const phased = state.map(([a, b], x): Complex => {
    const angle = gamma * costs[x];
    return [a * Math.cos(angle) + b * Math.sin(angle), b * Math.cos(angle) - a * Math.sin(angle)];
  });
  return state.map((_, x) => {
    let re = 0;
    let im = 0;
    for (let y = 0; y < state.length; y++) {
      let differing = 0;
      for (let q = 0; q < qubits; q++) differing += ((x ^ y) >> q) & 1;
      const size = Math.cos(beta) ** (qubits - differing) * Math.sin(beta) ** differing;
      // (-i)^differing.
      const [c, s] = [
        [1, 0],
        [0, -1],
        [-1, 0],
        [0, 1],
      ][differing % 4];
      const [a, b] = phased[y];
      re += size * (a * c - b * s);
      im += size * (a * s + b * c);
    }
    return [re, im];
  });
}

const stateOf = (register: QaoaRegister, slot = 0): Complex[] =>
  Array.from(register.states[slot].re, (re, x): Complex => [re, register.states[slot].im[x]]);

const backends: KernelBackend[] = ['typescript', 'wasm-simd', 'wasm-relaxed-simd'];

describe.each(backends)('QAOA register on %s', (backend) => {
  it('has the backend that was asked for on this machine', () => {
    expect(createQaoaRegister(1, { backend }).backend).toBe(backend);
  });

  it.each([1, 2, 3, 5, 6])('matches the tensor product on %i qubits, whatever the angles', (qubits) => {
    for (const costs of [realCosts(qubits, 1), integerCosts(qubits, 2)]) {
      for (const [gamma, beta] of [
        [0.3, 0.2],
        [-1.7, 0.9],
        [2.4, 1.8],
        [0.1, -2.9],
        [5, Math.PI / 2],
        [0.4, 4.5],
      ]) {
        const register = createQaoaRegister(qubits, { backend });
        register.loadCosts(costs);
        register.fillUniform();
        register.layer(0.37, 0.21);
        const expected = denseLayer(stateOf(register), costs, gamma, beta);
        register.layer(gamma, beta);
        for (const [x, [re, im]] of stateOf(register).entries()) {
          expect(Math.abs(re - expected[x][0]) + Math.abs(im - expected[x][1])).toBeLessThan(1e-14);
        }
      }
    }
  });

  it('keeps the norm over 64 layers, blocks and tiles included', () => {
    for (const qubits of [4, 13, 15]) {
      const register = createQaoaRegister(qubits, { backend });
      register.loadCosts(realCosts(qubits, 3));
      register.fillUniform();
      for (let k = 0; k < 64; k++) register.layer(0.1 * k, 0.77 - 0.02 * k);
      expect(Math.abs(register.squaredNorm() - 1)).toBeLessThan(1e-12);
    }
  });

  it('undoes a mixer by its opposite', () => {
    const register = createQaoaRegister(14, { backend });
    register.loadCosts(realCosts(14, 4));
    register.fillUniform();
    register.layer(0.5, 0.3);
    const before = stateOf(register);
    register.mixer(2.1);
    register.mixer(-2.1);
    const after = stateOf(register);
    expect(Math.max(...before.map(([a, b], x) => Math.hypot(a - after[x][0], b - after[x][1])))).toBeLessThan(1e-14);
  });

  it('sums what the definitions say', () => {
    const qubits = 6;
    const register = createQaoaRegister(qubits, { slots: 2, backend });
    const random = createRandom(5);
    for (const { re, im } of register.states) {
      for (let x = 0; x < re.length; x++) {
        re[x] = random.normal();
        im[x] = random.normal();
      }
    }
    register.loadCosts(realCosts(qubits, 6));
    const [a, b] = register.states;
    let [norm, expectation, cost, mixer] = [0, 0, 0, 0];
    for (let x = 0; x < a.re.length; x++) {
      norm += a.re[x] ** 2 + a.im[x] ** 2;
      expectation += register.costs[x] * (a.re[x] ** 2 + a.im[x] ** 2);
      cost += register.costs[x] * (b.re[x] * a.im[x] - b.im[x] * a.re[x]);
      for (let q = 0; q < qubits; q++) {
        const y = x ^ (1 << q);
        mixer += b.re[x] * a.im[y] - b.im[x] * a.re[y];
      }
    }
    expect(register.squaredNorm()).toBeCloseTo(norm, 10);
    expect(register.expectation()).toBeCloseTo(expectation, 10);
    expect(register.costOverlap()).toBeCloseTo(cost, 10);
    expect(register.mixerOverlap()).toBeCloseTo(mixer, 10);
    register.applyCosts();
    expect(b.re[5]).toBe(a.re[5] * register.costs[5]);
    expect(b.im[9]).toBe(a.im[9] * register.costs[9]);
  });
});

describe('twins', () => {
  const run = (backend: KernelBackend, qubits: number, costs: Float64Array): QaoaRegister => {
    const register = createQaoaRegister(qubits, { slots: 2, backend });
    register.loadCosts(costs);
    register.fillUniform();
    for (const [gamma, beta] of [
      [0.31, 0.6],
      [-2.2, 0.4],
      [900.5, -1.2],
    ]) {
      register.layer(gamma, beta);
    }
    return register;
  };

  it.each([1, 2, 5, 11, 12, 13, 14, 19])('plain SIMD equals the twin to the bit, %i qubits', (qubits) => {
    for (const costs of [realCosts(qubits, 7), integerCosts(qubits, 8)]) {
      const wasm = run('wasm-simd', qubits, costs);
      const twin = run('typescript', qubits, costs);
      expect(distance(wasm, twin)).toBe(0);
      expect(wasm.expectation()).toBe(twin.expectation());
      expect(wasm.squaredNorm()).toBe(twin.squaredNorm());
      for (const register of [wasm, twin]) {
        register.applyCosts();
        register.mixer(0.3, 1);
      }
      expect(wasm.costOverlap()).toBe(twin.costOverlap());
      expect(wasm.mixerOverlap()).toBe(twin.mixerOverlap());
    }
  });

  it('relaxed SIMD stays within 1e-13 of it', () => {
    for (const costs of [realCosts(14, 9), integerCosts(14, 10)]) {
      expect(distance(run('wasm-relaxed-simd', 14, costs), run('typescript', 14, costs))).toBeLessThan(1e-13);
    }
  });
});

const precisions = ['float64', 'float32'] as const;

describe('float32', () => {
  it.each([1, 2, 3, 11, 12, 13, 14, 19])('plain SIMD equals the twin to the bit, %i qubits', (qubits) => {
    for (const costs of [realCosts(qubits, 7), integerCosts(qubits, 8)]) {
      const wasm = createQaoaRegister(qubits, { slots: 2, precision: 'float32', backend: 'wasm-simd' });
      const twin = createQaoaRegister(qubits, { slots: 2, precision: 'float32', backend: 'typescript' });
      expect(exercise(wasm, costs)).toEqual(exercise(twin, costs));
      expect(distance(wasm, twin)).toBe(0);
    }
  });

  it('stays near float64 over 64 layers', () => {
    const costs = integerCosts(14, 3);
    const [single, double] = precisions.map((precision) => {
      const register = createQaoaRegister(14, { precision });
      register.loadCosts(costs);
      register.fillUniform();
      for (let k = 0; k < 64; k++) register.layer(0.01 * k, 0.77 - 0.02 * k);
      return register.expectation() / register.squaredNorm();
    });
    expect(Math.abs(single / double - 1)).toBeLessThan(1e-6);
  });
});

describe('mirror', () => {
  it.each([
    [2, 'float64'],
    [3, 'float32'],
    [7, 'float64'],
    [13, 'float64'],
    [15, 'float32'],
  ] as const)('half a register of %i qubits does what the whole does, %s', (qubits, precision) => {
    const half = realCosts(qubits - 1, 4);
    const whole = Float64Array.from({ length: 2 ** qubits }, (_, x) =>
      x < half.length ? half[x] : half[2 ** qubits - 1 - x],
    );
    for (const backend of backends) {
      const full = createQaoaRegister(qubits, { slots: 2, precision, backend });
      const folded = createQaoaRegister(qubits - 1, { slots: 2, precision, backend, mirror: true });
      const expected = exercise(full, whole);
      for (const [k, value] of exercise(folded, half).entries()) {
        const tolerance = precision === 'float64' ? 1e-11 : 1e-3;
        expect(Math.abs(value - expected[k])).toBeLessThan(tolerance * Math.max(1, Math.abs(expected[k])));
      }
      for (let x = 0; x < half.length; x++) {
        expect(Math.abs(folded.states[0].re[x] - Math.SQRT2 * full.states[0].re[x])).toBeLessThan(
          precision === 'float64' ? 1e-13 : 1e-5,
        );
      }
    }
  });

  it('plain SIMD equals the twin to the bit', () => {
    for (const qubits of [2, 12, 14]) {
      const [wasm, twin] = (['wasm-simd', 'typescript'] as const).map((backend) =>
        createQaoaRegister(qubits, { slots: 2, backend, mirror: true }),
      );
      const costs = integerCosts(qubits, 5);
      expect(exercise(wasm, costs)).toEqual(exercise(twin, costs));
      expect(distance(wasm, twin)).toBe(0);
    }
  });
});

describe('createQaoaRegister', () => {
  it('refuses sizes it cannot hold', () => {
    expect(() => createQaoaRegister(0)).toThrow(/expected 1 to 26 qubits, got 0/);
    expect(() => createQaoaRegister(27)).toThrow(/expected 1 to 26 qubits/);
    expect(() => createQaoaRegister(2.5)).toThrow(/expected 1 to 26 qubits/);
  });

  it('refuses costs of another size or not finite', () => {
    const register = createQaoaRegister(2);
    expect(() => register.loadCosts(new Float64Array(3))).toThrow(/expected 4 costs, got 3/);
    expect(() => register.loadCosts(Float64Array.of(1, 2, Number.NaN, 0))).toThrow(/got NaN at 2/);
  });

  it('takes new costs without traces of the old ones', () => {
    const reused = createQaoaRegister(8);
    reused.loadCosts(integerCosts(8, 11));
    reused.fillUniform();
    reused.layer(1, 1);
    const fresh = createQaoaRegister(8);
    for (const register of [reused, fresh]) {
      register.loadCosts(realCosts(8, 12));
      register.fillUniform();
      register.layer(0.4, 0.7);
    }
    expect(distance(reused, fresh)).toBe(0);
  });
});
