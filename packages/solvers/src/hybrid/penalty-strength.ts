/**
 * How strongly broken rows are punished in the models of neighbourhoods. Too weak, and hardly a shot keeps the rows; too
 * strong, and shots settle far inside them, where it is cheap to be: on path plans both lost to fair coins. So the
 * strength follows the share of shots that keep the rows.
 */

export interface PenaltyStrength {
  /** For the next neighbourhood, in units of what a flip is worth. */
  value(): number;
  /** After a neighbourhood whose rows some assignment breaks. */
  observe(keeping: number, shots: number): void;
}

const FIRST = 0.6;
/** From .15 to .5 nothing changes much on path-like plans. */
const WANTED_SHARE = 0.3;
/** One step. Neighbourhoods differ: larger steps would chase them. */
const FACTOR = 1.15;
const LEAST = 0.05;
const MOST = 20;

export function createPenaltyStrength(): PenaltyStrength {
  let strength = FIRST;
  return {
    value: () => strength,
    observe(keeping, shots) {
      const next = keeping < WANTED_SHARE * shots ? strength * FACTOR : strength / FACTOR;
      strength = Math.min(MOST, Math.max(LEAST, next));
    },
  };
}
