/** The shapes that the server answers with, as types only: the screens know nothing else of the server. */
export type { HeatMapView, HelpListView, PrerequisiteView } from '../../../server/src/resources/class/schema.ts';
export type { ComparisonView, SolverView, VerdictView } from '../../../server/src/resources/comparisons/schema.ts';
export type { LearnerList, LearnerView, SkillMapView } from '../../../server/src/resources/learners/schema.ts';
export type { ExplanationView, OverrideView, PlanView } from '../../../server/src/resources/plans/schema.ts';
export type { AnswerResult, ExerciseView } from '../../../server/src/resources/practice/schema.ts';
