/** The tables as Kysely sees them; each subject has its file in tables/. */
import type {
  CourseTable,
  ItemTable,
  LearnerTable,
  PrerequisiteTable,
  SkillTable,
  StaffTable,
} from './tables/course.ts';
import type { EngagementFitTable, EngagementTable } from './tables/engagement.ts';
import type { ItemAnalysisTable, LearnerMisconceptionTable } from './tables/item-analysis.ts';
import type { JobTable, RunTable } from './tables/jobs.ts';
import type { MemoryModelTable, SkillMemoryTable } from './tables/memory.ts';
import type { MasteryTable, ModelChoiceTable, ModelEvaluationTable, ModelTable } from './tables/models.ts';
import type {
  ChampionTable,
  ComparisonTable,
  ExerciseTable,
  GoalTable,
  OverrideTable,
  PlanTable,
} from './tables/plans.ts';
import type { ProblemFileTable, ProblemRunTable, ProblemSolveTable } from './tables/problem-runs.ts';
import type { QuizTables } from './tables/quizzes.ts';
import type { DatasetTable, ImportTable, InteractionTable, SkillSetTable } from './tables/records.ts';
import type { ScheduleTables } from './tables/schedules.ts';

export interface Database extends QuizTables, ScheduleTables {
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
