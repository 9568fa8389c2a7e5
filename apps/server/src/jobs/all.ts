/** Every kind of job that a server or worker runs. */
import { comparisonJob } from '../comparison/comparison-job.ts';
import { estimatesJob } from '../estimates/estimates-job.ts';
import { importJob } from '../import/import-job.ts';
import { itemAnalysisJob } from '../item-analysis/item-analysis-job.ts';
import { evaluationJob } from '../model-evaluation/evaluation-job.ts';
import { problemRunJob } from '../problem-runs/problem-run-job.ts';
import { planCourseJob } from '../resources/plans/plan-course-job.ts';
import { sampleJob } from '../sample/sample-job.ts';
import { scheduleBoundJob } from '../scheduling/bound-job.ts';
import { schedulePlanJob } from '../scheduling/plan-job.ts';
import { scheduleRulePriceJob } from '../scheduling/price-job.ts';
import { scheduleRepairJob } from '../scheduling/repair-job.ts';
import { webhookJob } from '../scheduling/webhooks.ts';
import type { JobDefinition } from './definition.ts';

export const allJobs = [
  sampleJob,
  importJob,
  estimatesJob,
  planCourseJob,
  comparisonJob,
  evaluationJob,
  itemAnalysisJob,
  problemRunJob,
  webhookJob,
  schedulePlanJob,
  scheduleRepairJob,
  scheduleRulePriceJob,
  scheduleBoundJob,
] as readonly JobDefinition[];
