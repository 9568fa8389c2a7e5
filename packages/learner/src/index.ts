export { type AmplifiedPosterior, amplifyPosterior } from './diagnosis/amplitude-amplification.ts';
export {
  type AttributeStates,
  type AttributeStructure,
  consistentStates,
  createAttributes,
} from './diagnosis/attributes.ts';
export { type Diagnosis, diagnose, stateTable } from './diagnosis/diagnose.ts';
export { diagnosisFromJson, diagnosisToJson } from './diagnosis/diagnosis-json.ts';
export { DiagnosisError, type DiagnosisErrorCode } from './diagnosis/errors.ts';
export {
  type DiagnosisFitOptions,
  type FittedDiagnosis,
  fitDiagnosis,
  guessAndSlip,
  type StatePrior,
} from './diagnosis/fit-diagnosis.ts';
export {
  type DiagnosisDesign,
  type DiagnosisModelName,
  diagnosisDesign,
  diagnosisModelNames,
  type ItemRule,
} from './diagnosis/item-rules.ts';
export { type MapProblem, mapProblem, type SolvedState, solveState } from './diagnosis/map-bqm.ts';
export {
  type BinaryMatrix,
  badFile,
  isGap,
  type NamedTable,
  readBinaryMatrix,
  readNamedTable,
} from './diagnosis/matrix-file.ts';
export {
  checkMisconceptions,
  expectedHolders,
  type Holders,
  type MisconceptionFinding,
  type MisconceptionFindingCode,
} from './diagnosis/misconception-check.ts';
export {
  type MisconceptionDesign,
  type MisconceptionItem,
  misconceptionDesign,
} from './diagnosis/misconceptions.ts';
export {
  type EnumeratedPosterior,
  enumeratePosterior,
  type PosteriorFactor,
  type PosteriorFactors,
  posteriorFactors,
} from './diagnosis/posterior-factors.ts';
export {
  checkQMatrix,
  createQMatrix,
  type QFinding,
  type QFindingCode,
  type QMatrix,
  requireQMatrix,
} from './diagnosis/q-matrix.ts';
export { gaussian, uniform } from './draws.ts';
export { type EngagementModel, engagementTracing } from './engagement/engagement.ts';
export type { EngagementEstimate, EngagementVerdict } from './engagement/engagement-estimate.ts';
export type { FittedEngagement } from './engagement/engagement-model.ts';
export type { EngagementState } from './engagement/engagement-state.ts';
export { type OrderCounts, type PairCounts, QuestionOrderError } from './engagement/question-order/answers.ts';
export type { OrderFit, OrderModelName } from './engagement/question-order/models.ts';
export {
  type OrderVerdict,
  type QuestionOrder,
  type QuestionOrderOptions,
  questionOrder,
} from './engagement/question-order/question-order.ts';
export { type QuestionOrderFile, readQuestionOrder } from './engagement/question-order/read-answers.ts';
export type { ResponseTimeEffort } from './engagement/response-times.ts';
export {
  type Beliefs,
  copyBeliefs,
  expectedGate,
  expectedMastery,
  expectedReadiness,
  levelAfterActivity,
  masteryWithDeviation,
  practiseInThought,
  recallAfter,
  recallOn,
  stabilityAfter,
} from './forecast/beliefs.ts';
export { beliefsFromMastery } from './forecast/from-mastery.ts';
export { beliefsFromMemory } from './forecast/from-memory.ts';
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
export { unitScale } from './interactions-signals.ts';
export {
  type FitMemoryOptions,
  fitMemory,
  type MemoryCheck,
  type MemoryFit,
  type MemoryVerdict,
} from './memory/fit-memory.ts';
export { type Grade, type GradedAnswer, gradeAnswer } from './memory/grades.ts';
export type { MemoryFigures } from './memory/held-out.ts';
export {
  createMemoryModel,
  type MemoryModel,
  memoryModelFromJson,
  type SkillMemory,
} from './memory/memory-model.ts';
export { defaultMemoryWeights } from './memory/weights.ts';
export { type PairRows, pairRows, type SkillPairs, siblingPairs } from './pairs.ts';
export type { LongWork } from './pause.ts';
export { adjustForDiscoveries } from './prerequisites/discoveries.ts';
export {
  type EstimatedPrerequisite,
  estimatePrerequisites,
  type PrerequisiteEstimate,
  type PrerequisiteOptions,
} from './prerequisites/estimate.ts';
export { type ColumnSample, createColumnSampler, type OtherColumnsObserver } from './quality/column-sample.ts';
export { type DataFinding, describeFinding, type FindingCode } from './quality/finding.ts';
export { lintColumns } from './quality/lint-columns.ts';
export { lintSplit } from './quality/lint-split.ts';
export { lintTable } from './quality/lint-table.ts';
export { type JoinedRows, joinRowsOfOneAnswer, mergeRowsOfOneAnswer } from './quality/rows-of-one-answer.ts';
export type { RecordBatch } from './records/batch.ts';
export { type ColumnMap, parseColumnMap, type RecordField } from './records/columns.ts';
export { describeReject, RecordFileError, type RecordFileErrorCode, type RecordReject } from './records/errors.ts';
export { createInteractionIds, type InteractionIds } from './records/ids.ts';
export type { ReadRecordsOptions, RecordLayout } from './records/layout.ts';
export { type RecordReader, type RecordReport, readRecords } from './records/reader.ts';
export type { ByteSource } from './records/text.ts';
export { defaultSkillSeparators } from './records/values.ts';
export { type Abilities, categoryTable, estimateAbilities } from './response/abilities.ts';
export {
  type DifferentialFunctioning,
  type DifferentialOptions,
  differentialFunctioning,
  type EffectClass,
} from './response/differential-functioning.ts';
export {
  abilityGrid,
  type FittedResponseModel,
  fitResponseModel,
  type ResponseFitOptions,
  type ResponseModelName,
  responseModelNames,
} from './response/fit-items.ts';
export { type ItemFit, itemFit, type ScoreFit } from './response/fit-statistics.ts';
export {
  categoryProbabilities,
  expectedScore,
  type GradedItem,
  itemInformation,
  type LogisticItem,
  type ResponseItem,
} from './response/response-items.ts';
export { responseModelFromJson, responseModelToJson } from './response/response-json.ts';
export {
  createResponses,
  distinctPatterns,
  ResponseError,
  type ResponseErrorCode,
  type ResponsePatterns,
  type ResponseTable,
} from './response/responses.ts';
export { type ItemErrors, itemErrors } from './response/standard-errors.ts';
export type { OneRosterDiagnostic, OneRosterMode, OneRosterPackage } from './rosters/one-roster-package.ts';
export { applyOneRoster, emptyRoster, type Roster, type RosterMember, rosterMembers } from './rosters/people.ts';
export { readOneRoster } from './rosters/read-one-roster.ts';
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
  type IndividualBktModel,
  type IndividualBktOptions,
  individualKnowledgeTracing,
} from './tracing/bkt/individual.ts';
export type { FittedIndividualBkt, FittedIndividualSkill, IndividualState } from './tracing/bkt/individual-model.ts';
export {
  answersOfTable,
  type EvaluationOptions,
  evaluatePredictions,
  evaluateTracing,
  predictTable,
  type TracingEvaluation,
} from './tracing/evaluate.ts';
export { type GroupFigures, measureGroups } from './tracing/groups.ts';
export { hiddenMarkov, hiddenQuantumMarkov, type MarkovModel, type MarkovOptions } from './tracing/markov/markov.ts';
export type { FittedMarkov, MarkovSkill, MarkovSkillState, MarkovState } from './tracing/markov/markov-model.ts';
export { answerCircuit, answerOpenQasm } from './tracing/markov/step-circuit.ts';
export {
  compareWithIntervals,
  logLoss,
  type MetricInterval,
  type MetricName,
  type Metrics,
  measure,
  measureWithIntervals,
  type Predictions,
  type ReliabilityBin,
  reliability,
  selectPredictions,
} from './tracing/metrics.ts';
export type {
  Estimate,
  FitOptions,
  FittedTracingModel,
  TracedInteraction,
  TracedQuestion,
  TracingModel,
} from './tracing/model.ts';
export { describeTracingModel, type TracingModelDescription } from './tracing/model-descriptions.ts';
export { type TracingModelOptions, tracingModel, tracingModelNames } from './tracing/models.ts';
export type { SkillNeighbours } from './tracing/neighbours.ts';
export { type HybridModel, type HybridOptions, hybridTracing } from './tracing/network/hybrid.ts';
export type { FittedHybrid, HybridState } from './tracing/network/hybrid-model.ts';
export { type Recommendation, recommendedModel } from './tracing/network/recommend.ts';
export type { CountState } from './tracing/regression/count-model.ts';
export {
  bestLogisticRegression,
  type CountModelOptions,
  das3h,
  performanceFactors,
} from './tracing/regression/count-models.ts';
export { featureNames } from './tracing/regression/features.ts';
export { type FeaturesLrOptions, featuresRegression } from './tracing/regression/features-lr.ts';
export type { FeatureStatistics } from './tracing/regression/features-statistics.ts';
export { createFeatureTracker, type FeatureState, type FeatureTracker } from './tracing/regression/features-tracker.ts';
