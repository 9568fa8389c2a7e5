import { createSkillGraph } from '@qurriculum/course';
import { describe, expect, it } from 'vitest';
import { simulateInstitution } from './institution.ts';
import { createSimulatedLearner, type SimulatedLearner } from './learner.ts';
import { createWorld } from './world.ts';

const graph = createSkillGraph(
  ['base', 'next', 'top'].map((id) => ({ id, name: id })),
  [
    { from: 'base', to: 'next', strength: 'hard' },
    { from: 'next', to: 'top', strength: 'hard' },
  ],
);
const laws = ['a', 'b'] as const;
const learners = 60;

/** Mean over many learners, so that one learner's luck does not decide. */
function average(law: 'a' | 'b', measure: (learner: SimulatedLearner) => number, knownShare = 0): number {
  const world = createWorld(graph, { seed: 1, law });
  let sum = 0;
  for (let seed = 0; seed < learners; seed++) sum += measure(createSimulatedLearner(world, { seed, knownShare }));
  return sum / learners;
}

function practise(learner: SimulatedLearner, skill: number, day: number, times: number): void {
  learner.startSession(day);
  for (let k = 0; k < times; k++) learner.practise(skill);
}

describe.each(laws)('growth law %s', (law) => {
  it('learns by practice', () => {
    const before = average(law, (learner) => learner.mastery(0, 1));
    const after = average(law, (learner) => {
      practise(learner, 0, 1, 4);
      return learner.mastery(0, 1);
    });
    expect(after).toBeGreaterThan(before + 0.1);
  });

  it('hardly learns what the prerequisites are missing for', () => {
    const ready = average(law, (learner) => {
      practise(learner, 0, 1, 12);
      practise(learner, 1, 1, 4);
      return learner.mastery(1, 1);
    });
    const unready = average(law, (learner) => {
      practise(learner, 1, 1, 4);
      return learner.mastery(1, 1);
    });
    expect(unready).toBeLessThan(ready - 0.1);
  });

  it('forgets with time, and less after spaced practice', () => {
    const lost = (days: readonly number[]): number =>
      average(law, (learner) => {
        for (const day of days) practise(learner, 0, day, 3);
        const last = days[days.length - 1];
        return learner.mastery(0, last + 20) / learner.mastery(0, last);
      });
    expect(lost([1])).toBeLessThan(1);
    expect(lost([1, 4, 9])).toBeGreaterThan(lost([1]));
  });

  it('is the same for the same seed, and shares its draws between what is practised when', () => {
    const world = createWorld(graph, { seed: 1, law });
    const run = (): unknown => {
      const learner = createSimulatedLearner(world, { seed: 5 });
      practise(learner, 0, 1, 3);
      return [learner.practise(1), learner.mastery(0, 2), learner.mastery(1, 2)];
    };
    expect(run()).toEqual(run());
  });
});

describe('simulateInstitution', () => {
  // Wide enough that a session finds five skills to work on.
  const wide = createSkillGraph(
    Array.from({ length: 15 }, (_, k) => ({ id: `s${k}`, name: `s${k}` })),
    Array.from({ length: 5 }, (_, k) => ({ from: `s${k}`, to: `s${k + 5}`, strength: 'hard' as const })),
  );
  const rows = simulateInstitution({ graph: wide, seed: 3, learners: 20, interactions: 1000 });

  it('gives about as many answers as asked for, in time order for each learner', () => {
    expect(rows.length).toBeGreaterThan(700);
    expect(rows.length).toBeLessThan(1300);
    for (let learner = 0; learner < 20; learner++) {
      const times = rows.filter((row) => row.learner === learner).map((row) => row.time);
      expect(times.length).toBeGreaterThan(0);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(simulateInstitution({ graph: wide, seed: 3, learners: 20, interactions: 1000 })).toEqual(rows);
    expect(simulateInstitution({ graph: wide, seed: 4, learners: 20, interactions: 1000 })).not.toEqual(rows);
  });

  it('has more right answers late than early, as people who learn do', () => {
    const share = (part: typeof rows): number => part.filter((row) => row.correct).length / part.length;
    const byLearner = Array.from({ length: 20 }, (_, learner) => rows.filter((row) => row.learner === learner));
    const firsts = byLearner.flatMap((own) => own.slice(0, 8));
    const lasts = byLearner.flatMap((own) => own.slice(-8));
    expect(share(lasts)).toBeGreaterThan(share(firsts));
  });
});
