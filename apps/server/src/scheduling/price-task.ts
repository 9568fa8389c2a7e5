/** The thread's half of what a rule costs: planned with it and without it. */
import { priceOfRule, type RulePrice, type ScheduleRuleName, type ScheduleState } from '@qurriculum/decisions';
import { noCost, type RunCost, startStopwatch } from '@qurriculum/evidence';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { TaskContext } from '../compute/tasks.ts';
import { breathe, exactSolver } from './solve-task.ts';

export interface PriceInput {
  readonly state: ScheduleState;
  readonly rule: ScheduleRuleName;
  /** For each of the two searches. */
  readonly seconds: number;
  readonly seed: number;
}

export interface PriceOutput extends RulePrice {
  readonly cost: RunCost;
}

const platform = createNodePlatform();

export async function run({ state, rule, seconds, seed }: PriceInput, context: TaskContext): Promise<PriceOutput> {
  const exact = await exactSolver();
  const stopped = startStopwatch(platform);
  const price = await priceOfRule(
    state,
    { rule },
    {
      ...{ seconds, seed, exact, signal: context.signal, onSlice: breathe },
      onProgress: ({ fraction }) =>
        context.progress(fraction, fraction < 0.5 ? 'Planning with the rule' : 'Planning without the rule'),
    },
  );
  return { ...price, cost: { ...noCost, ...stopped() } };
}
