/** The migrations in their order. A number once released is never changed: later tables come in later files. */
import type { Migration } from 'kysely/migration';
import * as tables from './0001-tables.ts';
import * as importsComparisonsChampions from './0002-imports-comparisons-champions.ts';
import * as problemRuns from './0003-problem-runs.ts';
import * as modelEvaluations from './0004-model-evaluations.ts';
import * as quizzes from './0005-quizzes.ts';
import * as engagement from './0006-engagement.ts';
import * as memory from './0007-memory.ts';
import * as itemAnalyses from './0008-item-analyses.ts';
import * as schedules from './0009-schedules.ts';
import * as scheduleBound from './0010-schedule-bound.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-tables': tables,
  '0002-imports-comparisons-champions': importsComparisonsChampions,
  '0003-problem-runs': problemRuns,
  '0004-model-evaluations': modelEvaluations,
  '0005-quizzes': quizzes,
  '0006-engagement': engagement,
  '0007-memory': memory,
  '0008-item-analyses': itemAnalyses,
  '0009-schedules': schedules,
  '0010-schedule-bound': scheduleBound,
};
