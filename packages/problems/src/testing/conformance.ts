/**
 * What every solver must keep, as a list of named cases for any test runner:
 *
 *   for (const { name, run } of solverConformance({ create, ... })) it(name, run);
 *
 * After dimod's `assert_sampler_api`: one suite against every solver, so that a new one cannot forget a duty.
 */
import { problemEnergy, problemViolations, requireSample } from '../problem-operations.ts';
import { compareSamples } from '../sample-set.ts';
import type { Problem, SampleSet, SolveOptions, SolveProgress, Solver } from '../solver.ts';
import { requireEqual, requireThat } from './assertions.ts';
import { bruteForce, randomBqm, randomPlan, tinyProblems } from './sample-problems.ts';

export interface ConformanceOptions {
  /** Makes the solver under test; called once per case. */
  readonly create: () => Solver;
  /** A small work budget: what is solved under it must come out bit-equal every time. */
  readonly work: Readonly<Record<string, number>>;
  /** A work budget that takes many seconds on `endless`, in the solver's own keys: deadlines and cancellation cut it. */
  readonly longWork: Readonly<Record<string, number>>;
  /** A problem on which `work` takes up to a second. Default: 60 binary variables, or a smaller one if refused. */
  readonly large?: Problem;
  /** A problem on which `longWork` takes many seconds. Default: the same. */
  readonly endless?: Problem;
  /** With default work the optimum of tiny problems must be found. Default true; false for solvers that only sample. */
  readonly reachesOptimum?: boolean;
  /** Seconds that an answer may come after its deadline or cancellation. Default 2: test machines are busy. */
  readonly margin?: number;
}

export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/** Tolerance on bounds and proven optima: rounding of sums, and HiGHS's own dual tolerance of 1e-7 a coefficient. */
const BOUND_TOLERANCE = 1e-5;

/** The cases for one solver. Problems that it refuses only check the refusal. */
export function solverConformance(options: ConformanceOptions): ConformanceCase[] {
  return [...tinyCases(options), ...badInputCases(options), ...largeCases(options), describesItself(options)];
}

function tinyCases(options: ConformanceOptions): ConformanceCase[] {
  return tinyProblems().flatMap(({ name, problem }) => [
    {
      name: `${name}: sound sample sets, bit-equal for one seed, problem untouched`,
      async run() {
        const solver = options.create();
        const before = structuredClone(problem);
        const request = { seed: 7, work: options.work };
        if (await refusesClearly(solver, problem)) return;
        const first = await solver.solve(problem, request);
        requireSound(problem, first);
        const second = await solver.solve(problem, request);
        requireEqual(comparable(second), comparable(first), 'samples of the same seed and work');
        requireEqual(problem, before, 'the problem after solving');
      },
    },
    {
      name: `${name}: bounds hold and the optimum is found where promised`,
      async run() {
        const solver = options.create();
        if (await refusesClearly(solver, problem)) return;
        requireQuality(solver, problem, await solver.solve(problem, { seed: 1 }), options.reachesOptimum ?? true);
      },
    },
  ]);
}

/** Options that mean nothing must be refused in words, before any work. */
function badInputCases(options: ConformanceOptions): ConformanceCase[] {
  const { create, work } = options;
  const problemFor = (solver: Solver): Problem => {
    const fits = (problem: Problem): boolean => problem.variables.length > 1 && solver.refuses(problem) === null;
    return tinyProblems().find(({ problem }) => fits(problem))?.problem ?? pickLarge(options, solver);
  };
  const size = (problem: Problem): number => problem.variables.length;
  const bad: readonly [string, (problem: Problem) => SolveOptions, RegExp][] = [
    ['no time at all', () => ({ seconds: 0 }), /above 0 seconds, got 0/],
    ['negative time', () => ({ seconds: -1 }), /above 0 seconds, got -1/],
    ['time that is no number', () => ({ seconds: Number.NaN }), /above 0 seconds, got NaN/],
    ['a seed that is no number', () => ({ seed: Number.NaN }), /whole number as seed, got NaN/],
    ['half a seed', () => ({ seed: 1.5 }), /whole number as seed, got 1\.5/],
    ['work of an unknown kind', () => ({ work: { shoes: 3 } }), /work budget .*shoes/],
    ['a start that is too short', () => ({ initial: [new Int32Array(0)] }), /start 0: expected \d+ values, got 0/],
    [
      'a start outside of the domain',
      (problem) => ({ initial: [new Int32Array(size(problem)).fill(77)] }),
      /start 0: expected a value of ".*" in its domain, got 77/,
    ],
  ];
  const refused = bad.map(([name, make, message]) => ({
    name: `${name} is refused in words`,
    async run() {
      const solver = create();
      const problem = problemFor(solver);
      const error = await solver.solve(problem, make(problem)).then(
        () => 'an answer',
        (thrown: unknown) => thrown,
      );
      requireThat(error instanceof Error && message.test(error.message), `expected ${message}, got ${error}`);
    },
  }));
  const negative: ConformanceCase = {
    name: 'a negative seed is a seed',
    async run() {
      const solver = create();
      const problem = problemFor(solver);
      const first = await solver.solve(problem, { work, seed: -3 });
      requireSound(problem, first);
      requireEqual(
        comparable(await solver.solve(problem, { work, seed: -3 })),
        comparable(first),
        'samples of seed -3',
      );
    },
  };
  return [...refused, negative];
}

