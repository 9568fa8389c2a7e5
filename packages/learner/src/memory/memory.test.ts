import { createRandom } from '@qurriculum/random';
import { FSRSAlgorithm, forgetting_curve } from 'ts-fsrs';
import { describe, expect, it } from 'vitest';
import type { InteractionRow } from '../interactions-builder.ts';
import { tableFromRows } from '../interactions-builder.ts';
import { fitMemory } from './fit-memory.ts';
import { type Grade, gradeAnswer } from './grades.ts';
import { DAY_SECONDS, memoryHistories } from './histories.ts';
import { createTrace, lossOfHistories, traceHistory } from './likelihood.ts';
import { createMemoryModel, memoryModelFromJson, type SkillMemory } from './memory-model.ts';
import { defaultMemoryWeights, memoryWeightBounds } from './weights.ts';

/** Weights anywhere inside their bounds, nearer to the defaults than to the ends. */
function drawWeights(seed: number): number[] {
  const random = createRandom(seed);
  return defaultMemoryWeights.map((w, k) => {
    const [low, high] = memoryWeightBounds[k];
    return Math.min(high, Math.max(low, w + 0.3 * (low + (high - low) * random.next() - w)));
  });
}

/** Answers at drawn times; same sittings, days and months; right ones as the weights would have it. */
function simulate(weights: readonly number[], learners: number, seed: number): InteractionRow[] {
  const model = createMemoryModel(weights);
  const random = createRandom(seed);
  const rows: InteractionRow[] = [];
  for (let learner = 0; learner < learners; learner++) {
    for (const skill of ['a', 'b', 'c']) {
      let time = 1.6e9;
      let memory: SkillMemory | null = null;
      for (let k = 0; k < 9; k++) {
        time += random.chance(0.25) ? 120 : DAY_SECONDS * Math.exp(3.5 * random.next());
        const chance = memory === null ? 0.7 : model.retrievability(memory, time);
        const correct = random.chance(chance);
        memory = model.update(memory, { grade: correct ? 3 : 1, time });
        rows.push({ learner: `l${learner}`, item: skill, skills: [skill], correct, time });
      }
    }
  }
  return rows;
}

