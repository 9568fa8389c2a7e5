import { createRandom, type Random } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { type Cells, logLikelihoodOf, type OrderCounts, pairNames } from './answers.ts';
import { anchoringCells, fitOrderModel, projectiveCells, similarityBounds } from './models.ts';
import { questionOrder } from './question-order.ts';

const counted = (cells: Cells): OrderCounts => {
  const half = (from: number) => Object.fromEntries(pairNames.map((pair, k) => [pair, cells[from + k]]));
  return { aFirst: half(0), bFirst: half(4) } as unknown as OrderCounts;
};

/**
 * Gallup, 6 and 7 September 1997: is Clinton (A), is Gore (B) honest and trustworthy? Moore 2002, "Measuring new types of
 * question-order effects", Public Opinion Quarterly 66; proportions in Wang and Busemeyer 2013, table 2:
 * .4899 .0447 .1767 .2886 with Clinton first, .5625 .0255 .1991 .2130 with Gore first, which are these counts of the 447
 * and 432 who answered both with yes or no.
 */
const clintonGore = [219, 20, 79, 129, 243, 11, 86, 92];

describe('the question-order test on Clinton and Gore', () => {
  const result = questionOrder(counted(clintonGore), { random: createRandom(1), replicates: 60 });

  it('finds the published proportions, order effect and QQ value', () => {
    const saturated = result.models.find(({ model }) => model === 'saturated');
    const published = [0.4899, 0.0447, 0.1767, 0.2886, 0.5625, 0.0255, 0.1991, 0.213];
    saturated?.probabilities.forEach((p, k) => {
      expect(p).toBeCloseTo(published[k], 4);
    });
    // Wang and Busemeyer 2013: q = -.003, not different from zero; the order effect is.
    expect(result.qq.q).toBeCloseTo(-0.003, 3);
    expect(result.qq.p).toBeGreaterThan(0.8);
    expect(result.qq.low).toBeLessThan(0);
    expect(result.orderEffect.p).toBeLessThan(0.05);
    expect(result.asked).toEqual({ aFirst: 447, bFirst: 432 });
  });

  it('has the likelihood ratio that the sums of squares of a table approximate', () => {
    // Pearson's chi-square of a 2 x 4 table, the likelihood ratio's classical neighbour.
    const [n, m] = [447, 432];
    const pearson = [0, 1, 2, 3].reduce((sum, k) => {
      const both = clintonGore[k] + clintonGore[k + 4];
      const expected = [(both * n) / (n + m), (both * m) / (n + m)];
      return (
        sum + (clintonGore[k] - expected[0]) ** 2 / expected[0] + (clintonGore[k + 4] - expected[1]) ** 2 / expected[1]
      );
    }, 0);
    expect(result.orderEffect.statistic).toBeCloseTo(pearson, 0);
  });

  it('says that neither a qubit nor its twin describes these answers', () => {
    // In two dimensions P(B yes | A yes) = P(B no | A no): .92 and .62 here.
    expect(result.verdict).toBe('neither');
    for (const { misfit, model } of result.models) {
      if (model === 'projective' || model === 'anchoring') expect(misfit?.bootstrapP).toBeLessThan(0.05);
    }
  });
});

/** The best of a fine grid over the box, as an oracle. */
function bestOfGrid(counts: Cells, cells: (a: number, b: number, c: number) => Cells, low: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < 40; i++) {
    for (let j = 1; j < 40; j++) {
      for (let k = 1; k < 40; k++) {
        const value = logLikelihoodOf(counts, cells(i / 40, j / 40, low + ((1 - low) * k) / 40));
        if (value > most) most = value;
      }
    }
  }
  return most;
}

/** Counts of 400 people in each order. */
const draw = (probabilities: Cells, random: Random): number[] => {
  const counts = probabilities.map(() => 0);
  for (const from of [0, 4]) {
    for (let k = 0; k < 400; k++) {
      let left = random.next();
      let cell = from;
      while (cell < from + 3 && left >= probabilities[cell]) left -= probabilities[cell++];
      counts[cell]++;
    }
  }
  return counts;
};

