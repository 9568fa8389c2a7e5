/** One simulated learner taking one adaptive test. */
import type { Random } from '@qurriculum/random';
import { type Belief, describeBelief, updated } from '../belief.ts';
import type { SelectionRule } from '../rules.ts';
import { selectItem } from '../select.ts';
import { type StoppingRules, type StopReason, stopReason } from '../stopping.ts';
import type { AskedItem, AssessmentState, ExposureState } from '../types.ts';
import type { SimulatedBank, SimulatedTaker } from './bank.ts';

export interface TestRun {
  readonly answers: readonly AskedItem[];
  readonly belief: Belief;
  /** Uncertainty after 1, 2, ... answers: see `uncertaintyOf`. */
  readonly trace: readonly number[];
  readonly stopped: StopReason;
}

export interface TestSettings {
  readonly rule: SelectionRule;
  readonly stop: StoppingRules;
  /** Whether content areas are balanced. */
  readonly balance: boolean;
}

/** Standard error of ability, or the expected share of attributes that are classified wrongly: lower is better. */
export function uncertaintyOf({ standardError, mastery }: Belief): number {
  if (mastery.length === 0) return standardError;
  return mastery.reduce((sum, p) => sum + Math.min(p, 1 - p), 0) / mastery.length;
}

export function runTest(
  bank: SimulatedBank,
  taker: SimulatedTaker,
  settings: TestSettings,
  random: Random,
  exposure?: ExposureState,
): TestRun {
  const answers: AskedItem[] = [];
  const trace: number[] = [];
  const state: AssessmentState = {
    ...{ items: bank.items, model: bank.model, answers, exposure },
    content: settings.balance ? bank.content : undefined,
  };
  let belief = describeBelief(bank.model, bank.model.prior);
  for (;;) {
    const stopped = answers.length > 0 ? stopReason(state, settings.stop, belief) : null;
    const item = stopped === null ? selectItem(state, settings.rule, random, belief) : null;
    if (item === null) return { answers, belief, trace, stopped: stopped ?? 'no-items' };
    const right = taker.answer(item);
    answers.push({ item, right });
    belief = describeBelief(bank.model, updated(bank.model, belief.probability, item, right));
    trace.push(uncertaintyOf(belief));
  }
}
