import { describe, expect, it } from 'vitest';
import { bestObjective, reaches, secondsToReach } from './best-trace.ts';

const trace = [
  { seconds: 0.1, objective: 10 },
  { seconds: 0.4, objective: 12 },
  { seconds: 2, objective: 13 },
];

describe('best so far by time', () => {
  it('tells when a target was reached, in either sense', () => {
    expect(secondsToReach(trace, 11, 'maximise')).toBe(0.4);
    expect(secondsToReach(trace, 13, 'maximise')).toBe(2);
    expect(secondsToReach(trace, 14, 'maximise')).toBeNull();
    const falling = trace.map(({ seconds, objective }) => ({ seconds, objective: -objective }));
    expect(secondsToReach(falling, -12, 'minimise')).toBe(0.4);
    expect(secondsToReach([], 0, 'minimise')).toBeNull();
  });

  it('takes sums that differ by rounding for equal, and nothing more', () => {
    expect(reaches(0.1 + 0.2, 0.3, 'minimise')).toBe(true);
    expect(reaches(13_358.9, 13_359, 'maximise')).toBe(false);
  });

  it('finds the best', () => {
    expect(bestObjective([1, 3, 2], 'maximise')).toBe(3);
    expect(bestObjective([1, 3, 2], 'minimise')).toBe(1);
    expect(bestObjective([], 'minimise')).toBeNull();
  });
});
