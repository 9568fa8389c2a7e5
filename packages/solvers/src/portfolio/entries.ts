/** Which solvers race on which structure, with what weight. The weights were measured by `npm run bench auto`. */
import type { Platform, Problem, Solver } from '@qurriculum/problems';
import { createAnnealSolver } from '../classical/anneal.ts';
import { createAssignSolver } from '../classical/cqm-assign.ts';
import { createSwapAnnealSolver } from '../classical/swap-anneal.ts';
import { createTabuSolver } from '../classical/tabu.ts';
import { createTemperSolver } from '../classical/temper.ts';
import { createExhaustiveSolver } from '../exact/exhaustive.ts';
import { createHighsSolver } from '../exact/highs.ts';
import { linearisedColumns } from '../exact/linearise.ts';
import { createNeighbourhoodSolver } from '../hybrid/neighbourhood-solver.ts';
import type { Structure } from './structure.ts';

export interface Entry {
  readonly solver: Solver;
  /** Share of the thread's time, relative to the others'. */
  readonly weight: number;
  /** Runs in a worker of its own, beside the others. */
  readonly beside: boolean;
  /** Its work; undefined where it always does the same. */
  readonly work?: (effort: number) => Readonly<Record<string, number>>;
}

type RacerName = 'exhaustive' | 'anneal' | 'temper' | 'tabu' | 'assign' | 'swap-anneal' | 'neighbourhood' | 'highs';

export type Racers = Readonly<Record<RacerName, Solver>>;

export function createRacers(platform: Platform): Racers {
  return {
    exhaustive: createExhaustiveSolver(platform),
    anneal: createAnnealSolver(platform),
    temper: createTemperSolver(platform),
    tabu: createTabuSolver(platform),
    assign: createAssignSolver(platform),
    'swap-anneal': createSwapAnnealSolver(platform),
    // HiGHS races for itself.
    neighbourhood: createNeighbourhoodSolver(platform, { certify: false }),
    highs: createHighsSolver(platform),
  };
}

const WEIGHTS: Readonly<Record<Structure, Partial<Record<RacerName, number>>>> = {
  tiny: { exhaustive: 1 },
  dense: { tabu: 3, anneal: 1, highs: 1 },
  medium: { tabu: 1, anneal: 1, highs: 1 },
  sparse: { anneal: 1, temper: 1, highs: 1 },
  'large sparse': { anneal: 7, temper: 1 },
  assignment: { assign: 4, 'swap-anneal': 1, highs: 1 },
  'binary rows': { 'swap-anneal': 1, neighbourhood: 1, highs: 1 },
  'integer rows': { neighbourhood: 1, highs: 1 },
};

/** Work by effort, in the solver's own keys: more effort is more reads, not longer ones, so that the sequence goes on. */
const WORK: Partial<Record<RacerName, (effort: number) => Readonly<Record<string, number>>>> = {
  anneal: (effort) => ({ reads: 32 * effort, sweeps: 1000 }),
  temper: (effort) => ({ reads: 4 * effort, sweeps: 4000 }),
  tabu: (effort) => ({ reads: 4 * effort, flips: 50_000 }),
  assign: (effort) => ({ neighbourhoods: 4000 * effort }),
  'swap-anneal': (effort) => ({ reads: 16 * effort, sweeps: 400 }),
  neighbourhood: (effort) => ({ neighbourhoods: 200 * effort }),
  highs: (effort) => ({ nodes: 100 * effort }),
};
/** Columns after linearisation up to which HiGHS is worth its worker. */
const MOST_PROVED_COLUMNS = 20_000;
/** Variables and pairs without rows: each pair becomes a column, and of larger models nothing worth telling is proved. */
const MOST_PROVED_TERMS = 1000;

/** The racers for a problem; those that refuse it are left out, and where all do, whoever takes it. */
export function entriesFor(structure: Structure, problem: Problem, racers: Racers): Entry[] {
  const chosen = takers(WEIGHTS[structure], problem, racers);
  if (chosen.some(({ beside }) => !beside)) return chosen;
  const others: Partial<Record<RacerName, number>> = {
    neighbourhood: 1,
    'swap-anneal': 1,
    anneal: 1,
    tabu: 1,
    highs: 1,
  };
  return takers(others, problem, racers);
}

/** Whether there is somebody to race; asks those first who refuse least, and none that looks for a structure. */
export function isTakenByOne(problem: Problem, racers: Racers): boolean {
  const asked = [racers.anneal, racers['swap-anneal'], racers.neighbourhood, racers.exhaustive, racers.highs];
  return asked.some((solver) => solver.refuses(problem) === null);
}

function takers(weights: Partial<Record<RacerName, number>>, problem: Problem, racers: Racers): Entry[] {
  return (Object.entries(weights) as [RacerName, number][])
    .filter(([name]) => racers[name].refuses(problem) === null && (name !== 'highs' || isProvable(problem)))
    .map(([name, weight]) => ({ solver: racers[name], weight, beside: name === 'highs', work: WORK[name] }));
}

function isProvable(problem: Problem): boolean {
  return linearisedColumns(problem) <= (problem.type === 'cqm' ? MOST_PROVED_COLUMNS : MOST_PROVED_TERMS);
}
