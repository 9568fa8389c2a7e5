import { existsSync, readFileSync } from 'node:fs';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { greedyChoice } from '../baselines.ts';
import { compileSchedule } from '../compile/compile.ts';
import { applyScheduleEvents } from '../events.ts';
import { validateSchedule } from '../validate/validate.ts';
import { checkTutoring } from './check-tutoring.ts';
import { readTutoringFile, type TutoringProblem } from './tutoring-file.ts';

/** A benchmark of the same form, drawn here. */
function drawn(seed: number): TutoringProblem {
  const random = createRandom(seed);
  const bits = () => Array.from({ length: 8 }, () => (random.chance(0.6) ? '1' : '0')).join('');
  return {
    ...{ name: `drawn ${seed}`, slotCount: 8 },
    learners: Array.from({ length: 12 }, () => ({
      ...{ skill: random.integer(4), slots: bits(), need: 1 + random.integer(3), prio: 1 + random.integer(3) },
      fit: Array.from({ length: 4 }, () => random.integer(10)),
    })),
    tutors: Array.from({ length: 4 }, () => ({
      ...{
        skills: [random.integer(4), random.integer(4)],
        slots: bits(),
        max: 1 + random.integer(6),
        cost: random.integer(4),
      },
    })),
    disruptions: [
      { t: 'tutorSick', tutor: 1 },
      { t: 'learnerSlotLost', learner: 3, slot: 2 },
      { t: 'learnerNeedsExtra', learner: 0 },
      { t: 'learnerNeedsExtra', learner: 0 },
      { t: 'tutorSlotLost', tutor: 0, slot: 1 },
    ],
  };
}

describe('tutoring benchmark', () => {
  it("is worth in our model what the file's own formula says, before and after disruptions", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { problem, state, events } = readTutoringFile(JSON.stringify(drawn(seed)));
      for (let count = 0; count <= events.length; count++) {
        const now = applyScheduleEvents(state, events.slice(0, count)).state;
        const compiled = compileSchedule(now);
        const plan = compiled.planOf(greedyChoice(compiled.model));
        const check = checkTutoring(problem, plan.assignments, count);
        expect(check.violations).toEqual([]);
        expect(validateSchedule(now, plan)).toEqual([]);
        expect(plan.objective).toBe(check.objective);
      }
    }
  });

  it('has a judge that sees what is wrong', () => {
    const problem = drawn(3);
    const at = (learner: number, tutor: number, slot: number) => ({
      ...{ learner: `learner ${learner}`, tutor: `tutor ${tutor}`, slot: `slot ${slot}`, skill: '' },
    });
    const all = problem.learners.flatMap((_, l) => [0, 1, 2, 3].map((t) => at(l, t, 0)));
    const rules = new Set(checkTutoring(problem, [...all, at(99, 0, 0)]).violations.map(({ rule }) => rule));
    expect([...rules].sort()).toEqual(['max', 'need', 'skill', 'slot', 'twice', 'unknown']);
  });

  it.each([
    [(p: Record<string, unknown>) => ({ ...p, slotCount: -1 }), /slotCount: expected a whole number from 0/],
    [(p: Record<string, unknown>) => ({ ...p, learners: [{}] }), /learners\[0\]\.skill: expected a whole number/],
    [(p: Record<string, unknown>) => ({ ...p, disruptions: [{ t: 'fire' }] }), /disruptions\[0\]\.t: expected one of/],
    [
      (p: Record<string, unknown>) => ({ ...p, disruptions: [{ t: 'tutorSick', tutor: 4 }] }),
      /disruptions\[0\]\.tutor: expected a whole number from 0 to 3, got 4/,
    ],
  ])('names what is wrong with a file', (change, message) => {
    const text = JSON.stringify(change(drawn(0) as unknown as Record<string, unknown>));
    expect(() => readTutoringFile(text)).toThrow(message);
  });

  const folder = new URL('../../../../../../shared/data/scheduling/tutoring/', import.meta.url);
  it.skipIf(!existsSync(folder))('counts the options of a published instance (skipped without ../shared/data)', () => {
    // BEST_KNOWN.md: 795 session variables and links: learner-tutor pairs of who needs two or more, most and least load.
    const { state, problem } = readTutoringFile(readFileSync(new URL('tut-60x8x30-s11.json', folder), 'utf8'));
    const { model, requests } = compileSchedule(state);
    const links = requests.reduce((sum, { learner }, r) => {
      const tutors = new Set(model.optionTutor.subarray(model.optionStart[r], model.optionStart[r + 1]));
      return sum + (problem.learners[learner].need >= 2 ? tutors.size : 0);
    }, 0);
    expect(model.optionTutor.length + links + 2).toBe(795);
  });
});
