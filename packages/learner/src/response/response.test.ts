import { createRandom, type Random } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { estimateAbilities } from './abilities.ts';
import { chiSquareTail } from './chi-square.ts';
import { differentialFunctioning } from './differential-functioning.ts';
import { fitResponseModel, type ResponseModelName } from './fit-items.ts';
import { itemFit, scoreDistribution } from './fit-statistics.ts';
import { categoryProbabilities, itemInformation, type LogisticItem, type ResponseItem } from './response-items.ts';
import { responseModelFromJson, responseModelToJson } from './response-json.ts';
import { createResponses, distinctPatterns, type ResponseError } from './responses.ts';
import { itemErrors } from './standard-errors.ts';

/** LSAT section 6, 1,000 people, 5 items (Bock & Lieberman 1970, table 1): how often each pattern 00000 to 11111 was seen. */
const LSAT6 = [
  3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
];

const lsat6 = () =>
  createResponses(
    LSAT6.flatMap((count, pattern) =>
      Array.from({ length: count }, () => [...pattern.toString(2).padStart(5, '0')].map(Number)),
    ),
  );

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, k) => sum + (value - mx) * (y[k] - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

function draw(items: readonly ResponseItem[], theta: number, random: Random): number[] {
  return items.map((item) => {
    const uniform = random.nextDouble();
    let sum = 0;
    return categoryProbabilities(item, theta).findIndex((p) => {
      sum += p;
      return uniform < sum;
    });
  });
}

const drawItems = (count: number, random: Random, guessing = 0): LogisticItem[] =>
  Array.from({ length: count }, () => ({
    ...{ kind: 'logistic' as const, slope: Math.exp(0.3 * random.normal()), difficulty: random.normal(), guessing },
  }));

describe('createResponses', () => {
  it('takes NaN and -1 as no answer and finds distinct rows', () => {
    const table = createResponses([
      [0, 1, Number.NaN],
      [0, 1, -1],
      [1, 1, 1],
    ]);
    expect([...table.values]).toEqual([0, 1, -1, 0, 1, -1, 1, 1, 1]);
    const patterns = distinctPatterns(table);
    expect([...patterns.weight]).toEqual([2, 1]);
    expect([...patterns.patternOf]).toEqual([0, 0, 1]);
  });

  it.each([
    [[[0, 2]], 'BAD_ANSWER', 0, 1, /got 2 in row 0, column 1/],
    [
      [
        [0, 1],
        [0.5, 1],
      ],
      'BAD_ANSWER',
      1,
      0,
      /got 0.5/,
    ],
    [[[0, 1], [1]], 'BAD_SIZE', 1, null, /expected 2 answers in row 1, got 1/],
    [[], 'BAD_SIZE', null, null, /got no rows/],
  ])('refuses %j', (rows, code, row, column, message) => {
    const caught = (() => {
      try {
        createResponses(rows);
      } catch (error) {
        return error as ResponseError;
      }
      return null;
    })();
    expect(caught).toMatchObject({ code, row, column });
    expect(caught?.message).toMatch(message);
  });
});

describe('fitResponseModel', () => {
  // Figures of the R package ltm (Rizopoulos 2006, Journal of Statistical Software 17(5), section 4.1) for these data.
  it('finds the published 1PL and 2PL of LSAT section 6', async () => {
    const one = await fitResponseModel(lsat6(), '1pl', { priors: 'none', tolerance: 1e-6 });
    expect(one.logLikelihood).toBeCloseTo(-2466.938, 2);
    expect(one.parameters).toBe(6);
    const oneItems = one.items as LogisticItem[];
    expect(oneItems[0].slope).toBeCloseTo(0.755, 2);
    [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802].forEach((difficulty, j) => {
      expect(oneItems[j].difficulty).toBeCloseTo(difficulty, 2);
    });
    const two = await fitResponseModel(lsat6(), '2pl', { priors: 'none', tolerance: 1e-6 });
    expect(two.logLikelihood).toBeCloseTo(-2466.653, 2);
    expect(two.parameters).toBe(10);
    const twoItems = two.items as LogisticItem[];
    [0.8254, 0.7229, 0.8905, 0.6886, 0.6575].forEach((slope, j) => {
      expect(Math.abs(twoItems[j].slope - slope)).toBeLessThan(0.01);
    });
    [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236].forEach((difficulty, j) => {
      expect(Math.abs(twoItems[j].difficulty - difficulty)).toBeLessThan(0.02);
    });
  });

  it('recovers a 2PL of 2,000 learners and 40 items', async () => {
    const random = createRandom('recovery');
    const truth = drawItems(40, random);
    const theta = Array.from({ length: 2000 }, () => random.normal());
    const responses = createResponses(theta.map((ability) => draw(truth, ability, random)));
    const fitted = await fitResponseModel(responses, '2pl');
    const items = fitted.items as LogisticItem[];
    expect(fitted.converged).toBe(true);
    expect(
      correlation(
        items.map(({ slope }) => slope),
        truth.map(({ slope }) => slope),
      ),
    ).toBeGreaterThan(0.95);
    expect(
      correlation(
        items.map(({ difficulty }) => difficulty),
        truth.map(({ difficulty }) => difficulty),
      ),
    ).toBeGreaterThan(0.95);
    const abilities = await estimateAbilities(items, responses);
    expect(correlation([...abilities.mean], theta)).toBeGreaterThan(0.9);
    // Calibration: the error divided by the stated standard error has variance 1.
    const squares = theta.map((ability, i) => ((ability - abilities.mean[i]) / abilities.standardError[i]) ** 2);
    expect(squares.reduce((sum, x) => sum + x, 0) / squares.length).toBeCloseTo(1, 1);
  });

  it('recovers a graded response model from a table with gaps', async () => {
    const random = createRandom('graded');
    const truth: ResponseItem[] = Array.from({ length: 12 }, (_, j) => ({
      ...{ kind: 'graded' as const, slope: 1 + (j % 3) / 2, thresholds: [-1.2 + j / 12, 0 + j / 12, 1 + j / 12] },
    }));
    const rows = Array.from({ length: 1500 }, () => {
      const theta = random.normal();
      return draw(truth, theta, random).map((category) => (random.chance(0.3) ? -1 : category));
    });
    const fitted = await fitResponseModel(createResponses(rows, 4), 'graded');
    fitted.items.forEach((item, j) => {
      const expected = truth[j];
      if (item.kind !== 'graded' || expected.kind !== 'graded') throw new Error('expected graded items');
      expect(Math.abs(item.slope - expected.slope)).toBeLessThan(0.35);
      for (const [k, b] of item.thresholds.entries()) expect(Math.abs(b - expected.thresholds[k])).toBeLessThan(0.3);
    });
  });

  it('gives the graded model of two categories the likelihood of the 2PL', async () => {
    const graded = await fitResponseModel(lsat6(), 'graded', { tolerance: 1e-6 });
    expect(graded.logLikelihood).toBeCloseTo(
      (await fitResponseModel(lsat6(), '2pl', { tolerance: 1e-6 })).logLikelihood,
      3,
    );
  });

  it('finds guessing where there is guessing', async () => {
    const random = createRandom('guessing');
    const truth = drawItems(30, random, 0.25).map((item) => ({ ...item, slope: item.slope * 1.5 }));
    const rows = Array.from({ length: 3000 }, () => draw(truth, random.normal(), random));
    const responses = createResponses(rows);
    const three = await fitResponseModel(responses, '3pl');
    const guessing = (three.items as LogisticItem[]).map((item) => item.guessing);
    expect(guessing.reduce((sum, c) => sum + c, 0) / guessing.length).toBeCloseTo(0.25, 1);
    expect(three.logLikelihood).toBeGreaterThan((await fitResponseModel(responses, '2pl')).logLikelihood + 10);
  });

  it.each(['1pl', '2pl', '3pl'] as const)(
    '%s: items never or always right stay finite, and a single answer counts',
    async (model) => {
      const random = createRandom('edges');
      const rows = Array.from({ length: 60 }, () => [
        0,
        1,
        ...draw(drawItems(4, random.fork('items')), random.normal(), random),
      ]);
      rows.push([-1, -1, 1, -1, -1, -1]);
      const responses = createResponses(rows);
      const { items } = await fitResponseModel(responses, model);
      const [never, always] = items as LogisticItem[];
      expect(never.difficulty).toBeGreaterThan(1.5);
      expect(always.difficulty).toBeLessThan(-1.5);
      expect(
        items.every((item) =>
          Object.values(item).every((value) => typeof value === 'string' || Number.isFinite(value)),
        ),
      ).toBe(true);
      const { mean, standardError } = await estimateAbilities(items, responses);
      expect(mean[60]).toBeGreaterThan(0);
      expect(standardError[60]).toBeLessThan(1);
      expect(standardError[60]).toBeGreaterThan(0.7);
    },
  );

  it('tells progress, and stops where it is told to', async () => {
    const seen: number[] = [];
    await fitResponseModel(lsat6(), '2pl', { onProgress: (fraction) => seen.push(fraction) });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
    expect(seen[seen.length - 1]).toBeGreaterThan(0.9);
    const stop = new AbortController();
    const stopped = fitResponseModel(lsat6(), '2pl', { signal: stop.signal, onProgress: () => stop.abort('enough') });
    await expect(stopped).rejects.toBe('enough');
  });

  it('refuses items without answers and graded answers for logistic models', async () => {
    await expect(fitResponseModel(createResponses([[1, -1]]), '2pl')).rejects.toThrow(/got none to item 1/);
    await expect(fitResponseModel(createResponses([[1, 2]], 3), '2pl')).rejects.toThrow(/use 'graded'/);
  });
});

describe('itemErrors', () => {
  // Standard errors of the R package ltm (as above) for the 2PL of LSAT section 6.
  it('are close to the published ones', async () => {
    const fitted = await fitResponseModel(lsat6(), '2pl', { priors: 'none', tolerance: 1e-6 });
    const found = await itemErrors(fitted, lsat6());
    [0.2581, 0.1867, 0.2326, 0.1852, 0.21].forEach((error, j) => {
      expect(Math.abs(found[j].slope / error - 1)).toBeLessThan(0.2);
    });
    [0.8669, 0.3073, 0.0997, 0.4341, 0.87].forEach((error, j) => {
      expect(Math.abs(found[j].locations[0] / error - 1)).toBeLessThan(0.2);
    });
  });

  it.each<[ResponseModelName, number, number]>([
    ['1pl', 1, 400],
    ['2pl', 2, 400],
    // Too few learners for a full matrix of 2 x 20 parameters.
    ['2pl', 2, 150],
  ])('%s of %i parameters an item and %i learners: cover the truth 19 times in 20', async (model, _, learners) => {
    const random = createRandom('coverage');
    let covered = 0;
    let all = 0;
    for (let repeat = 0; repeat < 6; repeat++) {
      const truth = drawItems(20, random).map((item) => (model === '1pl' ? { ...item, slope: 1 } : item));
      const responses = createResponses(Array.from({ length: learners }, () => draw(truth, random.normal(), random)));
      const fitted = await fitResponseModel(responses, model, { tolerance: 1e-3 });
      const errors = await itemErrors(fitted, responses);
      (fitted.items as LogisticItem[]).forEach(({ slope, difficulty }, j) => {
        for (const [found, expected, error] of [
          [slope, truth[j].slope, errors[j].slope],
          [difficulty, truth[j].difficulty, errors[j].locations[0]],
        ]) {
          all++;
          if (Math.abs(found - expected) < 1.96 * error) covered++;
        }
      });
    }
    expect(covered / all).toBeGreaterThan(0.9);
    expect(covered / all).toBeLessThan(0.99);
  });
});

describe('a fitted model as JSON', () => {
  it.each(['2pl', 'graded'] as const)('%s reads back; an older one says so', async (model) => {
    const fitted = await fitResponseModel(lsat6(), model, { iterations: 3 });
    const json = JSON.parse(JSON.stringify(responseModelToJson(fitted)));
    expect(responseModelFromJson(json)).toEqual(fitted);
    expect(() => responseModelFromJson({ ...json, version: '0' })).toThrow(/older version/);
    expect(() => responseModelFromJson({ ...json, form: '9pl' })).toThrow(/expected 1pl or 2pl/);
  });
});

describe('itemInformation', () => {
  it.each<ResponseItem>([
    { kind: 'logistic', slope: 1.3, difficulty: 0.4, guessing: 0 },
    { kind: 'logistic', slope: 1.3, difficulty: 0.4, guessing: 0.2 },
    { kind: 'graded', slope: 1.7, thresholds: [-1, 0.2, 1.1] },
  ])('is the variance of the score of $kind', (item) => {
    // Fisher information from its definition, derivatives by central differences.
    for (const theta of [-2, 0, 0.4, 1.5]) {
      const h = 1e-5;
      const up = categoryProbabilities(item, theta + h);
      const down = categoryProbabilities(item, theta - h);
      const direct = categoryProbabilities(item, theta).reduce(
        (sum, p, k) => sum + p * ((Math.log(up[k]) - Math.log(down[k])) / (2 * h)) ** 2,
        0,
      );
      expect(itemInformation(item, theta)).toBeCloseTo(direct, 6);
    }
  });
});

describe('fit statistics', () => {
  it('has the tails of published tables', () => {
    // Abramowitz & Stegun, table 26.8.
    expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(18.30704, 10)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(2.7, 9)).toBeCloseTo(0.975, 3);
  });

  it('distributes scores as enumeration does', () => {
    const right = [Float64Array.of(0.2), Float64Array.of(0.7), Float64Array.of(0.9)];
    const expected = [0, 0, 0, 0];
    for (let pattern = 0; pattern < 8; pattern++) {
      const bits = [0, 1, 2].map((j) => (pattern >> j) & 1);
      const score = bits[0] + bits[1] + bits[2];
      expected[score] += bits.reduce((p, bit, j) => p * (bit === 1 ? right[j][0] : 1 - right[j][0]), 1);
    }
    expect(scoreDistribution(right, 1).map(([p]) => p.toFixed(12))).toEqual(expected.map((p) => p.toFixed(12)));
  });

  it('accepts items that follow the model and names one that does not', async () => {
    const random = createRandom('misfit');
    const truth = drawItems(20, random);
    const rows = Array.from({ length: 2000 }, () => {
      const theta = random.normal();
      const row = draw(truth, theta, random);
      // A curve that goes up and down again.
      row[7] = random.chance(Math.exp(-(theta ** 2))) ? 1 : 0;
      return row;
    });
    const responses = createResponses(rows);
    const found = await itemFit((await fitResponseModel(responses, '2pl')).items, responses);
    expect(found[7].scoreFit?.pValue).toBeLessThan(1e-4);
    const rejected = found.filter(({ scoreFit }, j) => j !== 7 && (scoreFit?.pValue ?? 1) < 0.01);
    expect(rejected.length).toBeLessThanOrEqual(2);
    found.forEach(({ infit, outfit }, j) => {
      if (j === 7) return;
      expect(infit).toBeGreaterThan(0.8);
      expect(infit).toBeLessThan(1.2);
      expect(outfit).toBeLessThan(1.5);
    });
  });
});

