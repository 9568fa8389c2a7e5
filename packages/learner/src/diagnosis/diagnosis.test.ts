import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createResponses } from '../response/responses.ts';
import { hasLearnerData, learnerDataFolder } from '../testing/learner-data.ts';
import { consistentStates, createAttributes } from './attributes.ts';
import { diagnose } from './diagnose.ts';
import { diagnosisFromJson, diagnosisToJson } from './diagnosis-json.ts';
import { fitDiagnosis, guessAndSlip } from './fit-diagnosis.ts';
import { diagnosisDesign } from './item-rules.ts';
import { readBinaryMatrix } from './matrix-file.ts';
import { checkQMatrix, createQMatrix } from './q-matrix.ts';
import { agreement, drawAnswers, drawState, noisyItem } from './testing/simulate-answers.ts';

const readData = (name: string): string =>
  gunzipSync(readFileSync(`${learnerDataFolder}/fraction_subtraction_${name}.csv.gz`)).toString();

describe.skipIf(!hasLearnerData)('fraction subtraction (skipped: ../shared/data is absent)', () => {
  const load = () => {
    const q = readBinaryMatrix('qmatrix', readData('qmatrix'));
    const responses = createResponses(readBinaryMatrix('responses', readData('responses')).rows);
    return { responses, matrix: createQMatrix(q.rows, q.columns) };
  };

  it('DINA reaches the published likelihood, guesses, slips and shares', async () => {
    const reference = JSON.parse(readFileSync(`${learnerDataFolder}/reference/fraction_subtraction_dina.json`, 'utf8'));
    const { responses, matrix } = load();
    const fitted = await fitDiagnosis(responses, diagnosisDesign(matrix, 'dina'));
    expect(Math.abs(fitted.logLikelihood - reference.logLikelihood)).toBeLessThan(0.01);
    expect(Math.abs(fitted.aic - reference.aic)).toBeLessThan(0.02);
    expect(Math.abs(fitted.bic - reference.bic)).toBeLessThan(0.02);
    guessAndSlip(fitted).forEach(({ guess, slip }, j) => {
      expect(Math.abs(guess - reference.guess[j])).toBeLessThan(0.005);
      expect(Math.abs(slip - reference.slip[j])).toBeLessThan(0.005);
    });
    const { mastery } = await diagnose(fitted, responses);
    reference.skillProbability.forEach((share: number, k: number) => {
      const mean = Array.from({ length: 536 }, (_, i) => mastery[8 * i + k]).reduce((a, b) => a + b, 0) / 536;
      expect(Math.abs(mean - share)).toBeLessThan(0.01);
    });
  });

  it('G-DINA and DINO are not below the published likelihoods', async () => {
    const { responses, matrix } = load();
    expect((await fitDiagnosis(responses, diagnosisDesign(matrix, 'gdina'))).logLikelihood).toBeGreaterThan(-4224.5);
    expect((await fitDiagnosis(responses, diagnosisDesign(matrix, 'dino'))).logLikelihood).toBeGreaterThan(-4703.1);
  });
});

describe('consistent states', () => {
  it('are the order ideals: n + 1 of a chain, 2^n without prerequisites, and those of a diamond', () => {
    const names = Array.from({ length: 30 }, (_, k) => `a${k}`);
    const chain = createAttributes(
      names,
      names.slice(1).map((name, k) => [names[k], name] as const),
    );
    expect(consistentStates(chain)?.count).toBe(31);
    expect(consistentStates(createAttributes(names.slice(0, 10)))?.count).toBe(1024);
    expect(consistentStates(createAttributes(names), 10_000)).toBeNull();
    const diamond = createAttributes(
      ['a', 'b', 'c', 'd'],
      [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'd'],
        ['c', 'd'],
      ],
    );
    const states = consistentStates(diamond);
    const rows = Array.from({ length: states?.count ?? 0 }, (_, s) => states?.bits.subarray(4 * s, 4 * s + 4).join(''));
    expect(rows.sort()).toEqual(['0000', '1000', '1010', '1100', '1110', '1111']);
  });

  it('refuses circles and unknown names', () => {
    expect(() =>
      createAttributes(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ).toThrow(/without circles, got one among a, b/);
    expect(() => createAttributes(['a'], [['z', 'a']])).toThrow(/two of the attributes/);
  });
});

