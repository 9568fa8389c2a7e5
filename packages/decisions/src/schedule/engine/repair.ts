/**
 * Repair: a choice for a changed model that keeps what people have in their calendars unless giving it up pays. Every
 * session of the previous choice earns a bonus, the search starts from what survives, and only the true objective is told.
 */
import type { ScheduleChoice, ScheduleModel } from '../model.ts';
import { evaluateChoice } from './evaluate.ts';
import { type EngineOptions, type EngineResult, solveModel } from './solve.ts';

export interface RepairOptions extends Omit<EngineOptions, 'initial' | 'exact' | 'bound'> {
  /** What giving up one surviving session must gain at least, in points of the objective; 0 or more. */
  readonly changeCost: number;
}

export interface RepairResult extends Omit<EngineResult, 'optimal' | 'bound'> {
  /** Sessions of the previous choice that are kept, and those given up though they could have stayed. */
  readonly kept: number;
  readonly moved: number;
}

/**
 * Repairs. `previous`: options of this model that stood in the plan before; those that are no option any more have been
 * left out by the caller.
 * @throws RangeError for a negative price; as `solveModel`
 */
export async function repairModel(
  model: ScheduleModel,
  previous: ScheduleChoice,
  { changeCost, ...options }: RepairOptions,
): Promise<RepairResult> {
  if (!(changeCost >= 0 && Number.isFinite(changeCost))) {
    throw new RangeError(`repairModel: expected a price per change of 0 or more, got ${changeCost}; correct it.`);
  }
  const before = new Set(previous.options);
  const optionBonus = model.optionBonus.map((bonus, option) => bonus + (before.has(option) ? changeCost : 0));
  const { choice, stoppedEarly, work } = await solveModel(
    { ...model, optionBonus },
    { ...options, initial: previous, bound: false },
  );
  const kept = choice.options.reduce((sum, option) => sum + (before.has(option) ? 1 : 0), 0);
  const { objective } = evaluateChoice(model, choice);
  return { choice, objective, stoppedEarly, work, kept, moved: previous.options.length - kept };
}
