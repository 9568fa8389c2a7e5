/**
 * `auto`: a portfolio (Huberman, Lukose & Hogg 1997, "An economics approach to hard computational problems"; chosen by
 * structure as in Rice 1976, "The algorithm selection problem"). The solvers that are good at problems of this structure
 * run in turn on one thread, each with its weight (`share-thread.ts`), HiGHS in its worker beside them where it can prove
 * something; the best of all is the answer, with the best bound that any of them proved. It ends early at a proof.
 *
 * Work: { effort: 1 }: one solver after the other, each with so many times its own default work; the same to the bit each
 * time. With only a time all of them run to the end of it; no racer sees what another has found, so that each is the
 * prefix of its own sequence, and more time never gives a worse answer. `threads` go to each solver that uses several.
 */
import {
  aggregateSamples,
  type Platform,
  type Problem,
  type SampleSet,
  type SolveOptions,
  type Solver,
} from '@qurriculum/problems';
import { KEPT_SAMPLES } from '../kept-samples.ts';
import { onlyTimeGiven, readWork, requireSolvable, type SolveClock, startClock } from '../solve-clock.ts';
import { SOLVERS_VERSION } from '../version.ts';
import { createRacers, type Entry, entriesFor, isTakenByOne } from './entries.ts';
import { createLeader, type Leader } from './leader.ts';
import { shareThread } from './share-thread.ts';
import { structureOf } from './structure.ts';

/** What `auto` tells of its racers. */
export interface AutoInfo extends Readonly<Record<string, unknown>> {
  readonly structure: string;
  /** Who found the best answer first; null where nobody has one. */
  readonly foundBy: string | null;
  readonly bestAtSeconds: number;
  readonly solvers: readonly AutoEntry[];
}

export interface AutoEntry {
  readonly name: string;
  /** Seconds that it ran; of HiGHS in its worker, from start to end. */
  readonly seconds: number;
  /** Its best feasible energy and what it proved; null where there is none. */
  readonly energy: number | null;
  readonly lowerBound: number | null;
  readonly status: SampleSet['status'] | 'stopped';
}

/** The portfolio as a solver. */
export function createAutoSolver(platform: Platform): Solver {
  const racers = createRacers(platform);
  const solver: Solver = {
    name: 'auto',
    version: SOLVERS_VERSION,
    kind: 'classical',
    description: 'Looks at the problem, runs the solvers that suit it in turn, and takes the best answer of all.',
    refuses(problem) {
      return isTakenByOne(problem, racers) ? null : 'a problem that one of its solvers takes, all refuse this one';
    },
    async solve(problem, options = {}) {
      const clock = startClock(platform, options);
      requireSolvable(solver, problem, options);
      const { effort } = readWork(solver.name, options.work, { effort: 1 });
      const structure = structureOf(problem);
      await clock.turn(0, null);
      const entries = entriesFor(structure, problem, racers);
      await clock.turn(0, null);
      options.signal?.throwIfAborted();
      const endless = onlyTimeGiven(options);
      const race: Race = { platform, problem, options, clock, leader: createLeader(clock, options.signal, endless) };
      const results = endless ? await raceOf(entries, race) : await oneByOne(entries, effort, race);
      return conclude(structure, results, race);
    },
  };
  return solver;
}

interface Race {
  readonly platform: Platform;
  readonly problem: Problem;
  readonly options: SolveOptions;
  readonly clock: SolveClock;
  readonly leader: Leader;
}

interface Result {
  readonly name: string;
  readonly set: SampleSet | null;
  readonly seconds: number;
}