describe('checkQMatrix', () => {
  const codes = (rows: number[][], names = ['a', 'b', 'c']) =>
    checkQMatrix(createQMatrix(rows, names)).map(({ code }) => code);
  const complete = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 0],
    [0, 1, 1],
    [1, 0, 1],
  ];

  it('finds nothing in a complete matrix with three items an attribute', () => expect(codes(complete)).toEqual([]));

  it('names empty rows, empty and repeated columns, and attributes measured too rarely', () => {
    expect(codes([...complete, [0, 0, 0]])).toEqual(['empty-row']);
    expect(codes(complete.map(([a, b]) => [a, b, 0]).filter((row) => row.includes(1)))).toContain('empty-column');
    const twins = checkQMatrix(
      createQMatrix(
        complete.map(([a, b]) => [a, b, b]).filter((row) => row.includes(1)),
        ['a', 'b', 'c'],
      ),
    );
    expect(twins.find(({ code }) => code === 'duplicate-columns')).toMatchObject({
      attributes: [1, 2],
      severity: 'warning',
    });
    expect(
      codes([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ).toEqual(['few-items', 'few-items', 'few-items']);
    expect(codes([...complete.slice(1), [1, 1, 0]])).toEqual(['not-complete']);
  });

  it('counts what prerequisites imply as not measured', () => {
    const structure = createAttributes(['a', 'b'], [['a', 'b']]);
    // An item on a and b is an item on b alone, since b implies a.
    const rows = [
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 1],
      [1, 1],
    ];
    expect(checkQMatrix(createQMatrix(rows, structure))).toEqual([]);
  });

  it('refuses to fit an empty row, and fits repeated columns without telling them apart', async () => {
    expect(() => diagnosisDesign(createQMatrix([[1], [0]], ['a']), 'dina')).toThrow(
      /at least one attribute for item 2, got none/,
    );
    const random = createRandom('twins');
    const design = diagnosisDesign(
      createQMatrix(
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        ['a', 'b'],
      ),
      'dina',
    );
    const rows = Array.from({ length: 200 }, () => {
      const known = random.chance(0.5);
      return [0, 1, 2].map(() => Number(random.chance(known ? 0.9 : 0.1)));
    });
    const { mastery } = await diagnose(await fitDiagnosis(createResponses(rows), design), createResponses(rows));
    expect(mastery[0]).toBeCloseTo(mastery[1], 12);
  });

  it.each([
    [[[1, 2]], /got 2 for b/],
    [[[1]], /expected 2 entries of 0 or 1 for item 1, got 1 entries/],
    [[], /got 0 rows/],
  ])('refuses %j', (rows, message) => expect(() => createQMatrix(rows, ['a', 'b'])).toThrow(message));
});

describe('fitDiagnosis', () => {
  const names = ['a', 'b', 'c'];
  const rows = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 1],
  ];

  it.each(['dina', 'dino'] as const)('%s: recovers guesses, slips and states, gaps allowed', async (model) => {
    const random = createRandom(model);
    const design = diagnosisDesign(createQMatrix(rows, names), model);
    const truth = design.items.map((_, j) => noisyItem(0.05 + 0.02 * j, 0.2 - 0.01 * j));
    const states = Array.from({ length: 2000 }, () => drawState(design.structure, 0.5, random));
    const answers = states.map((state) =>
      drawAnswers(design, truth, state, random).map((x) => (random.chance(0.1) ? -1 : x)),
    );
    const responses = createResponses(answers);
    const fitted = await fitDiagnosis(responses, design);
    guessAndSlip(fitted).forEach(({ guess, slip }, j) => {
      expect(Math.abs(guess - truth[j][1])).toBeLessThan(0.06);
      expect(Math.abs(slip - truth[j][2])).toBeLessThan(0.06);
    });
    expect(
      agreement(
        (await diagnose(fitted, responses)).held,
        states.flatMap((state) => [...state]),
      ),
    ).toBeGreaterThan(0.85);
  });

  it('has the likelihood of a sum over states written out', async () => {
    const random = createRandom('by hand');
    const design = diagnosisDesign(createQMatrix(rows, names), 'gdina');
    const answers = Array.from({ length: 300 }, () => rows.map(() => random.integer(2)));
    const fitted = await fitDiagnosis(createResponses(answers), design, { iterations: 6 });
    if (fitted.prior.kind !== 'states') throw new Error('expected a prior by states');
    const { states, probability } = fitted.prior;
    let logLikelihood = 0;
    for (const row of answers) {
      let sum = 0;
      for (let s = 0; s < states.count; s++) {
        const held = states.bits.subarray(3 * s, 3 * s + 3);
        sum += row.reduce((product, x, j) => {
          const measured = [0, 1, 2].filter((k) => rows[j][k] === 1);
          const group = measured.reduce((mask, k, i) => mask | (held[k] << i), 0);
          return product * fitted.probabilities[j][2 * group + x];
        }, probability[s]);
      }
      logLikelihood += Math.log(sum);
    }
    expect(fitted.logLikelihood).toBeCloseTo(logLikelihood, 8);
  });

  it('items never or always right, and a learner with one answer, stay defined', async () => {
    const random = createRandom('edges');
    const answers = Array.from({ length: 100 }, () =>
      rows.map((_, j) => (j === 0 ? 0 : j === 1 ? 1 : random.integer(2))),
    );
    answers.push(rows.map((_, j) => (j === 2 ? 1 : -1)));
    const responses = createResponses(answers);
    for (const model of ['dina', 'dino', 'gdina'] as const) {
      const fitted = await fitDiagnosis(responses, diagnosisDesign(createQMatrix(rows, names), model));
      expect(Number.isFinite(fitted.logLikelihood)).toBe(true);
      expect(fitted.probabilities.every((values) => values.every((p) => p > 0 && p < 1))).toBe(true);
      const { mastery } = await diagnose(fitted, responses);
      expect(mastery.every((p) => p >= 0 && p <= 1)).toBe(true);
    }
  });

  it('keeps guess below 1 - slip', async () => {
    const random = createRandom('contrary');
    // Item 1 is answered right by those who do NOT know.
    const answers = Array.from({ length: 400 }, () => {
      const known = random.chance(0.5);
      return [!known, known, known, known].map((right) => Number(random.chance(right ? 0.9 : 0.1)));
    });
    const design = diagnosisDesign(createQMatrix([[1], [1], [1], [1]], ['a']), 'dina');
    for (const { guess, slip } of guessAndSlip(await fitDiagnosis(createResponses(answers), design))) {
      expect(guess).toBeLessThanOrEqual(1 - slip + 1e-9);
    }
  });

  it.each(['states', 'network'] as const)('tells progress, and stops where it is told to (prior %s)', async (prior) => {
    const random = createRandom('stop');
    const design = diagnosisDesign(
      createQMatrix(
        [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
        ['a', 'b'],
      ),
      'dina',
    );
    const responses = createResponses(Array.from({ length: 30 }, () => [0, 1, 2].map(() => random.integer(2))));
    const seen: number[] = [];
    const fitted = await fitDiagnosis(responses, design, { prior, onProgress: (fraction) => seen.push(fraction) });
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
    expect(seen[seen.length - 1]).toBeGreaterThan(0.5);
    const stop = new AbortController();
    const work = { signal: stop.signal, onProgress: () => stop.abort('enough') };
    await expect(fitDiagnosis(responses, design, { prior, ...work })).rejects.toBe('enough');
    await expect(diagnose(fitted, responses, work)).rejects.toBe('enough');
  });

  it('refuses answers that do not fit the design', async () => {
    const design = diagnosisDesign(createQMatrix([[1]], ['a']), 'dina');
    await expect(fitDiagnosis(createResponses([[1, 0]]), design)).rejects.toThrow(
      /answers to the 1 items of the Q-matrix, got 2/,
    );
    await expect(fitDiagnosis(createResponses([[2]], 3), design)).rejects.toThrow(
      /expected 2 categories for item 1, got 3/,
    );
  });
});

