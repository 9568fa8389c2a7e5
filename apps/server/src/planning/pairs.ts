/** Pairs of skill ids, as courses state them, to pairs of numbers in a graph. */
import type { SkillGraph } from '@qurriculum/course';
import type { SkillPairs } from '@qurriculum/learner';

/** Pairs with a skill that the graph does not have are left out. */
export function pairsById(graph: SkillGraph, pairs: readonly (readonly [string, string])[]): SkillPairs {
  const known = pairs.flatMap(([a, b]) => {
    const [first, second] = [graph.indexOf.get(a), graph.indexOf.get(b)];
    return first === undefined || second === undefined ? [] : [[first, second] as const];
  });
  return {
    first: Int32Array.from(known, ([first]) => first),
    second: Int32Array.from(known, ([, second]) => second),
  };
}
