export { gaussian, uniform } from './draws.ts';
export {
  type Beliefs,
  copyBeliefs,
  expectedGate,
  expectedMastery,
  expectedReadiness,
  levelAfterActivity,
  masteryWithDeviation,
  practiseInThought,
  recallOn,
} from './forecast/beliefs.ts';
export { beliefsFromMastery } from './forecast/from-mastery.ts';
export { gate, grow, recall, rightAnswer, strengthen } from './forecast/model.ts';
export { defaultForecast, type ForecastParameters } from './forecast/parameters.ts';
export { createStructure } from './forecast/structure.ts';
export { createTracker, type Tracker, type TrackerOptions } from './forecast/tracker.ts';
export type { InteractionTable } from './interactions.ts';
export {
  createInteractionTableBuilder,
  type InteractionColumns,
  type InteractionRow,
  type InteractionTableBuilder,
  type RowsByLearner,
  tableFromRows,
} from './interactions-builder.ts';
export {
  commonLearners,
  concatTables,
  rowsByLearner,
  selectLearners,
  selectRows,
  splitByLearner,
} from './interactions-select.ts';
export { type PairRows, pairRows, type SkillPairs, siblingPairs } from './pairs.ts';
export {
  type EstimatedPrerequisite,
  estimatePrerequisites,
  type PrerequisiteEstimate,
  type PrerequisiteOptions,
} from './prerequisites/estimate.ts';
export type { RecordBatch } from './records/batch.ts';
export { type ColumnMap, parseColumnMap, type RecordField } from './records/columns.ts';
export { describeReject, RecordFileError, type RecordFileErrorCode, type RecordReject } from './records/errors.ts';
export { createInteractionIds, type InteractionIds } from './records/ids.ts';
export type { ReadRecordsOptions, RecordLayout } from './records/layout.ts';
export { type RecordReader, type RecordReport, readRecords } from './records/reader.ts';
export type { ByteSource } from './records/text.ts';
export { defaultSkillSeparators } from './records/values.ts';
export { type InstitutionOptions, type SimulatedInteraction, simulateInstitution } from './simulator/institution.ts';
export { type GrowthLaw, type GrowthLawName, growthLaw } from './simulator/laws.ts';
export {
  type ActivityOutcome,
  ATTEMPTS_PER_ACTIVITY,
  createSimulatedLearner,
  type SimulatedLearner,
} from './simulator/learner.ts';
export { drawProfile, type LearnerProfile, type ProfileOptions } from './simulator/profile.ts';
export { createWorld, type SimulatedWorld, type WorldOptions } from './simulator/world.ts';
export { type BktModel, type BktOptions, bayesianKnowledgeTracing } from './tracing/bkt/bkt.ts';
export type { BktSkill, BktSkillState, BktState, FittedBkt } from './tracing/bkt/bkt-model.ts';
export type { BktParameters } from './tracing/bkt/bkt-parameters.ts';
export {
  answersOfTable,
  type EvaluationOptions,
  evaluateTracing,
  predictTable,
  type TracingEvaluation,
} from './tracing/evaluate.ts';
export {
  type MetricInterval,
  type Metrics,
  measure,
  measureWithIntervals,
  type Predictions,
  type ReliabilityBin,
  reliability,
} from './tracing/metrics.ts';
export type {
  Estimate,
  FitOptions,
  FittedTracingModel,
  TracedInteraction,
  TracedQuestion,
  TracingModel,
} from './tracing/model.ts';
export { tracingModel, tracingModelNames } from './tracing/models.ts';
export { type HybridModel, type HybridOptions, hybridTracing } from './tracing/network/hybrid.ts';
export type { FittedHybrid, HybridState } from './tracing/network/hybrid-model.ts';
export { type Recommendation, recommendedModel } from './tracing/network/recommend.ts';
