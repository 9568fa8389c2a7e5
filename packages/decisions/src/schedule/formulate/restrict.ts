/** A schedule with its most promising sessions only: for solvers that cannot take them all. */

import { runSteps } from '@qurriculum/problems';
import type { CompiledSchedule } from '../compile/compile.ts';
import { priceSchedule } from '../engine/bound.ts';
import { layOut } from '../engine/layout.ts';
import type { ScheduleModel } from '../model.ts';

/** Rough prices tell what everybody wants; more would change the order of few options. */
const ITERATIONS = 300;

/**
 * Keeps the options of each request that are worth most at the prices of tutors' time, and all options of pins. Plans are
 * those of the whole schedule; what is proved of the rest is not.
 */
export function restrictSchedule(compiled: CompiledSchedule, mostPerRequest: number): CompiledSchedule {
  const { model } = compiled;
  const { keep, start } = promising(model, mostPerRequest);
  const place = new Int32Array(model.optionTutor.length).fill(-1);
  for (const [k, option] of keep.entries()) place[option] = k;
  return {
    ...compiled,
    model: {
      ...model,
      optionStart: start,
      optionTutor: keep.map((option) => model.optionTutor[option]),
      optionSlot: keep.map((option) => model.optionSlot[option]),
      optionGain: Float64Array.from(keep, (option) => model.optionGain[option]),
      optionBonus: Float64Array.from(keep, (option) => model.optionBonus[option]),
    },
    sessionOf: (option, room) => compiled.sessionOf(keep[option], room),
    planOf: ({ options, rooms }) => compiled.planOf({ options: options.map((option) => keep[option]), rooms }),
    choiceOf(assignments) {
      const whole = compiled.choiceOf(assignments);
      const there = Array.from(whole.options, (_, k) => k).filter((k) => place[whole.options[k]] >= 0);
      return {
        options: Int32Array.from(there, (k) => place[whole.options[k]]),
        rooms: Int32Array.from(there, (k) => whole.rooms[k]),
      };
    },
  };
}

function promising(model: ScheduleModel, most: number): { readonly keep: Int32Array; readonly start: Int32Array } {
  const { reduced } = runSteps(priceSchedule(layOut(model), { iterations: ITERATIONS }));
  const start = new Int32Array(model.optionStart.length);
  const kept: number[] = [];
  for (let r = 0; r < model.requestMost.length; r++) {
    const first = model.optionStart[r];
    const own = Array.from({ length: model.optionStart[r + 1] - first }, (_, k) => first + k);
    if (model.requestLeast[r] === 0 && own.length > most) {
      own.sort((a, b) => reduced[b] - reduced[a] || a - b);
      own.length = most;
      own.sort((a, b) => a - b);
    }
    kept.push(...own);
    start[r + 1] = kept.length;
  }
  return { keep: Int32Array.from(kept), start };
}
