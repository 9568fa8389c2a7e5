/** Making sample sets: energies re-evaluated in float64, equal samples counted together, best first. */
import { problemEnergy, problemViolations } from './problem-operations.ts';
import type { Problem, Sample, SampleSet, SolveCost } from './solver.ts';

/** What a solve that cost nothing cost. */
export const ZERO_COST: SolveCost = { wallSeconds: 0, cpuSeconds: 0, queueSeconds: 0, qpuSeconds: 0, money: null };

/** A sample of these values (copied): energy, feasibility and violations from the problem's own coefficients. */
export function evaluateSample(problem: Problem, values: ArrayLike<number>, occurrences = 1): Sample {
  const violations = problemViolations(problem, values).map((violation) => violation.name);
  return {
    values: Int32Array.from(values),
    energy: problemEnergy(problem, values),
    feasible: violations.length === 0,
    violations,
    occurrences,
  };
}

/** The order of sample sets: feasible first, then by energy, then by values so that equal energies have one order. */
export function compareSamples(a: Sample, b: Sample): number {
  if (a.feasible !== b.feasible) return a.feasible ? -1 : 1;
  if (a.energy !== b.energy) return a.energy - b.energy;
  for (let i = 0; i < a.values.length; i++) if (a.values[i] !== b.values[i]) return a.values[i] - b.values[i];
  return 0;
}

/** Equal samples as one, occurrences added; best first. */
export function aggregateSamples(samples: readonly Sample[]): Sample[] {
  const sorted = [...samples].sort(compareSamples);
  const result: Sample[] = [];
  for (const sample of sorted) {
    const last = result.at(-1);
    if (last && compareSamples(last, sample) === 0) {
      result[result.length - 1] = { ...last, occurrences: last.occurrences + sample.occurrences };
    } else result.push(sample);
  }
  return result;
}

/** What a solver knows beside its samples. Everything is optional but the problem. */
export interface SampleSetDetails {
  readonly lowerBound?: number | null;
  /** Default: 'feasible' if a sample is, else 'unknown'. */
  readonly status?: SampleSet['status'];
  readonly stoppedEarly?: boolean;
  readonly workDone?: SampleSet['workDone'];
  readonly cost?: SolveCost;
  readonly info?: SampleSet['info'];
  /** Keep at most this many different samples, the best. Default: all. */
  readonly keep?: number;
}

/** A sample set from raw values: evaluated, aggregated, sorted. */
export function createSampleSet(
  problem: Problem,
  values: Iterable<ArrayLike<number>>,
  details: SampleSetDetails = {},
): SampleSet {
  return sampleSetOf(
    Array.from(values, (each) => evaluateSample(problem, each)),
    details,
  );
}

/** A sample set from evaluated samples: aggregated, sorted. */
export function sampleSetOf(evaluated: readonly Sample[], details: SampleSetDetails = {}): SampleSet {
  const samples = aggregateSamples(evaluated);
  return {
    samples: samples.slice(0, details.keep ?? samples.length),
    lowerBound: details.lowerBound ?? null,
    status: details.status ?? (samples.length > 0 && samples[0].feasible ? 'feasible' : 'unknown'),
    stoppedEarly: details.stoppedEarly ?? false,
    workDone: details.workDone ?? {},
    cost: details.cost ?? ZERO_COST,
    info: details.info ?? {},
  };
}

/** Samples of a run of unknown length in bounded memory. */
export interface SamplePool {
  /** Evaluates and takes in a sample (values are copied). */
  add(values: ArrayLike<number>): Sample;
  /** How many samples came in. */
  count(): number;
  /** The best different samples, best first; occurrences of those that dropped out in between are not counted. */
  samples(): readonly Sample[];
}

/** Values that a pool keeps in all, of 4 bytes each. */
const POOL_VALUES = 2 ** 23;

/** A pool that keeps at least the best `keep` different samples; of models above 2^23 / keep variables fewer, at least 1. */
export function createSamplePool(problem: Problem, wanted: number): SamplePool {
  const size = Math.max(1, problem.variables.length);
  const keep = Math.max(1, Math.min(wanted, Math.floor(POOL_VALUES / size)));
  const room = Math.max(keep + 1, Math.min(8 * keep, Math.floor((2 * POOL_VALUES) / size)));
  let held: Sample[] = [];
  let count = 0;
  return {
    add(values) {
      const sample = evaluateSample(problem, values);
      count++;
      held.push(sample);
      if (held.length >= room) held = aggregateSamples(held).slice(0, keep);
      return sample;
    },
    count: () => count,
    samples: () => aggregateSamples(held).slice(0, keep),
  };
}

/** The best feasible sample, or undefined. */
export function bestFeasible(set: SampleSet): Sample | undefined {
  return set.samples.find((sample) => sample.feasible);
}
