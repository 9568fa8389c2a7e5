import { describe, expect, it } from 'vitest';
import { minimise } from './minimise.ts';

describe('minimise', () => {
  it("finds the minimum of Rosenbrock's valley", () => {
    const rosenbrock = ([x, y]: Float64Array) => ({
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    });
    const steps = [
      ...minimise(rosenbrock, Float64Array.of(-1.2, 1), { evaluations: 200, tolerance: 1e-8, firstStep: 0.1 }),
    ];
    const last = steps.at(-1)!;
    expect(last.point[0]).toBeCloseTo(1, 6);
    expect(last.point[1]).toBeCloseTo(1, 6);
    expect(last.evaluations).toBeLessThan(100);
    for (let k = 1; k < steps.length; k++) expect(steps[k].value).toBeLessThanOrEqual(steps[k - 1].value);
  });

  it('keeps its budget and stops at once where nothing falls', () => {
    const flat = () => ({ value: 3, gradient: new Float64Array(2) });
    const options = { evaluations: 10, tolerance: 0, firstStep: 1 };
    expect([...minimise(flat, new Float64Array(2), options)]).toHaveLength(1);
    const bowl = ([x]: Float64Array) => ({ value: x ** 4, gradient: Float64Array.of(4 * x ** 3) });
    expect([...minimise(bowl, Float64Array.of(5), options)].at(-1)!.evaluations).toBeLessThanOrEqual(10);
  });
});
