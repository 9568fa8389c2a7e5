/** How large a model a search by neighbourhoods takes. */
import type { Problem } from '@qurriculum/problems';

/**
 * Of a million variables with four neighbours each, setting up took 8 CPU seconds and choosing one neighbourhood half a
 * second more, so that an answer in 10 s was the greedy start, worse than every annealer's.
 */
const MOST_VARIABLES = 250_000;

/** Why a model is too small or too large for a search by neighbourhoods, or null. */
export function sizeRefusal({ variables: { length } }: Problem): string | null {
  if (length === 0) return 'at least 1 variable, this has none';
  if (length <= MOST_VARIABLES) return null;
  return `at most ${MOST_VARIABLES} variables, this has ${length}; use anneal or temper`;
}