function largeCases(options: ConformanceOptions): ConformanceCase[] {
  const margin = options.margin ?? 2;
  const timed = async (
    make: () => SolveOptions,
  ): Promise<{ set: SampleSet | null; seconds: number; large: Problem }> => {
    const solver = options.create();
    const large = options.endless ?? pickLarge(options, solver);
    // The first solve of a process may load or compile things: not what deadlines are about.
    await solver.solve(large, { work: options.work, seconds: 0.5 });
    const request = make();
    const start = performance.now();
    const set = await solver.solve(large, request).catch((error: unknown) => {
      if (request.signal?.aborted && error === request.signal.reason) return null;
      throw error;
    });
    return { set, seconds: (performance.now() - start) / 1000, large };
  };
  return [
    {
      name: 'a deadline is kept, and the answer is sound and says that it stopped early',
      async run() {
        const { set, seconds, large } = await timed(() => ({ seconds: 0.3, work: options.longWork }));
        requireThat(seconds < 0.3 + margin, `expected an answer within ${0.3 + margin} s, got one after ${seconds} s`);
        if (!set) throw new Error('solverConformance: expected a sample set at the deadline, got none');
        requireSound(large, set);
        requireThat(set.stoppedEarly || set.status === 'optimal', 'expected stoppedEarly or a proof, got neither');
      },
    },
    {
      name: 'the answer at a deadline is the best of a prefix: never better than all of the work',
      async run() {
        const solver = options.create();
        const large = pickLarge(options, solver);
        const whole = await solver.solve(large, { seed: 3, work: options.work });
        const cut = await solver.solve(large, { seed: 3, work: options.work, seconds: whole.cost.wallSeconds / 3 });
        const [best, other] = [whole.samples[0], cut.samples[0]];
        if (!other) return;
        requireThat(
          compareSamples(best, other) <= 0 || best.energy === other.energy,
          `expected at best ${best?.energy} from a part of the work, got ${other.energy}`,
        );
      },
    },
    {
      name: 'cancelling ends the work: an answer, or the reason of the signal',
      async run() {
        const { set, seconds, large } = await timed(() => {
          const running = new AbortController();
          setTimeout(() => running.abort(new Error('enough')), 100);
          return { signal: running.signal, work: options.longWork };
        });
        requireThat(seconds < 0.1 + margin, `expected an answer within ${0.1 + margin} s, got one after ${seconds} s`);
        if (set) requireSound(large, set);
        const before = await timed(() => ({ signal: AbortSignal.abort(new Error('no')), work: options.longWork }));
        requireThat(before.seconds < margin, `expected a cancelled call to end at once, got ${before.seconds} s`);
      },
    },
    {
      name: 'progress runs from 0 to 1 and never back, the best energy never up',
      async run() {
        const solver = options.create();
        const large = pickLarge(options, solver);
        const seen: SolveProgress[] = [];
        await solver.solve(large, { work: options.work, seed: 5, onProgress: (progress) => seen.push(progress) });
        for (const [k, { fraction, bestEnergy }] of seen.entries()) {
          requireThat(fraction >= 0 && fraction <= 1, `expected fractions from 0 to 1, got ${fraction}`);
          if (k === 0) continue;
          requireThat(fraction >= seen[k - 1].fraction, 'expected fractions that never fall');
          const last = seen[k - 1].bestEnergy;
          requireThat(last === null || (bestEnergy !== null && bestEnergy <= last), 'expected a best that never rises');
        }
      },
    },
  ];
}

