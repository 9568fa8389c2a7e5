/**
 * Questions about a skill graph: who comes before, who comes after, what is ready to be learned (outer fringe: Falmagne
 * & Doignon, Learning Spaces, 2011, section 4.1). Skills are numbers here; `skillNumbers` makes them of ids. Answers come
 * in topological order.
 */
import type { Skill, SkillGraph } from './skill-graph.ts';
import { createSkillGraph, SkillGraphError } from './skill-graph.ts';

/** Which prerequisites count: 'hard' only, or hard and soft. */
export type PrerequisiteScope = 'hard' | 'all';

/** Numbers of skills, in the order of the ids. @throws SkillGraphError 'unknown-skill'. */
export function skillNumbers(graph: SkillGraph, ids: Iterable<string>): Int32Array {
  return Int32Array.from(ids, (id) => {
    const number = graph.indexOf.get(id);
    if (number !== undefined) return number;
    throw new SkillGraphError(
      'unknown-skill',
      `skillNumbers: expected one of the graph's ${graph.skills.length} skills, got "${id}"; check the id.`,
      [id],
    );
  });
}

/**
 * Skills that are not mastered while all of their prerequisites are.
 *
 * @param mastered one entry per skill, truthy when mastered.
 * @param scope default 'hard': a missing soft prerequisite makes a skill harder to learn, it does not close it.
 */
export function outerFringe(
  graph: SkillGraph,
  mastered: ArrayLike<number | boolean>,
  scope: PrerequisiteScope = 'hard',
): Int32Array {
  const { parentStart, parent, parentHard } = graph;
  return graph.topologicalOrder.filter((skill) => {
    if (mastered[skill]) return false;
    for (let k = parentStart[skill]; k < parentStart[skill + 1]; k++) {
      if (!mastered[parent[k]] && (scope === 'all' || parentHard[k] === 1)) return false;
    }
    return true;
  });
}

/** Everything that the given skills build on, directly or not, themselves left out unless another one needs them. */
export function ancestors(graph: SkillGraph, skills: Iterable<number>, scope: PrerequisiteScope = 'all'): Int32Array {
  return reach(graph, skills, graph.parentStart, graph.parent, scope === 'all' ? null : graph.parentHard);
}

/** Everything that builds on the given skills, directly or not, themselves left out unless they need another one. */
export function descendants(graph: SkillGraph, skills: Iterable<number>, scope: PrerequisiteScope = 'all'): Int32Array {
  return reach(graph, skills, graph.childStart, graph.child, scope === 'all' ? null : graph.childHard);
}

/** The goals and all of their ancestors: what a learner who starts with nothing has to learn. */
export function goalClosure(graph: SkillGraph, goals: Iterable<number>, scope: PrerequisiteScope = 'all'): Int32Array {
  const wanted = new Uint8Array(graph.skills.length);
  const numbers = [...goals];
  for (const skill of numbers) wanted[checked(graph, skill)] = 1;
  for (const skill of ancestors(graph, numbers, scope)) wanted[skill] = 1;
  return graph.topologicalOrder.filter((skill) => wanted[skill] === 1);
}

/** The graph of some of the skills (in the order given) with the prerequisites among them. */
export function inducedSubgraph(graph: SkillGraph, skills: Iterable<number>): SkillGraph {
  const kept: Skill[] = Array.from(skills, (skill) => graph.skills[checked(graph, skill)]);
  const ids = new Set(kept.map((skill) => skill.id));
  return createSkillGraph(
    kept,
    graph.prerequisites.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  );
}

/** Skills in reach of the sources along rows; only entries with hard = 1 where `hard` is given. */
function reach(
  graph: SkillGraph,
  sources: Iterable<number>,
  start: Int32Array,
  target: Int32Array,
  hard: Uint8Array | null,
): Int32Array {
  const expanded = new Uint8Array(graph.skills.length);
  const reached = new Uint8Array(graph.skills.length);
  const stack = Array.from(sources, (skill) => checked(graph, skill));
  while (stack.length > 0) {
    const skill = stack.pop()!;
    if (expanded[skill] === 1) continue;
    expanded[skill] = 1;
    for (let k = start[skill]; k < start[skill + 1]; k++) {
      if (hard !== null && hard[k] === 0) continue;
      reached[target[k]] = 1;
      stack.push(target[k]);
    }
  }
  return graph.topologicalOrder.filter((skill) => reached[skill] === 1);
}

function checked(graph: SkillGraph, skill: number): number {
  if (Number.isInteger(skill) && skill >= 0 && skill < graph.skills.length) return skill;
  throw new SkillGraphError(
    'unknown-skill',
    `skill graph: expected a skill number from 0 to ${graph.skills.length - 1}, got ${skill}; use skillNumbers for ids.`,
    [String(skill)],
  );
}
