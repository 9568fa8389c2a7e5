import { bestFeasible, createBqm } from '@qurriculum/problems';
import { solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { scheduleDecision } from '../schedule.ts';
import { randomState } from '../testing/random-state.ts';
import { formulateSchedule } from './formulate.ts';
import { createScheduleSolver } from './native.ts';

const clock = { now: () => performance.now() / 1000, cpuSeconds: () => null };
const formulation = formulateSchedule(randomState(3, { learners: 30, tutors: 6, slots: 12 }));

describe('schedule as a solver', () => {
  for (const { name, run } of solverConformance({
    create: () => createScheduleSolver(formulation, clock),
    work: { chains: 500 },
    longWork: { chains: 1e9 },
    large: formulation.problem,
  })) {
    it(name, run);
  }

  it('refuses what is not its own model', () => {
    const other = createBqm({ vartype: 'BINARY', variables: ['x'] });
    expect(createScheduleSolver(formulation, clock).refuses(other)).toMatch(/only the model of the schedule/);
  });

  it('answers the decision as everybody does', async () => {
    const state = randomState(3, { learners: 30, tutors: 6, slots: 12 });
    const own = formulateSchedule(state);
    const set = await createScheduleSolver(own, clock).solve(own.problem, {
      work: { chains: 3000 },
      initial: [own.initial],
    });
    const best = bestFeasible(set);
    const plan = own.decode(best?.values ?? []);
    expect(scheduleDecision.validate(state, plan)).toEqual([]);
    expect(own.objectiveOf(best?.energy ?? Number.NaN)).toBeCloseTo(plan.objective, 9);
    expect(set.lowerBound ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual((best?.energy ?? 0) + 1e-6);
    for (const baseline of scheduleDecision.baselines) {
      expect(baseline.plan(state).objective).toBeLessThanOrEqual(plan.objective + 1e-9);
    }
    const [why] = scheduleDecision.explain(state, plan, { learner: plan.assignments[0].learner });
    expect(why.value).toBeGreaterThan(0);
  });
});
