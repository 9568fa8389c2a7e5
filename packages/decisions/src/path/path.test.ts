import { createSkillGraph, goalClosure, type SkillGraph } from '@qurriculum/course';
import { createTracker } from '@qurriculum/learner';
import { cqmEnergy, cqmViolations } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathBaselines } from './baselines.ts';
import { explainStep, runnerUpOf } from './explain.ts';
import { chooseGoals } from './goals.ts';
import { planBySearch, poseState } from './planner.ts';
import { searchPlan } from './search.ts';
import type { PathState } from './types.ts';
import { validatePath } from './validate.ts';
import { plannerSettings } from './weights.ts';

/** A random graph in layers, and a learner with some answers on it. */
function drawState(seed: number, skills = 12): PathState {
  const random = createRandom(seed);
  const graph: SkillGraph = createSkillGraph(
    Array.from({ length: skills }, (_, k) => ({ id: `s${k}`, name: `Skill ${k}` })),
    Array.from({ length: skills }, (_, to) => to).flatMap((to) =>
      Array.from({ length: to }, (_, from) => from)
        .filter(() => random.chance(0.25))
        .map((from) => ({
          from: `s${from}`,
          to: `s${to}`,
          strength: random.chance(0.7) ? ('hard' as const) : ('soft' as const),
        })),
    ),
  );
  const tracker = createTracker(graph);
  for (let k = 0; k < 25; k++) {
    const skill = random.integer(skills);
    tracker.answered(skill, Math.floor(k / 5), random.chance(skill < skills / 2 ? 0.85 : 0.3));
  }
  const goals = [skills - 1, skills - 2].map((skill) => ({ skill }));
  return { graph, beliefs: tracker.beliefs(6), goals, minutesPerSession: 20 };
}

const seeds = fc.integer({ min: 1, max: 10_000 });

describe('the formulation', () => {
  it('is solved by the search as well as by trying every choice, on problems small enough for that', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem, initial } = poseState({ ...drawState(seed, 10), sessions: 1 });
        const count = problem.variables.length;
        fc.pre(count > 0 && count <= 12);
        let best = Number.POSITIVE_INFINITY;
        for (let mask = 0; mask < 2 ** count; mask++) {
          const values = Int32Array.from({ length: count }, (_, v) => (mask >> v) & 1);
          if (cqmViolations(problem, values).length === 0) best = Math.min(best, cqmEnergy(problem, values));
        }
        const found = searchPlan(problem, { sweeps: 100, random: createRandom(seed), initial });
        expect(cqmViolations(problem, found.values)).toEqual([]);
        expect(cqmEnergy(problem, found.values)).toBeCloseTo(best, 9);
      }),
      { numRuns: 25 },
    );
  });

  it('gives plans that the independent validator accepts', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const state = drawState(seed);
        const plan = planBySearch(state, plannerSettings, seed);
        expect(validatePath({ ...state, sessions: plan.sessions.length }, plan)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same for the same state, and its search for the same seed', () => {
    const state = drawState(3);
    expect(planBySearch(state, plannerSettings, 5)).toEqual(planBySearch(state, plannerSettings, 5));
    expect(poseState(state).problem).toEqual(poseState(state).problem);
  });
});

describe('what people say', () => {
  it('is kept: a pin is in its session, a skip is nowhere', () => {
    fc.assert(
      fc.property(seeds, fc.nat(11), fc.nat(11), (seed, pinned, skipped) => {
        fc.pre(pinned !== skipped);
        const state: PathState = {
          ...drawState(seed),
          pins: [{ skill: pinned, session: 0 }],
          skips: [{ skill: skipped }],
        };
        const { sessions } = planBySearch(state, plannerSettings, seed);
        expect(sessions[0].steps.find((step) => step.skill === pinned)).toMatchObject({ pinned: true });
        for (const { steps } of sessions) expect(steps.map((step) => step.skill)).not.toContain(skipped);
      }),
      { numRuns: 40 },
    );
  });

  it('is found missing by the validator', () => {
    const state = drawState(7);
    const plan = planBySearch(state, plannerSettings, 1);
    const taken = plan.sessions[0].steps[0].skill;
    const rules = (extra: Partial<PathState>): string[] =>
      validatePath({ ...state, sessions: plan.sessions.length, ...extra }, plan).map(({ rule }) => rule);
    expect(rules({ skips: [{ skill: taken }] }).length).toBeGreaterThan(0);
    expect(rules({ minutesPerSession: 1 })).toContain('minutes');
    expect(rules({})).toEqual([]);
  });
});

describe('baselines', () => {
  it.each(pathBaselines.map((baseline) => [baseline.name, baseline] as const))(
    '%s fills the minutes it has, never more',
    (_, baseline) => {
      for (let seed = 1; seed <= 20; seed++) {
        const state = { ...drawState(seed), sessions: 2 };
        const plan = baseline.plan(state, { seed });
        expect(plan.sessions).toHaveLength(2);
        for (const { minutes, steps } of plan.sessions) {
          expect(minutes).toBeLessThanOrEqual(20);
          expect(minutes).toBe(steps.reduce((sum, step) => sum + step.minutes, 0));
          expect(new Set(steps.map((step) => step.skill)).size).toBe(steps.length);
        }
      }
    },
  );
});

describe('goals under a deadline', () => {
  it('are split into those that fit the minutes left and those that are left out', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 12 }), (seed, deadlineSessions) => {
        const base = drawState(seed, 14);
        const goals = [6, 9, 11, 12, 13].map((skill) => ({ skill }));
        const state = { ...base, goals, deadlineSessions };
        const { chosen, leftOut, minutesNeeded, minutesLeft, exact } = chooseGoals(state, goals);
        expect(exact).toBe(true);
        expect([...chosen, ...leftOut].map(({ skill }) => skill).sort()).toEqual(
          goals.map(({ skill }) => skill).sort(),
        );
        expect(minutesLeft).toBe(deadlineSessions * 20);
        if (chosen.length > 1) expect(minutesNeeded).toBeLessThanOrEqual(minutesLeft);
      }),
      { numRuns: 30 },
    );
  });
});

describe('explanations', () => {
  it('name goals that the step leads to, and a runner-up that keeps the step out', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const state = drawState(seed);
      const plan = planBySearch(state, plannerSettings, seed);
      const step = plan.sessions[0].steps[0];
      if (step === undefined) continue;
      const question = { session: 0, skill: step.skill };
      const explanation = explainStep(state, plan, question);
      for (const { goal, chain } of explanation.serves) {
        expect(chain[0]).toBe(step.skill);
        expect(goalClosure(state.graph, [goal])).toContain(step.skill);
      }
      expect(explanation.masteryAfter).toBeGreaterThan(0);
      const runnerUp = runnerUpOf(state, plan, question, plannerSettings, seed);
      expect(runnerUp.plan.sessions[0].steps.map(({ skill }) => skill)).not.toContain(step.skill);
    }
  });
});
