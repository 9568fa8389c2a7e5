/** States of spins that reads end in, as samples of the model that was asked about. */
import { convertValues, type Vartype } from '@qurriculum/problems';
import type { SolveClock } from '../solve-clock.ts';

/**
 * Takes in the best state, which is the first, and then the others while there is time: each is evaluated anew, with turns
 * of the event loop in between.
 */
export async function addStates(
  states: readonly Int32Array[],
  vartype: Vartype,
  clock: SolveClock,
  add: (values: Int32Array) => unknown,
): Promise<void> {
  for (const [k, spins] of states.entries()) {
    if (k > 0 && (await clock.turn(0, null))) return;
    add(convertValues(spins, 'SPIN', vartype));
  }
}
