export { compare, compareAll } from './comparison/compare.ts';
export { type Judgement, judge } from './comparison/judge.ts';
export { type Comparison, type Contender, fewestUnits, type Question } from './comparison/question.ts';
export type { Improvement, Verdict } from './comparison/verdict.ts';
export { addCosts, type Clock, type CostComparison, compareCosts, startStopwatch } from './cost.ts';
export { EvidenceError, type EvidenceErrorCode } from './errors.ts';
export {
  canonicalJson,
  createSha256,
  describeBytes,
  hashJson,
  type InputFacts,
  type Sha256Stream,
  sha256Hex,
} from './provenance.ts';
export {
  createRunRecord,
  type Json,
  noCost,
  type Provenance,
  parseRunRecord,
  type RunCost,
  type RunDescription,
  type RunRecord,
  type RunStamp,
  restsOnSimulation,
  runRecordJsonSchema,
} from './run-record.ts';
export {
  type BestTrace,
  bestObjective,
  reaches,
  type Sense,
  secondsToReach,
  type TracePoint,
} from './statistics/best-trace.ts';
export {
  type BootstrapDistribution,
  type BootstrapOptions,
  bootstrapDifference,
  bootstrapMean,
  bootstrapOfMeans,
  bootstrapRatio,
} from './statistics/bootstrap.ts';
export { normalCdf } from './statistics/distributions.ts';
export { type Figure, mean, meanInterval, proportionInterval, wilsonInterval } from './statistics/intervals.ts';
export { optimalTimeToSolution, type TimeToSolution, timeToSolution } from './statistics/time-to-solution.ts';
