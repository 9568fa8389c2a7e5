/** Rules that fill a batch without a solver. */
import { createRandom } from '@qurriculum/random';
import type { Baseline } from '../decision.ts';
import { type BatchScope, batchScope, batchValue, greedyBatch } from './formulate.ts';
import type { AssessmentPlan, AssessmentState } from './types.ts';

export const assessmentBaselines: readonly Baseline<AssessmentState, AssessmentPlan>[] = [
  {
    name: 'greedy',
    description: 'Adds the item that tells most beside those already chosen.',
    plan: (state) => planWith(state, greedyBatch),
  },
  {
    name: 'top',
    description: 'Takes the items that tell most each for itself.',
    plan: (state) =>
      planWith(state, (scope) => greedyBatch({ ...scope, redundancy: new Float64Array(scope.redundancy.length) })),
  },
  {
    name: 'random',
    description: 'Draws among the items that may be asked.',
    plan(state, options = {}) {
      const random = createRandom(options.seed ?? 0);
      return planWith(state, (scope) => {
        const drawn = scope.information.map(() => random.nextDouble());
        return greedyBatch({ ...scope, information: drawn, redundancy: new Float64Array(scope.redundancy.length) });
      });
    },
  },
];

function planWith(state: AssessmentState, choose: (scope: BatchScope) => readonly number[]): AssessmentPlan {
  const scope = batchScope(state, { candidates: state.items.length });
  const chosen = choose(scope);
  return { items: chosen.map((position) => scope.candidates[position]), value: batchValue(scope, chosen) };
}