describe('a fitted model as JSON', () => {
  const structure = createAttributes(['a', 'b'], [['a', 'b']]);
  const design = diagnosisDesign(
    createQMatrix(
      [
        [1, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      structure,
    ),
    'gdina',
  );
  const random = createRandom('json');
  const responses = createResponses(Array.from({ length: 50 }, () => [0, 1, 2, 3].map(() => random.integer(2))));

  it.each(['states', 'network'] as const)('reads back and diagnoses alike (prior %s)', async (prior) => {
    const fitted = await fitDiagnosis(responses, design, { prior });
    const again = diagnosisFromJson(JSON.parse(JSON.stringify(diagnosisToJson(fitted))));
    expect(await diagnose(again, responses)).toEqual(await diagnose(fitted, responses));
    expect(again.bic).toBe(fitted.bic);
  });

  it('says when it is older, another model, or damaged', async () => {
    const json = diagnosisToJson(await fitDiagnosis(responses, design)) as Record<string, unknown>;
    expect(() => diagnosisFromJson({ ...json, version: '0' })).toThrow(
      /saved by an older version of Qurriculum: fit it again/,
    );
    expect(() => diagnosisFromJson({ ...json, model: 'bkt' })).toThrow(/a model named "bkt"/);
    expect(() => diagnosisFromJson({ ...json, prior: { kind: 'states', probability: [1], states: [0] } })).toThrow(
      /2 numbers as states/,
    );
  });
});

describe('readBinaryMatrix', () => {
  it('reads headers, names of rows, gaps and other delimiters', () => {
    expect(readBinaryMatrix('f', '"a","b"\n0,1\n\n1,1\n')).toEqual({
      ...{ columns: ['a', 'b'], rowNames: null },
      rows: [Int8Array.of(0, 1), Int8Array.of(1, 1)],
    });
    const named = readBinaryMatrix('f', 'learner;x;y\r\nAnn;NA;1\r\nBen;0;\r\n', true);
    expect(named).toEqual({
      columns: ['x', 'y'],
      rowNames: ['Ann', 'Ben'],
      rows: [Int8Array.of(-1, 1), Int8Array.of(0, -1)],
    });
  });

  it.each([
    ['a,b\n0,2', /^f:2: expected 0 or 1 in column b, got "2"; correct the cell/],
    ['a,b\n0,1\n0,', /^f:3: expected 0 or 1 in column b, got nothing/],
    ['a,b\n0', /^f:2: expected 2 cells, got 1/],
    ['0,1\n1,1', /^f:1: expected a header with names, got "0,1"/],
    ['', /^f:1: .* got an empty file/],
    ['a,a\n0,1', /^f:1: .* got "a" twice/],
    ['a,b\n', /^f:2: expected rows below the header, got none/],
  ])('refuses %j', (text, message) => expect(() => readBinaryMatrix('f', text)).toThrow(message));
});
