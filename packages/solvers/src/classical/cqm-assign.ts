/**
 * `assign`: models with the structure of an assignment (`cqm-assignment.ts`) by prices, assignments that fit to start from
 * and large neighbourhood searches that stay feasible, raced against each other. Proves a lower bound, and optimality where the bound is met.
 *
 * Work: { neighbourhoods: 4000 }; with only a time, as many as it allows. A deadline cuts the same sequence.
 */
import {
  type ConstrainedQuadraticModel,
  cqmEnergy,
  cqmViolations,
  createSampleSet,
  type Platform,
  type SampleSet,
  type SolveOptions,
  type Solver,
} from '@qurriculum/problems';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { defaultReads, onlyTimeGiven, readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { type AssignmentModel, assignmentOf } from './cqm-assignment.ts';
import { type AssignmentPrices, priceCapacity } from './cqm-assignment-prices.ts';
import { createAssignmentRace } from './cqm-assignment-race.ts';
import { type AssignmentStart, findStart } from './cqm-assignment-start.ts';

const DEFAULT_NEIGHBOURHOODS = 4000;
const START_SWEEPS = 400;
/** Annealing runs for a first assignment before it is given up, where no deadline ends the search. */
const START_RUNS = 20;

/** What a run of `assign` tells beside its samples. */
export interface AssignInfo extends Readonly<Record<string, unknown>> {
  /** Seconds from the start to the best sample. */
  readonly bestAtSeconds: number;
  /** Nodes of the search trees: partial assignments looked at. */
  readonly proposals: number;
}

/** The solver for assignments. */
export function createAssignSolver(platform: Platform): Solver {
  const solver: Solver = {
    name: 'assign',
    version: SOLVERS_VERSION,
    kind: 'classical',
    description:
      'Assigns things to places within capacities, re-arranging a few places at a time without breaking a row.',
    refuses(problem) {
      if (problem.type === 'bqm') return 'constrained models only, this is a BQM; use anneal';
      const structure = assignmentOf(problem);
      return typeof structure === 'string' ? structure : null;
    },
    async solve(problem, options: SolveOptions = {}) {
      const clock = startClock(platform, options);
      const model = problem.type === 'cqm' ? assignmentOf(problem) : 'constrained models only';
      // Finding the structure takes as long as refusing for want of it: once is enough.
      const refuses = (): string | null => (typeof model === 'string' ? solver.refuses(problem) : null);
      requireSolvable({ name: solver.name, refuses }, problem, options);
      if (problem.type === 'bqm' || typeof model === 'string') throw new TypeError(`assign: expected ${model}.`);
      await clock.turn(0, null);
      return assign(problem, model, options, clock);
    },
  };
  return solver;
}

async function assign(
  cqm: ConstrainedQuadraticModel,
  model: AssignmentModel,
  options: SolveOptions,
  clock: SolveClock,
): Promise<SampleSet> {
  const endless = onlyTimeGiven(options);
  const work = readWork('assign', options.work, { neighbourhoods: defaultReads(options, DEFAULT_NEIGHBOURHOODS) });
  const random = createRandom(mixSeed(options.seed ?? 0, 'assign'));
  const prices = await priceCapacity(model, () => clock.turn(0, null));
  // Whole costs: the next whole number above the bound is one too.
  const bound = model.step > 0 ? Math.ceil(prices.bound - 1e-6) : prices.bound;
  const start = givenStart(cqm, model, options.initial) ?? (await anyStart(model, prices, random, endless, clock));
  let values = valuesOf(model, start.options, cqm.variables.length);
  let bestAtSeconds = clock.elapsed();
  let done = 0;
  let proposals = 0;
  let cut = clock.over();
  if (start.feasible && model.jobs > 0) {
    const search = createAssignmentRace(model, prices, start.options, random);
    let best = search.bestCost();
    while (done < work.neighbourhoods && best > bound && !cut) {
      if (search.wantsStart()) {
        const other = await anyStart(model, prices, random, endless, clock);
        search.enter(other.feasible ? other.options : start.options);
      }
      search.step();
      if (search.bestCost() < best) {
        best = search.bestCost();
        bestAtSeconds = clock.elapsed();
      }
      cut = (await clock.turn(++done / work.neighbourhoods, best + model.offset)) && done < work.neighbourhoods;
    }
    values = valuesOf(model, search.best, cqm.variables.length);
    proposals = search.nodes();
  }
  const set = createSampleSet(cqm, [values], {
    stoppedEarly: cut,
    workDone: { neighbourhoods: done, proposals },
    cost: clock.cost(),
    info: { bestAtSeconds, proposals } satisfies AssignInfo,
  });
  const { energy, feasible } = set.samples[0];
  const lowerBound = feasible ? Math.min(bound + model.offset, energy) : bound + model.offset;
  return feasible && lowerBound >= energy
    ? { ...set, lowerBound, status: 'optimal', stoppedEarly: false }
    : { ...set, lowerBound: Number.isFinite(lowerBound) ? lowerBound : null };
}

/** The cheapest given starting point that keeps every row. */
function givenStart(
  cqm: ConstrainedQuadraticModel,
  model: AssignmentModel,
  initial: readonly Int32Array[] = [],
): AssignmentStart | null {
  const feasible = initial.filter((values) => cqmViolations(cqm, values).length === 0);
  if (feasible.length === 0) return null;
  const values = feasible.reduce((best, each) => (cqmEnergy(cqm, each) < cqmEnergy(cqm, best) ? each : best));
  const options = Int32Array.from({ length: model.jobs }, (_, j) => {
    const from = model.optionStart[j];
    const to = model.optionStart[j + 1];
    for (let o = from; o < to; o++) if (model.variable[o] >= 0 && values[model.variable[o]] === 1) return o;
    return from;
  });
  return { options, feasible: true };
}

async function anyStart(
  model: AssignmentModel,
  prices: AssignmentPrices,
  random: Random,
  endless: boolean,
  clock: SolveClock,
): Promise<AssignmentStart> {
  for (let run = 0; ; run++) {
    const start = await findStart(model, prices, random, START_SWEEPS, () => clock.turn(0, null));
    if (start.feasible || clock.over() || (!endless && run + 1 >= START_RUNS)) return start;
  }
}

function valuesOf(model: AssignmentModel, options: Int32Array, size: number): Int32Array {
  const values = new Int32Array(size);
  for (const o of options) if (model.variable[o] >= 0) values[model.variable[o]] = 1;
  return values;
}
