/**
 * The tables as Kysely sees them. JSON columns take text that is JSON already (`JSON.stringify`): the two database
 * clients disagree on what an array given for a JSON column means.
 */
import type { Json, RunRecord } from '@qurriculum/evidence';
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { EngagementFitTable, EngagementTable } from './tables/engagement.ts';
import type { ItemAnalysisTable, LearnerMisconceptionTable } from './tables/item-analysis.ts';
import type { MemoryModelTable, SkillMemoryTable } from './tables/memory.ts';
import type { QuizTables } from './tables/quizzes.ts';

type JsonColumn<T = Json> = ColumnType<T, string, string>;
type JsonDefault<T = Json> = ColumnType<T, string | undefined, string>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
type TimestampDefault = ColumnType<Date, Date | string | undefined, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;

export type DatasetKind = 'records' | 'graph' | 'content' | 'sample' | 'practice';
export type DatasetStatus = 'importing' | 'ready' | 'removed';

interface CourseTable {
  id: GeneratedAlways<number>;
  name: string;
  simulated: Generated<boolean>;
  created_at: TimestampDefault;
}

interface DatasetTable {
  id: GeneratedAlways<number>;
  course_id: number;
  kind: DatasetKind;
  name: string;
  /** Hex SHA-256 of the file's bytes; null for practice, which has no file. */
  sha256: Nullable<string>;
  bytes: Nullable<number>;
  rows: Generated<number>;
  rejected: Generated<number>;
  /** Which column was read as what. */
  mapping: JsonDefault;
  /** Whatever else the importer reports: warnings, edges dropped to break cycles, where the rejects are. */
  detail: JsonDefault;
  licence: Nullable<string>;
  source: Nullable<string>;
  simulated: Generated<boolean>;
  status: Generated<DatasetStatus>;
  created_at: TimestampDefault;
  removed_at: NullableTimestamp;
  removed_by: Nullable<string>;
}

interface SkillTable {
  id: GeneratedAlways<number>;
  course_id: number;
  key: string;
  name: string;
  subject: Nullable<string>;
  domain: Nullable<string>;
  description: Nullable<string>;
  minutes: Nullable<number>;
  position: Generated<number>;
}

interface PrerequisiteTable {
  course_id: number;
  dataset_id: number;
  from_skill: number;
  to_skill: number;
  strength: 'hard' | 'soft';
  source: 'given' | 'estimated';
  confidence: Nullable<number>;
  enabled: Generated<boolean>;
  decided_by: Nullable<string>;
}

interface ItemTable {
  id: GeneratedAlways<number>;
  course_id: number;
  key: string;
  name: Nullable<string>;
  /** Question, steps, hints and the answer: never sent to a browser as it is. Null for items known by key only. */
  body: ColumnType<Json, string | null | undefined, string | null>;
  template: Generated<boolean>;
}

interface LearnerTable {
  id: GeneratedAlways<number>;
  course_id: number;
  key: string;
  name: Nullable<string>;
  simulated: Generated<boolean>;
  /** Null: the documented default. */
  minutes_per_session: Nullable<number>;
  /** For figures by group; null: in none. */
  group_label: Nullable<string>;
}

interface SkillSetTable {
  id: GeneratedAlways<number>;
  course_id: number;
  /** Skill ids, ascending; empty where a record names no skill. */
  skills: number[];
}

interface InteractionTable {
  id: Generated<number>;
  dataset_id: number;
  course_id: number;
  learner_id: number;
  item_id: Nullable<number>;
  skill_set_id: number;
  correct: boolean;
  at: NullableTimestamp;
  /** Order inside the learner's history: ascending in time, or in file order where no time is known. */
  sequence: number;
  source: Generated<'import' | 'practice' | 'simulated'>;
  external_id: Nullable<string>;
  seconds: Nullable<number>;
  hints: Nullable<number>;
  /** 0 to 1, what the learner said of how it went. */
  self_report: Nullable<number>;
}

interface RunTable {
  id: string;
  kind: RunRecord['kind'];
  subject: string;
  course_id: Nullable<number>;
  /** For runs about one learner: they go with the learner. */
  learner_id: Nullable<number>;
  started_at: Timestamp;
  record: JsonColumn<RunRecord>;
}

interface ModelTable {
  id: GeneratedAlways<number>;
  course_id: number;
  run_id: Nullable<string>;
  name: string;
  body: JsonColumn;
  created_at: TimestampDefault;
}

interface MasteryTable {
  learner_id: number;
  skill_id: number;
  mean: number;
  low: number;
  high: number;
  attempts: number;
  correct: number;
  last_at: NullableTimestamp;
  updated_at: TimestampDefault;
}

interface GoalTable {
  learner_id: number;
  skill_id: number;
  /** YYYY-MM-DD. */
  by: Nullable<string>;
}

interface PlanTable {
  id: GeneratedAlways<number>;
  learner_id: number;
  run_id: Nullable<string>;
  body: JsonColumn;
  created_at: TimestampDefault;
  superseded: Generated<boolean>;
}

interface OverrideTable {
  id: GeneratedAlways<number>;
  learner_id: number;
  skill_id: number;
  action: 'skip' | 'pin' | 'forbid';
  session: Nullable<number>;
  reason: string;
  by_person: string;
  by_role: string;
  created_at: TimestampDefault;
  withdrawn_at: NullableTimestamp;
}