async function raceOf(entries: readonly Entry[], race: Race): Promise<Result[]> {
  const thread = shareThread(race.platform);
  // At the deadline whoever has nothing yet, still setting up, need not go on: somebody has an answer.
  const late = new AbortController();
  const signal = AbortSignal.any([race.leader.signal, late.signal]);
  const results = await Promise.all(
    entries.map(async (entry) => {
      const from = race.clock.elapsed();
      // The time that is left when its first turn comes, which is after the others' setting up.
      const request = (): SolveOptions => ({
        ...requestOf(entry.solver, race),
        seconds: Math.max(1e-3, race.clock.left()),
      });
      const set = entry.beside
        ? await attempt(entry.solver, race, request())
        : await thread.run(entry.weight, (toOthers) => {
            const onSlice = async (): Promise<void> => {
              await toOthers();
              if (race.clock.over() && race.leader.name() !== null) late.abort(new Error('auto: deadline'));
            };
            return attempt(entry.solver, race, { ...request(), signal, onSlice });
          });
      return { name: entry.solver.name, set, seconds: race.clock.elapsed() - from };
    }),
  );
  const shares = thread.seconds();
  const turns = entries.filter(({ beside }) => !beside);
  return results.map((result, k) =>
    entries[k].beside ? result : { ...result, seconds: shares[turns.indexOf(entries[k])] },
  );
}

async function oneByOne(entries: readonly Entry[], effort: number, race: Race): Promise<Result[]> {
  const results: Result[] = [];
  for (const { solver, work } of entries) {
    if (results.length > 0 && (race.leader.decided() || race.clock.over())) break;
    const from = race.clock.elapsed();
    const time = race.options.seconds === undefined ? {} : { seconds: Math.max(1e-3, race.clock.left()) };
    const request = { ...requestOf(solver, race), ...time, ...(work ? { work: work(effort) } : {}) };
    const set = await attempt(solver, race, request);
    results.push({ name: solver.name, set, seconds: race.clock.elapsed() - from });
  }
  return results;
}

function requestOf(solver: Solver, { options, leader }: Race): SolveOptions {
  const { seed, threads, initial } = options;
  const onProgress: SolveOptions['onProgress'] = ({ bestEnergy, lowerBound, fraction }) => {
    leader.see(solver.name, bestEnergy, lowerBound ?? null);
    options.onProgress?.({ ...leader.progress(fraction) });
  };
  return { seed, threads, initial, signal: leader.signal, onProgress };
}

/** Null where the race was over before there was an answer. */
async function attempt(
  solver: Solver,
  { problem, leader, options, clock }: Race,
  request: SolveOptions,
): Promise<SampleSet | null> {
  // A racer whose first turn comes after the end would only set up; the first of all must answer in any case.
  if (leader.signal.aborted || (clock.over() && leader.name() !== null)) return null;
  const set = await solver.solve(problem, request).catch((error: unknown) => {
    if (request.signal?.aborted && error === request.signal.reason && !options.signal?.aborted) return null;
    if (options.signal?.aborted) return null;
    throw error;
  });
  if (set) leader.take(solver.name, set);
  return set;
}

function conclude(structure: string, results: readonly Result[], { options, clock, leader }: Race): SampleSet {
  const sets = results.flatMap(({ set }) => (set ? [set] : []));
  const samples = aggregateSamples(sets.flatMap((set) => set.samples)).slice(0, KEPT_SAMPLES);
  if (samples.length === 0 && !leader.infeasible()) options.signal?.throwIfAborted();
  const best = samples.at(0)?.feasible ? samples[0].energy : null;
  const bound = leader.bound();
  const closed = leader.closed() && best !== null;
  const infeasible = leader.infeasible() && best === null;
  const info: AutoInfo = {
    structure,
    foundBy: leader.name(),
    bestAtSeconds: leader.bestAt(),
    solvers: results.map(({ name, set, seconds }) => ({
      name,
      seconds,
      energy: set?.samples.at(0)?.feasible ? set.samples[0].energy : null,
      lowerBound: set?.lowerBound ?? null,
      status: set?.status ?? 'stopped',
    })),
  };
  return {
    samples: infeasible ? [] : samples,
    lowerBound: infeasible ? null : bound === null || best === null ? bound : Math.min(bound, best),
    status: infeasible ? 'infeasible' : closed ? 'optimal' : best !== null ? 'feasible' : 'unknown',
    stoppedEarly: !closed && !infeasible && (sets.length === 0 || sets.some((set) => set.stoppedEarly)),
    workDone: addWork(sets),
    cost: clock.cost(),
    info,
  };
}

/** Work of all, added up by its unit. */
function addWork(sets: readonly SampleSet[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { workDone } of sets) {
    for (const [key, value] of Object.entries(workDone)) sums[key] = (sums[key] ?? 0) + value;
  }
  return sums;
}
