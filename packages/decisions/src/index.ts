export { assessmentDecision } from './assessment/assessment.ts';
export { assessmentBaselines } from './assessment/baselines.ts';
export { type Belief, beliefAfter, chanceRight } from './assessment/belief.ts';
export { explainItem, type ItemExplanation } from './assessment/explain.ts';
export { type BatchFormulation, type BatchOptions, formulateBatch } from './assessment/formulate.ts';
export {
  abilityAssessment,
  diagnosisAssessment,
  masteryAssessment,
  type TracedItem,
  type TracedSkill,
} from './assessment/models.ts';
export { ruleRefusal, type SelectionRule, selectionRules } from './assessment/rules.ts';
export { type RankedItem, type Ranking, rankItems, selectItem } from './assessment/select.ts';
export { type BankKind, bankKinds, drawBank, type SimulatedBank } from './assessment/simulate/bank.ts';
export {
  type AssessmentSimulation,
  type ExposureControl,
  exposureControls,
  type RuleFigures,
  type SimulationOptions,
  simulateAssessments,
} from './assessment/simulate/compare.ts';
export { type SympsonHetterOptions, sympsonHetter } from './assessment/simulate/exposure.ts';
export { classificationCertainty, type StoppingRules, type StopReason, stopReason } from './assessment/stopping.ts';
export type {
  AskedItem,
  AssessmentItem,
  AssessmentModel,
  AssessmentPlan,
  AssessmentState,
  BarReason,
  ExposureState,
} from './assessment/types.ts';
export { validateAssessment } from './assessment/validate.ts';
export type { Baseline, Decision, Formulation, Violation } from './decision.ts';
export { type BaselineName, createPathBaseline, pathBaselines, planWithBaseline } from './path/baselines.ts';
export type { Activity } from './path/candidates.ts';
export {
  COMPETENT,
  type EpisodeOptions,
  type EpisodeResult,
  type PathPolicy,
  runEpisode,
} from './path/compare/episode.ts';
export { compareOnLearner, type LearnerOutcome, type PolicyOutcome } from './path/compare/learners.ts';
export { type PathComparisonOptions, type SettledComparison, settleComparison } from './path/compare/options.ts';
export {
  baselinePolicy,
  createPolicy,
  type PolicyName,
  plannerPolicy,
  policyNames,
} from './path/compare/policies.ts';
export { type PlanningProblem, sampleStates, solveSample } from './path/compare/problems.ts';
export { drawScenario, type Scenario, type ScenarioOptions } from './path/compare/scenario.ts';
export { type PathComparison, type PolicyFigures, summarise } from './path/compare/summary.ts';
export { explainStep, runnerUpOf, type StepQuestion } from './path/explain.ts';
export { type FormulateOptions, formulateScope, type PathFormulation } from './path/formulate.ts';
export { chooseGoals, type GoalChoice } from './path/goals.ts';
export { planBySearch, poseState } from './path/planner.ts';
export { activityMinutes, goalsOf, type PathScope, scopeOf } from './path/scope.ts';
export { type SearchOptions, type SearchResult, searchPlan } from './path/search.ts';
export type {
  PathGoal,
  PathPlan,
  PathRuling,
  PathSession,
  PathState,
  PathStep,
  StepExplanation,
  StepKind,
} from './path/types.ts';
export { type ValidateOptions, validatePath } from './path/validate.ts';
export {
  type BaselineSettings,
  baselineSettings,
  type CandidateLimits,
  defaults as pathDefaults,
  exactLimits,
  type PlannerSettings,
  plannerSettings,
  plannerWeights,
  type ValueWeights,
} from './path/weights.ts';
export {
  createAdviser,
  type ExplanationRequest,
  type ScheduleAdviser,
  type SuggestionRequest,
} from './schedule/advice/adviser.ts';
export type { BetterSession, SessionExplanation } from './schedule/advice/explain.ts';
export {
  priceOfRule,
  type RulePrice,
  type RuleQuestion,
  type ScheduleRuleName,
  withoutRule,
} from './schedule/advice/rule-price.ts';
export type { SessionSuggestion } from './schedule/advice/suggest.ts';
export { scheduleBaselines } from './schedule/baselines.ts';
export {
  type AvailabilityContent,
  type AvailabilityOptions,
  type AvailabilityReject,
  type AvailabilityRow,
  readAvailabilityCsv,
  type ScheduleCsvRow,
  writeScheduleCsv,
} from './schedule/calendars/csv.ts';
export {
  type CalendarEntry,
  type CalendarItem,
  type CalendarSession,
  entriesOf,
  nextEntries,
} from './schedule/calendars/entries.ts';
export { freeSlots, type Interval, mergeIntervals } from './schedule/calendars/intervals.ts';
export {
  type CalendarContent,
  type CalendarOptions,
  type CalendarReject,
  readCalendar,
} from './schedule/calendars/read-calendar.ts';
export { type FeedEvent, type FeedOptions, writeCalendar } from './schedule/calendars/write-calendar.ts';
export { type CompiledSchedule, compileSchedule } from './schedule/compile/compile.ts';
export { changesOf, keptSessions, type LearnerChange, meetingKey } from './schedule/diff.ts';
export { type ChoiceEvaluation, type ChoiceTerms, evaluateChoice } from './schedule/engine/evaluate.ts';
export type { BrokenScheduleRule, ScheduleRule } from './schedule/engine/rules.ts';
export { type EngineOptions, type EngineProgress, type EngineResult, solveModel } from './schedule/engine/solve.ts';
export { ScheduleError, type ScheduleErrorCode } from './schedule/error.ts';
export { type AppliedEvents, applyScheduleEvents } from './schedule/events.ts';
export {
  type FormulateScheduleOptions,
  formulateSchedule,
  type ScheduleFormulation,
} from './schedule/formulate/formulate.ts';
export { createScheduleSolver, type NativeClock } from './schedule/formulate/native.ts';
export type { ScheduleChoice, ScheduleModel, ScheduleRooms } from './schedule/model.ts';
export {
  type BoundOptions,
  boundOf,
  type PlanOptions,
  planSchedule,
  type ScheduleProgress,
  scheduleGap,
} from './schedule/planner.ts';
export { type RepairAnswer, type RepairOptions, type RepairStep, repairSchedule } from './schedule/repair.ts';
export { scheduleDecision } from './schedule/schedule.ts';
export { slotsFromWeek, type WeekPattern } from './schedule/slots.ts';
export {
  type RuleFault,
  readScheduleFile,
  readSchedulePlan,
  requireEvent,
  requireState,
  ruleFaults,
  type ScheduleFile,
  scheduleSchema,
} from './schedule/state/read-state.ts';
export {
  readTimetable,
  solveTimetable,
  type TimetableSolution,
  validateTimetable,
} from './schedule/timetable/files.ts';
export type { TimetableReport } from './schedule/timetable/report.ts';
export type { TimetableSearchOptions } from './schedule/timetable/search/search.ts';
export type { Timetable } from './schedule/timetable/timetable.ts';
export { checkTutoring, type TutoringCheck } from './schedule/tutoring/check-tutoring.ts';
export { isTutoringFile, readTutoringFile, type TutoringFile } from './schedule/tutoring/tutoring-file.ts';
export type * from './schedule/types.ts';
export { scoreSchedule } from './schedule/validate/score.ts';
export { validateSchedule } from './schedule/validate/validate.ts';
export { scheduleRules, scheduleWeights } from './schedule/weights.ts';
export { createTimeZone, type LocalTime, type TimeZone } from './schedule/zoned-time.ts';
