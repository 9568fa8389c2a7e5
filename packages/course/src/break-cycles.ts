/**
 * Makes a skill graph of prerequisites that contain cycles, by leaving out the weakest ones. Prerequisites are added one
 * by one, strongest first, and one that would close a cycle is dropped; so each one dropped is the weakest of the cycle it
 * is reported with, and none could be put back. The order is kept up to date by D. J. Pearce & P. H. J. Kelly, A dynamic
 * topological sort algorithm for directed acyclic graphs, ACM JEA 11 (2006), section 3: only the part between the two ends
 * of a new edge is looked at.
 */
import type { Prerequisite, Skill, SkillGraph } from './skill-graph.ts';
import { createSkillGraph, endsOf, numberSkills } from './skill-graph.ts';

export interface DroppedPrerequisite {
  readonly prerequisite: Prerequisite;
  readonly reason: 'cycle' | 'self-loop' | 'duplicate';
  /** Ids along the cycle that it closed, itself first: from, to, ..., each a prerequisite of the next. Empty for a duplicate. */
  readonly cycle: readonly string[];
}

/**
 * The graph without the prerequisites that close a cycle, and what was left out, in the order given. Kept first: hard
 * before soft, given before estimated, then by confidence (missing counts as 1), then in the order given.
 *
 * @throws SkillGraphError for a repeated or unknown skill or a bad confidence: these are not for us to mend.
 */
export function breakCycles(
  skills: readonly Skill[],
  prerequisites: readonly Prerequisite[],
): { graph: SkillGraph; dropped: DroppedPrerequisite[] } {
  const indexOf = numberSkills(skills);
  const ends = prerequisites.map((prerequisite) => endsOf(prerequisite, indexOf));
  const strongestFirst = prerequisites
    .map((_, k) => k)
    .sort((a, b) => compare(prerequisites[a], prerequisites[b]) || a - b);
  const order = createDynamicOrder(skills.length);
  const seen = new Set<number>();
  const dropped = new Map<number, DroppedPrerequisite>();
  for (const k of strongestFirst) {
    const { from, to } = ends[k];
    const drop = (reason: DroppedPrerequisite['reason'], cycle: readonly number[]): void => {
      dropped.set(k, { prerequisite: prerequisites[k], reason, cycle: cycle.map((skill) => skills[skill].id) });
    };
    if (from === to) {
      drop('self-loop', [from]);
      continue;
    }
    if (seen.has(from * skills.length + to)) {
      drop('duplicate', []);
      continue;
    }
    seen.add(from * skills.length + to);
    const path = order.insert(from, to);
    if (path !== null) drop('cycle', [from, ...path.slice(0, -1)]);
  }
  return {
    graph: createSkillGraph(
      skills,
      prerequisites.filter((_, k) => !dropped.has(k)),
    ),
    dropped: [...dropped].sort(([a], [b]) => a - b).map(([, drop]) => drop),
  };
}

function compare(a: Prerequisite, b: Prerequisite): number {
  const rank = ({ strength, source }: Prerequisite): number =>
    (strength === 'hard' ? 0 : 2) + (source === 'estimated' ? 1 : 0);
  return rank(a) - rank(b) || (b.confidence ?? 1) - (a.confidence ?? 1);
}

/** A topological order that is kept while edges arrive. */
function createDynamicOrder(nodes: number) {
  const position = Int32Array.from({ length: nodes }, (_, i) => i);
  const after: number[][] = Array.from({ length: nodes }, () => []);
  const before: number[][] = Array.from({ length: nodes }, () => []);

  /** Nodes in reach of the start with a position inside the limits, each with the node it was reached from. */
  function search(start: number, rows: readonly number[][], low: number, high: number): Map<number, number> {
    const reachedFrom = new Map([[start, -1]]);
    const stack = [start];
    while (stack.length > 0) {
      const node = stack.pop()!;
      for (const next of rows[node]) {
        if (reachedFrom.has(next) || position[next] < low || position[next] > high) continue;
        reachedFrom.set(next, node);
        stack.push(next);
      }
    }
    return reachedFrom;
  }

  /** Adds the edge; or, when it would close a cycle, leaves everything as it is and returns the path to -> ... -> from. */
  function insert(from: number, to: number): number[] | null {
    const low = position[to];
    const high = position[from];
    if (low < high) {
      const later = search(to, after, low, high);
      if (later.has(from)) {
        const path: number[] = [];
        for (let node = from; node !== -1; node = later.get(node)!) path.unshift(node);
        return path;
      }
      const earlier = search(from, before, low, high);
      const byPosition = (a: number, b: number): number => position[a] - position[b];
      const moved = [...[...earlier.keys()].sort(byPosition), ...[...later.keys()].sort(byPosition)];
      const places = moved.map((node) => position[node]).sort((a, b) => a - b);
      for (const [k, node] of moved.entries()) position[node] = places[k];
    }
    after[from].push(to);
    before[to].push(from);
    return null;
  }

  return { insert };
}
