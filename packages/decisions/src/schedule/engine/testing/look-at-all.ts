/** An exact solver for tests that looks at every assignment: it shares nothing with the bounds and cores that it judges. */
import { createSampleSet, type Solver } from '@qurriculum/problems';
import { bruteForce } from '@qurriculum/problems/testing';

export const lookAtAll: Solver = {
  name: 'all',
  version: '1',
  kind: 'exact',
  description: 'Looks at everything.',
  refuses: () => null,
  async solve(problem) {
    const best = bruteForce(problem);
    if (best === null) throw new Error('expected a problem that can be solved');
    return { ...createSampleSet(problem, [best.values]), status: 'optimal', lowerBound: best.energy };
  },
};