describe('the models', () => {
  it('reach at least what a fine grid reaches, and their probabilities sum to 1', () => {
    const random = createRandom('order grid');
    for (const counts of [
      clintonGore,
      draw(anchoringCells(0.3, 0.7, -0.4), random),
      draw(projectiveCells(0.5, 0.5, 0.9), random),
    ]) {
      const possible = (a: number, b: number, t: number) => {
        const [low, high] = similarityBounds(a, b);
        return t >= low && t <= high ? projectiveCells(a, b, t) : counts.map(() => 0);
      };
      expect(fitOrderModel('projective', counts).logLikelihood).toBeGreaterThan(bestOfGrid(counts, possible, 0) - 1e-6);
      const anchoring = fitOrderModel('anchoring', counts);
      expect(anchoring.logLikelihood).toBeGreaterThan(bestOfGrid(counts, anchoringCells, -1) - 1e-6);
      for (const model of ['projective', 'anchoring', 'no-order', 'saturated'] as const) {
        const { probabilities } = fitOrderModel(model, counts);
        expect(probabilities.slice(0, 4).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
        expect(probabilities.slice(4).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      }
    }
  });

  it('agree with projections of vectors: Born probabilities of one qubit', () => {
    // Belief (1, 0); the yes of A and of B are vectors on the Bloch sphere with a relative phase.
    const [alpha, beta, phase] = [0.7, 1.1, 0.6];
    const a = Math.cos(alpha) ** 2;
    const b = Math.cos(beta) ** 2;
    const real = Math.cos(alpha) * Math.cos(beta) + Math.sin(alpha) * Math.sin(beta) * Math.cos(phase);
    const imaginary = Math.sin(alpha) * Math.sin(beta) * Math.sin(phase);
    const overlap = real ** 2 + imaginary ** 2;
    const [low, high] = similarityBounds(a, b);
    expect(overlap).toBeGreaterThan(low);
    expect(overlap).toBeLessThan(high);
    // |<A|0>|^2 |<B|A>|^2, and for B first |<B|0>|^2 |<A|B>|^2.
    const cells = projectiveCells(a, b, overlap);
    expect(cells[0]).toBeCloseTo(a * overlap, 12);
    expect(cells[4]).toBeCloseTo(b * overlap, 12);
    // The QQ equality holds for every qubit.
    expect(cells[1] + cells[2] - cells[5] - cells[6]).toBeCloseTo(0, 12);
  });
});

describe('the verdict on simulated answers', () => {
  const judge = (probabilities: Cells, seed: string) =>
    questionOrder(counted(draw(probabilities, createRandom(seed))), { random: createRandom(seed), replicates: 40 });

  it('recovers the angles of a qubit and prefers it to its twin', () => {
    const result = judge(projectiveCells(0.8, 0.25, 0.45), 'qubit');
    expect(result.verdict).toBe('quantum');
    const { values } = result.models[0];
    expect(values['firstYesA']).toBeCloseTo(0.8, 1);
    expect(values['similarity']).toBeCloseTo(0.45, 1);
    expect(values['angleBetween']).toBeCloseTo((2 * Math.acos(Math.sqrt(0.45)) * 180) / Math.PI, -1);
  });

  it('recovers anchoring and prefers it to the qubit', () => {
    const result = judge(anchoringCells(0.75, 0.35, 0.4), 'anchor');
    expect(result.verdict).toBe('classical');
    expect(result.models[1].values['carryOver']).toBeCloseTo(0.4, 1);
  });

  it('finds no order effect where there is none', () => {
    const joint = [0.4, 0.1, 0.2, 0.3];
    const result = judge([...joint, ...joint], 'none');
    expect(result.verdict).toBe('no order effect');
    expect(result.orderEffect.p).toBeGreaterThan(0.05);
  });

  it('is the same for the same seed', () => {
    const counts = counted(draw(projectiveCells(0.6, 0.5, 0.7), createRandom('again')));
    const twice = [7, 7].map((seed) => questionOrder(counts, { random: createRandom(seed), replicates: 20 }));
    expect(twice[1]).toEqual(twice[0]);
  });
});

describe('bad counts', () => {
  const random = createRandom(1);

  it.each([
    [[1, 2, -3, 4, 1, 1, 1, 1], /expected counts that are whole and not negative, got -3/],
    [[1, 2, 0.5, 4, 1, 1, 1, 1], /whole and not negative, got 0.5/],
    [[0, 0, 0, 0, 1, 1, 1, 1], /expected answers with A first, got none/],
    [[1, 1, 1, 1, 0, 0, 0, 0], /expected answers with B first, got none/],
  ])('%j is refused', (cells, message) => {
    expect(() => questionOrder(counted(cells), { random })).toThrow(message);
  });

  it('takes tables with empty cells, down to one answer in each order', () => {
    for (const cells of [
      [5, 0, 0, 5, 5, 0, 0, 5],
      [9, 0, 0, 0, 0, 0, 0, 9],
      [1, 0, 0, 0, 0, 1, 0, 0],
    ]) {
      const result = questionOrder(counted(cells), { random, replicates: 20 });
      for (const { logLikelihood } of result.models) expect(Number.isFinite(logLikelihood)).toBe(true);
    }
    expect(() => questionOrder(counted(clintonGore), { random, replicates: 3 })).toThrow(
      /at least 20 replicates, got 3/,
    );
  });
});
