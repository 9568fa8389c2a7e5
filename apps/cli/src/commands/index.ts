/** All commands, in the order of the help. A new command is a file beside this one and a line here. */
import type { Command } from '../command.ts';
import { assessSimulate } from './assess-simulate.ts';
import { circuitRun } from './circuit-run.ts';
import { diagnoseFit } from './diagnose-fit.ts';
import { diagnoseItems } from './diagnose-items.ts';
import { diagnoseMisconceptions } from './diagnose-misconceptions.ts';
import { importCommand } from './import.ts';
import { pathCompare } from './path-compare.ts';
import { pathPlan } from './path-plan.ts';
import { scheduleExplain } from './schedule-explain.ts';
import { scheduleRepair } from './schedule-repair.ts';
import { scheduleSolve } from './schedule-solve.ts';
import { scheduleValidate } from './schedule-validate.ts';
import { solve } from './solve.ts';
import { start } from './start.ts';
import { traceCompare } from './trace-compare.ts';
import { traceEngagement } from './trace-engagement.ts';
import { traceEvaluate } from './trace-evaluate.ts';
import { traceFit } from './trace-fit.ts';
import { traceMemory } from './trace-memory.ts';
import { traceQuestionOrder } from './trace-question-order.ts';

export const commands: readonly Command[] = [
  start,
  importCommand,
  pathPlan,
  pathCompare,
  traceFit,
  traceEvaluate,
  traceCompare,
  traceEngagement,
  traceQuestionOrder,
  traceMemory,
  diagnoseFit,
  diagnoseItems,
  diagnoseMisconceptions,
  assessSimulate,
  scheduleSolve,
  scheduleRepair,
  scheduleValidate,
  scheduleExplain,
  solve,
  circuitRun,
];
