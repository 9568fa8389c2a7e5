/** Who solves the neighbourhoods of the hybrid, with what budget, and in which form it is given them. */
import type { Platform, Problem, SampleSet, Solver, SolverKind } from '@qurriculum/problems';
import { createSwapAnnealSolver } from '../classical/swap-anneal.ts';
import { createTabuSolver } from '../classical/tabu.ts';
import { createExhaustiveSolver } from '../exact/exhaustive.ts';
import { createHighsSolver } from '../exact/highs.ts';
import { createQaoaSolver } from '../quantum/qaoa.ts';
import type { Subproblem } from './subproblem.ts';
import { createUniformSolver } from './uniform.ts';

/** The built-in ones: QAOA, and what to compare it with; 'uniform' draws as often as QAOA, without any circuit. */
export type SubSolverName = 'qaoa' | 'exhaustive' | 'anneal' | 'uniform' | 'tabu' | 'highs';

export interface SubSolver {
  readonly solver: Solver;
  /** Work for one neighbourhood, in the solver's own keys; the hybrid offers the same keys. */
  readonly work: Readonly<Record<string, number>>;
  /** Variables of a neighbourhood unless told otherwise. Default 80; `hybrid` asks for fewer. */
  readonly size?: number;
}

/**
 * Few layers, steps and shots: on random plans twice as many of each gained nothing but cost, half the shots lost. QAOA
 * measures `shots` times before the first and after every layer: 'uniform' draws as often in all.
 */
const BUDGETS: Readonly<Record<SubSolverName, Readonly<Record<string, number>>>> = {
  qaoa: { layers: 2, shots: 64, iterations: 4 },
  exhaustive: {},
  anneal: { reads: 1, sweeps: 60 },
  uniform: { shots: 192 },
  tabu: { reads: 1, flips: 1000 },
  highs: { nodes: 200 },
};

/** What each takes in milliseconds; among 20, 40 and 80 the annealer was best at 80, on plans and on BQMs. */
const SIZES: Readonly<Record<SubSolverName, number>> = {
  qaoa: 12,
  exhaustive: 14,
  anneal: 80,
  uniform: 12,
  tabu: 40,
  highs: 60,
};

export function createSubSolver(platform: Platform, name: SubSolverName): SubSolver {
  const create = {
    qaoa: createQaoaSolver,
    exhaustive: createExhaustiveSolver,
    anneal: createSwapAnnealSolver,
    uniform: createUniformSolver,
    tabu: createTabuSolver,
    highs: (on: Platform) => createHighsSolver(on),
  }[name];
  return { solver: create(platform), work: BUDGETS[name], size: SIZES[name] };
}

function isQuantum({ kind }: Solver): boolean {
  return kind === 'quantum-simulated' || kind === 'quantum-remote';
}

/** A hybrid has a quantum part; a search whose pieces a classical solver solves is classical, and says so. */
export function kindWith({ solver }: SubSolver): SolverKind {
  return isQuantum(solver) || solver.kind === 'hybrid' ? 'hybrid' : 'classical';
}

/**
 * Quantum solvers get rows as parabolas of this strength, which need no slack qubits; others get the rows themselves,
 * unless they refuse.
 */
export function subModel({ solver }: SubSolver, subproblem: Subproblem, strength: number): Problem {
  if (!isQuantum(solver)) {
    const constrained = subproblem.constrained();
    if (solver.refuses(constrained) === null) return constrained;
  }
  return subproblem.penalised(strength);
}

export interface SubAnswer {
  /** The best assignment of the free variables by the true rows, when it is better than the clamped one. */
  readonly better: Int32Array | null;
  /** Shots whose assignment breaks no row more than before, and all shots. */
  readonly keeping: number;
  readonly shots: number;
}

/** Energy changes within rounding do not count as gains. */
const RELATIVE_GAIN = 1e-9;

/** Judges all samples of the sub-solver by the full rows and the objective. */
export function bestOf(set: SampleSet, subproblem: Subproblem): SubAnswer {
  let best: Int32Array | null = null;
  let bestMerit = { excess: 0, energy: -RELATIVE_GAIN * subproblem.reach };
  let keeping = 0;
  let shots = 0;
  for (const { values, occurrences } of set.samples) {
    const merit = subproblem.merit(values);
    shots += occurrences;
    if (merit.excess <= 0) keeping += occurrences;
    const lessBroken = merit.excess < bestMerit.excess - RELATIVE_GAIN;
    const asGood = merit.excess <= bestMerit.excess + RELATIVE_GAIN;
    if (lessBroken || (asGood && merit.energy < bestMerit.energy)) [best, bestMerit] = [values, merit];
  }
  return { better: best, keeping, shots };
}