describe('differentialFunctioning', () => {
  const random = createRandom('groups');
  const truth = drawItems(20, random).map((item, j) => (j === 3 ? { ...item, slope: 1.2, difficulty: 0 } : item));
  const groups = Array.from({ length: 1600 }, (_, i) => (i % 2 === 0 ? 'north' : 'south'));
  const rows = groups.map((group) => {
    // The groups differ in ability, which is not differential functioning.
    const theta = random.normal() + (group === 'north' ? 0.3 : -0.3);
    const harder = truth.map((item, j) => (j === 3 && group === 'south' ? { ...item, difficulty: 1.5 } : item));
    return draw(harder, theta, random);
  });
  const responses = createResponses(rows);

  it('finds the item that favours a group, with its size, and no other', async () => {
    const { items } = await fitResponseModel(responses, '2pl');
    const found = await differentialFunctioning(items, responses, groups);
    expect(found[3]).toMatchObject({ effectClass: 'C', favours: 'north', gap: { easiest: 'north', hardest: 'south' } });
    // 1.5 on the scale of ability, times the slope of 1.2.
    expect(found[3].gap.low).toBeGreaterThan(0.8);
    expect(found[3].gap.low).toBeLessThan(1.8);
    expect(found[3].gap.high).toBeGreaterThan(1.8);
    expect(found.filter(({ effectClass }) => effectClass !== 'A').map(({ item }) => item)).toEqual([3]);
  });

  it('refuses a single group', async () => {
    const { items } = await fitResponseModel(responses, '1pl');
    const all = groups.map(() => 'all');
    await expect(differentialFunctioning(items, responses, all)).rejects.toThrow(/at least two groups/);
  });
});
