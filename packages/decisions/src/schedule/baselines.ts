/** Rules that make a plan without a search: what a planner does by hand. They stay in the product, to be beaten. */
import type { Baseline } from '../decision.ts';
import { type CompiledSchedule, compileSchedule } from './compile/compile.ts';
import type { ScheduleChoice, ScheduleModel } from './model.ts';
import { createRoster, type Roster } from './roster/roster.ts';
import type { SchedulePlan, ScheduleState } from './types.ts';

/** Both keep every hard rule but the least loads of tutors, which they do not aim at; pins come first. */
export const scheduleBaselines: readonly Baseline<ScheduleState, SchedulePlan>[] = [
  {
    name: 'greedy',
    description: 'Fills in the most valuable session that still fits, one after the other.',
    plan: (state) => planBy(state, greedyChoice),
  },
  {
    name: 'first-come',
    description:
      'Serves learners in the order of the list, each with the earliest slot and the first tutor that is free.',
    plan: (state) => planBy(state, firstComeChoice),
  },
];

function planBy(state: ScheduleState, choose: (model: ScheduleModel) => ScheduleChoice): SchedulePlan {
  const compiled: CompiledSchedule = compileSchedule(state);
  return compiled.planOf(choose(compiled.model));
}

/** Options by what each is worth alone, each taken when it fits and adds something. */
export function greedyChoice(model: ScheduleModel): ScheduleChoice {
  const roster = createRoster(model);
  const alone = Array.from(
    model.optionGain,
    (gain, o) => gain + model.optionBonus[o] - model.cellCost[model.optionTutor[o]],
  );
  const order = alone.map((_, o) => o).sort((a, b) => alone[b] - alone[a] || a - b);
  addPinned(roster, order);
  for (const option of order) {
    if (roster.refusal(option) === null && roster.added(option) > 0) roster.add(option);
  }
  return roster.choice();
}

/** As people sign up: nobody looks whether somebody later would need the place more. */
export function firstComeChoice(model: ScheduleModel): ScheduleChoice {
  const roster = createRoster(model);
  const { optionSlot, optionTutor } = model;
  // Slots come in the order of the state, which is that of the institution's own list.
  const order = Array.from(optionSlot, (_, o) => o).sort(
    (a, b) =>
      roster.requestOf[a] - roster.requestOf[b] || optionSlot[a] - optionSlot[b] || optionTutor[a] - optionTutor[b],
  );
  addPinned(roster, order);
  for (const option of order) if (roster.refusal(option) === null) roster.add(option);
  return roster.choice();
}

/** Requests that must be met, those with the fewest options first. */
function addPinned(roster: Roster, order: readonly number[]): void {
  const { requestLeast, optionStart } = roster.model;
  const place = new Map(order.map((option, k) => [option, k]));
  const pinned = Array.from(requestLeast, (_, r) => r).filter((r) => requestLeast[r] > 0);
  const count = (r: number): number => optionStart[r + 1] - optionStart[r];
  for (const r of pinned.sort((a, b) => count(a) - count(b) || a - b)) {
    const options = Array.from({ length: count(r) }, (_, k) => optionStart[r] + k);
    options.sort((a, b) => (place.get(a) as number) - (place.get(b) as number));
    const option = options.find((each) => roster.refusal(each) === null);
    if (option !== undefined) roster.add(option);
  }
}