describe('the recurrences', () => {
  it('are those of ts-fsrs, for any weights and histories', () => {
    for (let seed = 0; seed < 12; seed++) {
      const w = drawWeights(seed);
      const random = createRandom(seed);
      const table = tableFromRows(simulate(w, 3, seed));
      const grades = Uint8Array.from({ length: table.rows }, () => 1 + random.integer(4));
      const histories = memoryHistories(table, grades);
      const trace = createTrace(histories);
      const oracle = new FSRSAlgorithm({ w });
      for (let h = 0; h < histories.learner.length; h++) {
        const length = traceHistory(w, histories, h, trace);
        let state: { stability: number; difficulty: number } | null = null;
        for (let k = 0; k < length; k++) {
          const [days, grade] = [histories.days[histories.start[h] + k], histories.grade[histories.start[h] + k]];
          if (state !== null && days > 0)
            expect(Math.abs(trace.recalled[k] - forgetting_curve(w, days, state.stability))).toBeLessThan(1e-6);
          state = oracle.next_state(state, days, grade);
          expect(Math.abs(trace.stability[k] / state.stability - 1)).toBeLessThan(1e-5);
          expect(Math.abs(trace.difficulty[k] - state.difficulty)).toBeLessThan(1e-6);
          // From here on both go on from the same place, so that rounding there does not add up here.
          trace.stability[k] = state.stability;
        }
      }
    }
  });

  it('have the slopes that finite differences have', () => {
    for (let seed = 0; seed < 6; seed++) {
      const w = drawWeights(100 + seed);
      const random = createRandom(seed);
      const table = tableFromRows(simulate(w, 4, seed));
      const grades = Uint8Array.from({ length: table.rows }, () => 1 + random.integer(4));
      const histories = memoryHistories(table, grades);
      const which = Int32Array.from(histories.learner.keys());
      const trace = createTrace(histories);
      const gradient = new Float64Array(w.length);
      lossOfHistories(w, histories, which, trace, gradient);
      w.forEach((value, k) => {
        const step = 1e-6 * Math.max(0.1, value);
        const at = (moved: number): number => lossOfHistories(w.with(k, moved), histories, which, trace, null);
        const slope = (at(value + step) - at(value - step)) / (2 * step);
        expect(Math.abs(gradient[k] - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
      });
    }
  });
});

describe('a memory', () => {
  const model = createMemoryModel();
  const first = model.update(null, { grade: 3, time: 0 }) as unknown as SkillMemory;

  it('falls to 90 % after its stability, and to any wanted share when it says so', () => {
    expect(model.retrievability(first, first.stability * DAY_SECONDS)).toBeCloseTo(0.9, 10);
    for (const retention of [0.97, 0.8, 0.5]) {
      expect(model.retrievability(first, model.reviewBy(first, retention))).toBeCloseTo(retention, 10);
    }
    // Published: the interval for a retention is the stability times ts-fsrs's modifier.
    const modifier = new FSRSAlgorithm({}).calculate_interval_modifier(0.8);
    expect(model.daysUntil(first, 0.8) / first.stability).toBeCloseTo(modifier, 5);
    expect(() => model.daysUntil(first, 1)).toThrow('expected a retention between 0 and 1, got 1');
  });

  it('takes answers without a time for nothing, and times that go back for the same sitting', () => {
    expect(model.update(null, { grade: 3, time: Number.NaN })).toBeNull();
    expect(model.update(first, { grade: 1, time: Number.NaN })).toBe(first);
    const back = model.update(first, { grade: 3, time: -5e6 });
    expect(back).toEqual({ ...model.update(first, { grade: 3, time: 60 }), last: 0 });
    expect(model.retrievability(back, -1e9)).toBe(1);
  });

  it('lasts longer the better the answer was', () => {
    const stabilities = ([1, 2, 3, 4] as const).map(
      (grade) => model.update(first, { grade, time: 3 * DAY_SECONDS }).stability,
    );
    expect(stabilities).toEqual([...stabilities].sort((a, b) => a - b));
  });

  it('keeps its weights as JSON, and refuses others', () => {
    const own = createMemoryModel(drawWeights(1));
    const read = memoryModelFromJson(JSON.parse(JSON.stringify(own)));
    expect(read.weights).toEqual(own.weights);
    expect(() => memoryModelFromJson({ model: 'fsrs-6', version: '0', weights: [] })).toThrow('older version');
    expect(() => memoryModelFromJson({ model: 'fsrs-6', version: '1', weights: [1] })).toThrow('21 numbers as weights');
    expect(() => createMemoryModel([1, Number.NaN])).toThrow('expected 21 finite weights');
  });
});

describe('gradeAnswer', () => {
  it.each<[Grade, Parameters<typeof gradeAnswer>[0]]>([
    [1, { correct: false, hints: 2, seconds: 1, usualSeconds: 20 }],
    [2, { correct: true, hints: 1, seconds: 1, usualSeconds: 20 }],
    [3, { correct: true, hints: 0, seconds: 10, usualSeconds: 20 }],
    [4, { correct: true, hints: 0, seconds: 9, usualSeconds: 20 }],
    [3, { correct: true, seconds: null, usualSeconds: 20 }],
  ])('gives %i for %o', (grade, answer) => {
    expect(gradeAnswer(answer)).toBe(grade);
  });
});

describe('fitMemory', () => {
  it('finds the forgetting of simulated learners, and uses it', async () => {
    const truth = drawWeights(7).with(2, 0.8).with(20, 0.4);
    const table = tableFromRows(simulate(truth, 150, 1));
    const seen: number[] = [];
    const fit = await fitMemory(table, { seed: 1, replicates: 50, onProgress: (fraction) => seen.push(fraction) });
    expect(fit.verdict).toBe('fitted');
    expect(fit.model.weights).toEqual(fit.fittedWeights);
    expect(seen.at(-1)).toBeCloseTo(1, 9);
    const histories = memoryHistories(table);
    const [own, ours] = [createTrace(histories), createTrace(histories)];
    let gap = 0;
    for (let h = 0; h < histories.learner.length; h++) {
      const length = traceHistory(truth, histories, h, own);
      traceHistory(fit.model.weights, histories, h, ours);
      for (let k = 1; k < length; k++) gap += Math.abs(own.recalled[k] - ours.recalled[k]);
    }
    expect(gap / histories.row.length).toBeLessThan(0.02);
    expect(fit.check?.fitted.logLoss.mean).toBeLessThan(fit.check?.constant.logLoss.mean ?? 0);
  });

  it('keeps the default weights where they are the truth', async () => {
    const fit = await fitMemory(tableFromRows(simulate(defaultMemoryWeights, 40, 2)), { replicates: 50 });
    expect(fit).toMatchObject({ verdict: 'no better', model: { weights: defaultMemoryWeights } });
    expect(Math.abs(fit.check?.fittedLessDefault.mean ?? 1)).toBeLessThan(0.02);
    expect(fit.reason).toContain('do not surely predict recall better');
  });

  it('counts an answer on several skills once', () => {
    const row = { learner: 'l', item: 'i', correct: false };
    const histories = memoryHistories(
      tableFromRows([
        { ...row, skills: ['a'], time: 0 },
        { ...row, skills: ['a', 'b'], time: DAY_SECONDS },
        { ...row, skills: ['a', 'b'], time: 2 * DAY_SECONDS },
      ]),
    );
    expect([...histories.weight]).toEqual([1, 0.5, 0.5, 0.5, 0.5]);
    expect([...histories.days]).toEqual([0, 1, 1, 0, 1]);
    expect(histories.reviews).toBe(3);
  });

  it('says why there is no fit', async () => {
    const untimed = simulate(defaultMemoryWeights, 1, 1).map((row) => ({ ...row, time: Number.NaN }));
    expect(await fitMemory(tableFromRows(untimed))).toMatchObject({ verdict: 'no times', check: null });
    expect(await fitMemory(tableFromRows([]))).toMatchObject({ verdict: 'no times' });
    const one = simulate(defaultMemoryWeights, 1, 1).slice(0, 1);
    expect(await fitMemory(tableFromRows(one))).toMatchObject({ verdict: 'too few reviews', reviews: 0 });
    const always = simulate(defaultMemoryWeights, 24, 1).map((row) => ({ ...row, correct: true }));
    const fit = await fitMemory(tableFromRows(always), { replicates: 20 });
    expect(fit.model.weights.every(Number.isFinite)).toBe(true);
    await expect(fitMemory(tableFromRows(one), { grades: new Uint8Array(3) })).rejects.toThrow('expected 1 grades');
    const stopped = { signal: AbortSignal.abort(new Error('stopped')) };
    await expect(fitMemory(tableFromRows(always), stopped)).rejects.toThrow('stopped');
  });
});
