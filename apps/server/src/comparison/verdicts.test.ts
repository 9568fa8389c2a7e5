import type { Contender } from '@qurriculum/evidence';
import { describe, expect, it } from 'vitest';
import type { SolverView } from '../resources/comparisons/schema.ts';
import { countedWorth, figuresOf, type SolverFigures, withFeasible } from './figures.ts';
import type { Answer, ProblemOutcome } from './problem-task.ts';
import { conclude, judgeFairly, verdictView } from './verdicts.ts';

const cost = { wallSeconds: 0.1, cpuSeconds: 0.1, queueSeconds: 0, qpuSeconds: 0, money: null };
const names = ['planner', 'highs', 'hybrid', 'qaoa'] as const;
const kinds = { planner: 'policy', highs: 'exact', hybrid: 'hybrid', qaoa: 'quantum-simulated' } as const;
const views = names.map((name): SolverView => ({ name, kind: kinds[name], description: `${name}.` }));

/** 40 problems; each contender's worth is a factor of what is possible, null: it takes none. */
function problemsWith(factors: Readonly<Record<(typeof names)[number], number | null>>): ProblemOutcome[] {
  return Array.from({ length: 40 }, (_, k): ProblemOutcome => {
    const possible = 10 + (k % 5);
    const answers = names.map((contender): Answer => {
      const factor = factors[contender];
      const objective = factor === null ? null : factor * possible * (1 + 0.001 * Math.sin(7 * k + factor));
      const refused = factor === null ? 'at most 20 qubits, this needs 35' : null;
      const bound = contender === 'highs' ? 1.01 * possible : null;
      return { contender, objective, violations: [], bound, refused, cost, workDone: {} };
    });
    return { variables: 15, problemHash: '0'.repeat(64), answers };
  });
}

function concludeOn(problems: readonly ProblemOutcome[], simulated = false): string {
  const solvers = views.map((view, at): SolverFigures => figuresOf(view, at, problems, 1));
  const sides = names.map((name, at): Contender => ({ name, values: countedWorth(problems, at), cost }));
  const challengers = sides.slice(1).filter((_, k) => solvers[k + 1].points.length > 0);
  const question = { measure: 'worth of the plan', lowerIsBetter: false, unit: 'problem', seed: 1, simulated };
  const judgement = judgeFairly(sides[0], challengers, question);
  const verdicts = judgement.comparisons.map((one, k) => verdictView(one, sides[0], challengers[k], 1));
  return conclude({ judgement, solvers, verdicts, simulated });
}

describe('conclude', () => {
  it('says of a quantum solver that loses that it loses, and of one that took nothing why', () => {
    const text = concludeOn(problemsWith({ planner: 0.95, highs: 0.951, hybrid: 0.8, qaoa: null }));
    expect(text).toContain('planner stays champion: no challenger is better.');
    expect(text).toContain('hybrid (hybrid with a simulated quantum part) loses against planner.');
    expect(text).toContain('qaoa (a simulated quantum computer) made no plan: at most 20 qubits, this needs 35.');
    expect(text).not.toContain('records');
  });

  it('does not credit the quantum part with what a solver without one does as well', () => {
    const text = concludeOn(problemsWith({ planner: 0.8, highs: 1, hybrid: 1, qaoa: 0.5 }), true);
    expect(text).toContain('may replace planner if a person decides so. In simulation,');
    expect(text).toContain(
      'wins against planner, but its plans are worth no more than those of highs, which has none.',
    );
    expect(text).toContain('Plans are worth most from highs, hybrid, on average 1.0 % below what is proven');
    expect(text).toContain('The records behind it are simulated.');
    const alone = concludeOn(problemsWith({ planner: 0.8, highs: 0.9, hybrid: 1, qaoa: 0.5 }));
    expect(alone).toContain('hybrid (hybrid with a simulated quantum part) wins against planner.');
  });

  it('judges by difference where worths are negative', () => {
    const problems = problemsWith({ planner: -0.1, highs: 1, hybrid: -0.2, qaoa: null });
    expect(concludeOn(problems)).toContain('hybrid (hybrid with a simulated quantum part) loses against planner.');
  });
});

describe('figuresOf', () => {
  it('counts a problem that was not taken with nothing, and shows none of a solver that took none', () => {
    const problems = problemsWith({ planner: 0.9, highs: 1, hybrid: 1, qaoa: null });
    const half = problems.map((problem, k) =>
      k % 2 === 0
        ? problem
        : { ...problem, answers: problem.answers.with(2, { ...problem.answers[3], contender: 'hybrid' }) },
    );
    const hybrid = figuresOf(views[2], 2, half, 1);
    expect(hybrid.objective.mean).toBeCloseTo(figuresOf(views[1], 1, half, 1).objective.mean / 2, 0);
    expect(hybrid).toMatchObject({ feasibleShare: 0.5, refused: { count: 20 } });
    expect(hybrid.points).toHaveLength(40);
    // Wilson's interval of 20 of 40, by hand: (.5 + z^2/80 +- z sqrt(.25/40 + z^2/6400)) / (1 + z^2/40), z = 1.96.
    const { feasible } = withFeasible(hybrid);
    expect([feasible?.mean, feasible?.low, feasible?.high]).toEqual(
      [0.5, 0.352, 0.648].map((x) => expect.closeTo(x, 3)),
    );
    expect(figuresOf(views[3], 3, half, 1)).toMatchObject({ points: [], gap: null, bound: null, feasibleShare: 0 });
    expect(withFeasible(figuresOf(views[3], 3, half, 1)).feasible).toBeNull();
  });

  it('measures the gap by the best proved bound: 1 - .9 / 1.01', () => {
    const { gap } = figuresOf(views[0], 0, problemsWith({ planner: 0.9, highs: 1, hybrid: 1, qaoa: null }), 1);
    expect(gap?.mean).toBeCloseTo(1 - 0.9 / 1.01, 3);
  });
});
