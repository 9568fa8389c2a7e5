import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { describe, expect, it } from 'vitest';
import { readTimetable, solveTimetable, validateTimetable } from '../files.ts';

const platform = createNodePlatform();
const WEEK = readTimetable(
  'week.ctt',
  `Name: Week
Courses: 5
Rooms: 2
Days: 3
Periods_per_day: 3
Curricula: 2
Constraints: 1
COURSES:
a t1 3 3 30
b t2 3 2 42
c t1 3 3 40
d t3 2 2 18
e t4 2 2 60
ROOMS:
A 32
B 50
CURRICULA:
q1 3 a b c
q2 2 d e
UNAVAILABILITY_CONSTRAINTS:
a 0 0
END.
`,
);
const work = { runs: 4, moves: 20_000 };

describe('a timetable search', () => {
  it('answers the same to the bit with 1 and 3 threads, and as the check says', async () => {
    const [one, three] = await Promise.all(
      [1, 3].map((threads) => solveTimetable(WEEK, { platform, seed: 3, work, threads })),
    );
    expect(three).toEqual(one);
    expect(one).toMatchObject({ feasible: true, moves: 80_000, stoppedEarly: false });
    expect(validateTimetable(WEEK, one.planText)).toMatchObject({ objective: one.objective, feasible: true });
    // Course e has 10 students without a seat in each of its two lectures, whatever the room.
    expect(one.bound).toBe(20);
    expect(one.objective).toBeGreaterThanOrEqual(20);
    expect(Object.values(one.terms).reduce((sum, term) => sum + term, 0)).toBe(one.objective);
  });

  it('makes the runs of a worker that dies itself', async () => {
    const dying = {
      ...platform,
      createWorker(module: URL) {
        const worker = platform.createWorker(module);
        return {
          ...worker,
          postMessage: () => void worker.terminate(),
          onError: (fail: (e: Error) => void) => fail(new Error('died')),
        };
      },
    };
    const [whole, alone] = await Promise.all([
      solveTimetable(WEEK, { platform: dying, seed: 3, work, threads: 2 }),
      solveTimetable(WEEK, { platform, seed: 3, work }),
    ]);
    expect(whole).toEqual(alone);
  });

  it('stops when it is told to, with the best so far, and tells how far it is', async () => {
    const controller = new AbortController();
    const fractions: number[] = [];
    const solution = await solveTimetable(WEEK, {
      ...{ platform, seconds: 60, threads: 2, signal: controller.signal },
      onProgress({ fraction }) {
        fractions.push(fraction);
        controller.abort();
      },
    });
    expect(solution).toMatchObject({ feasible: true, stoppedEarly: true });
    expect(fractions[0]).toBeLessThan(0.5);
  });

  it('refuses budgets that are none, and problems without a plan', async () => {
    await expect(solveTimetable(WEEK, { platform, seconds: 0 })).rejects.toThrow('expected seconds above 0, got 0');
    await expect(solveTimetable(WEEK, { platform, threads: 1.5 })).rejects.toThrow('expected threads, 1 or more');
    if (WEEK.kind !== 'ctt') throw new Error('expected plain text to be read as ctt');
    const full = { kind: WEEK.kind, problem: { ...WEEK.problem, rooms: WEEK.problem.rooms.slice(1) } };
    await expect(solveTimetable(full, { platform, seconds: 1 })).rejects.toThrow('13 lectures (9 places in rooms)');
  });
});