interface ExerciseTable {
  id: string;
  learner_id: number;
  item_id: number;
  seed: number;
  /** With the answer: stays on the server. */
  body: JsonColumn;
  issued_at: TimestampDefault;
  answered_at: NullableTimestamp;
  response: Nullable<string>;
  correct: Nullable<boolean>;
  misconception: Nullable<string>;
  hints_used: Generated<number>;
  steps_shown: Generated<number>;
}

export type StaffRole = 'teacher' | 'engineer' | 'decision maker';

interface StaffTable {
  id: GeneratedAlways<number>;
  role: StaffRole;
  name: string;
}

export type JobState = 'queued' | 'running' | 'retrying' | 'done' | 'failed' | 'cancelled';

interface JobTable {
  id: string;
  name: string;
  title: string;
  course_id: Nullable<number>;
  requested_by: Nullable<string>;
  payload: JsonColumn;
  state: JobState;
  /** 0 to 1; null while nothing is known. */
  progress: Nullable<number>;
  message: Nullable<string>;
  attempt: Generated<number>;
  cancel_requested: Generated<boolean>;
  result: ColumnType<Json, string | null | undefined, string | null>;
  error: ColumnType<{ code: string; message: string } | null, string | null | undefined, string | null>;
  created_at: TimestampDefault;
  started_at: NullableTimestamp;
  finished_at: NullableTimestamp;
  updated_at: TimestampDefault;
}

interface ImportTable {
  id: string;
  course_id: Nullable<number>;
  options: JsonColumn;
  /** One report per file; see resources/imports/schema.ts. */
  files: JsonDefault;
  /** The first rejected rows. */
  rejects: JsonDefault;
  job_id: Nullable<string>;
  created_at: TimestampDefault;
}

interface ComparisonTable {
  id: GeneratedAlways<number>;
  course_id: number;
  job_id: Nullable<string>;
  run_id: Nullable<string>;
  options: JsonColumn;
  /** Null until it is done. */
  body: ColumnType<Json, string | null | undefined, string | null>;
  created_at: TimestampDefault;
}

interface ChampionTable {
  id: GeneratedAlways<number>;
  course_id: number;
  solver: string;
  reason: string;
  by_person: string;
  created_at: TimestampDefault;
}

interface ModelEvaluationTable {
  id: GeneratedAlways<number>;
  course_id: number;
  job_id: Nullable<string>;
  run_id: Nullable<string>;
  options: JsonColumn;
  /** Null until it is done. */
  body: ColumnType<Json, string | null | undefined, string | null>;
  created_at: TimestampDefault;
}

interface ModelChoiceTable {
  id: GeneratedAlways<number>;
  course_id: number;
  model: string;
  reason: string;
  by_person: string;
  created_at: TimestampDefault;
}

interface ProblemFileTable {
  id: GeneratedAlways<number>;
  name: string;
  format: string;
  /** Hex SHA-256 of the file's bytes. */
  sha256: string;
  bytes: number;
  content: string;
  /** See problem-runs/facts.ts. */
  facts: JsonColumn;
  created_by: string;
  created_at: TimestampDefault;
}

interface ProblemRunTable {
  id: GeneratedAlways<number>;
  file_id: number;
  job_id: Nullable<string>;
  options: JsonColumn;
  /** The best known objective, where a person typed it in. */
  target: Nullable<number>;
  created_by: string;
  created_at: TimestampDefault;
}

interface ProblemSolveTable {
  problem_run_id: number;
  /** Order in which they run, from 0. */
  position: number;
  solver: string;
  repeat: number;
  seed: number;
  /** What it has found so far; null before it begins and once it has ended. */
  live: ColumnType<Json, string | null | undefined, string | null>;
  /** The record of it, once it has ended. */
  run_id: Nullable<string>;
}

export interface Database extends QuizTables {
  course: CourseTable;
  dataset: DatasetTable;
  skill: SkillTable;
  /** Which data sets mention which skills (items, learners): what is still mentioned survives a removal. */
  dataset_skill: { dataset_id: number; skill_id: number };
  prerequisite: PrerequisiteTable;
  item: ItemTable;
  dataset_item: { dataset_id: number; item_id: number };
  item_skill: { item_id: number; skill_id: number };
  learner: LearnerTable;
  dataset_learner: { dataset_id: number; learner_id: number };
  skill_set: SkillSetTable;
  interaction: InteractionTable;
  run: RunTable;
  model: ModelTable;
  mastery: MasteryTable;
  memory_model: MemoryModelTable;
  skill_memory: SkillMemoryTable;
  goal: GoalTable;
  plan: PlanTable;
  override: OverrideTable;
  exercise: ExerciseTable;
  engagement: EngagementTable;
  engagement_fit: EngagementFitTable;
  staff: StaffTable;
  job: JobTable;
  import: ImportTable;
  comparison: ComparisonTable;
  champion: ChampionTable;
  model_evaluation: ModelEvaluationTable;
  model_choice: ModelChoiceTable;
  item_analysis: ItemAnalysisTable;
  learner_misconception: LearnerMisconceptionTable;
  problem_file: ProblemFileTable;
  problem_run: ProblemRunTable;
  problem_solve: ProblemSolveTable;
}