function describesItself({ create }: ConformanceOptions): ConformanceCase {
  return {
    name: 'has a short name, a version and a sentence for people',
    async run() {
      const { name, version, description } = create();
      requireThat(/^[a-z][a-z0-9-]*$/.test(name), `expected a lower-case name, got "${name}"`);
      requireThat(/^\d+\.\d+\.\d+/.test(version), `expected a version like 1.2.3, got "${version}"`);
      requireThat(description.length > 10 && description.endsWith('.'), 'expected a description that is a sentence');
    },
  };
}

function pickLarge(options: ConformanceOptions, solver: Solver): Problem {
  const candidates = options.large
    ? [options.large]
    : [randomBqm(60, 'BINARY', 11), randomPlan(20, 12), randomBqm(12, 'SPIN', 13), randomPlan(4, 14)];
  const large = candidates.find((problem) => solver.refuses(problem) === null);
  if (!large) throw new Error(`solverConformance: expected ${solver.name} to take a larger problem, got only refusals`);
  return large;
}

/** True when the problem is refused, after checking that solving it rejects with the same reason. */
async function refusesClearly(solver: Solver, problem: Problem): Promise<boolean> {
  const reason = solver.refuses(problem);
  if (reason === null) return false;
  requireThat(reason.length > 10, `expected a reason in words, got "${reason}"`);
  const error = await solver.solve(problem).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  requireThat(
    error instanceof Error && error.message.includes(reason),
    `expected an error with "${reason}", got ${error}`,
  );
  return true;
}

/** Energies, feasibility and domains as the problem itself says; best first; never empty without a reason. */
function requireSound(problem: Problem, set: SampleSet): void {
  for (const [k, sample] of set.samples.entries()) {
    requireSample(problem, sample.values, `sample ${k}`);
    requireThat(
      sample.energy === problemEnergy(problem, sample.values),
      `expected the energy of sample ${k} re-evaluated`,
    );
    const names = problemViolations(problem, sample.values).map((violation) => violation.name);
    requireEqual(sample.violations, names, `violations of sample ${k}`);
    requireThat(sample.feasible === (names.length === 0), `expected feasible to agree with violations in sample ${k}`);
    requireThat(Number.isInteger(sample.occurrences) && sample.occurrences > 0, 'expected occurrences of at least 1');
    if (k > 0) requireThat(compareSamples(set.samples[k - 1], sample) < 0, 'expected distinct samples, best first');
  }
  const { wallSeconds, cpuSeconds } = set.cost;
  requireThat(wallSeconds >= 0 && cpuSeconds >= 0, `expected costs of at least 0, got ${wallSeconds}, ${cpuSeconds}`);
  const mayBeEmpty = set.status === 'infeasible' || set.stoppedEarly;
  requireThat(set.samples.length > 0 || mayBeEmpty, `expected samples with status ${set.status}, got none`);
  const claims = set.status === 'optimal' || set.status === 'feasible';
  requireThat(!claims || set.samples[0]?.feasible === true, `expected a feasible best sample with ${set.status}`);
}

function requireQuality(solver: Solver, problem: Problem, set: SampleSet, reachesOptimum: boolean): void {
  requireSound(problem, set);
  const optimum = bruteForce(problem);
  if (optimum === null) {
    requireThat(!set.samples.some((sample) => sample.feasible), 'expected no feasible sample of an infeasible problem');
    requireThat(solver.kind !== 'exact' || set.status === 'infeasible', `expected infeasible, got ${set.status}`);
    return;
  }
  const scale = Math.max(1, Math.abs(optimum.energy)) * BOUND_TOLERANCE;
  requireThat(
    set.lowerBound === null || set.lowerBound <= optimum.energy + scale,
    `expected a bound of at most ${optimum.energy}, got ${set.lowerBound}`,
  );
  requireThat(set.status !== 'infeasible', 'expected a feasible problem not to be called infeasible');
  const best = set.samples.find((sample) => sample.feasible);
  const proved = solver.kind === 'exact' || set.status === 'optimal';
  if (solver.kind === 'exact') requireThat(set.status === 'optimal', `expected a proof, got ${set.status}`);
  if (proved || reachesOptimum) {
    const gap = (best?.energy ?? Number.POSITIVE_INFINITY) - optimum.energy;
    requireThat(gap <= scale, `expected the optimum ${optimum.energy}, got ${best?.energy}`);
  }
}

/** What must be equal between two runs: everything but what time did to them. */
function comparable(set: SampleSet): unknown {
  const { samples, lowerBound, status, workDone } = set;
  return { samples, lowerBound, status, workDone };
}
