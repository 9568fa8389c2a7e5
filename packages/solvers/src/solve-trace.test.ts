import { createBqm, createSampleSet, type SampleSet, ZERO_COST } from '@qurriculum/problems';
import { describe, expect, it } from 'vitest';
import { createSolveTrace } from './solve-trace.ts';

const problem = createBqm({ variables: 2, vartype: 'BINARY', linear: [-3, -4] });

/** An answer of energy -7 after 5 s. */
const answer = (info: SampleSet['info'] = {}): SampleSet =>
  createSampleSet(problem, [[1, 1]], { info, cost: { ...ZERO_COST, wallSeconds: 5 } });

function traceByHand() {
  let time = 100;
  const trace = createSolveTrace(() => time);
  const see = (seconds: number, energy: number | null): boolean => {
    time = 100 + seconds;
    return trace.see(energy);
  };
  return { trace, see };
}

describe('createSolveTrace', () => {
  it('keeps what is better than before, with its time', () => {
    const { trace, see } = traceByHand();
    expect([see(0.5, null), see(1, -3), see(2, -3), see(3, -1), see(4, -4)]).toEqual([false, true, false, false, true]);
    expect(trace.points()).toEqual([
      { seconds: 1, energy: -3 },
      { seconds: 4, energy: -4 },
    ]);
  });

  it('ends with the answer, at the time that the solver says or when the answer came', () => {
    const { trace, see } = traceByHand();
    see(1, -3);
    expect(trace.bestAt(answer())).toBe(5);
    expect(trace.bestAt(answer({ bestAtSeconds: 4.25 }))).toBe(4.25);
    expect(trace.finish(answer({ bestAtSeconds: 4.25 })).at(-1)).toEqual({ seconds: 4.25, energy: -7 });
    expect(trace.finish(answer({ bestAtSeconds: 4.25 }))).toHaveLength(2);
  });

  it('takes the time of progress where that told of the best', () => {
    const { trace, see } = traceByHand();
    see(2, -7);
    expect(trace.bestAt(answer())).toBe(2);
    expect(trace.finish(answer())).toEqual([{ seconds: 2, energy: -7 }]);
    // The clock of the solver is the one that counts: it ended before this report was heard.
    const late = traceByHand();
    late.see(6, -7);
    expect(late.trace.bestAt(answer())).toBe(5);
  });

  it('stays small, in order and true however long it runs', () => {
    const { trace, see } = traceByHand();
    for (let step = 0; step < 10_000; step++) see(step, -step);
    const points = trace.points();
    expect(points.length).toBeLessThanOrEqual(400);
    expect(points[0]).toEqual({ seconds: 0, energy: -0 });
    expect(points.at(-1)).toEqual({ seconds: 9999, energy: -9999 });
    expect(points.every(({ seconds, energy }) => energy === -seconds)).toBe(true);
  });
});
