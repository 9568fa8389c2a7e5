/**
 * Skills and their prerequisites as a directed acyclic graph in compressed rows (Falmagne & Doignon, Learning Spaces,
 * 2011: outer fringe = the skills that a learner is ready to learn now). Everything here takes time linear in skills
 * plus prerequisites.
 */

export interface Skill {
  /** Unique inside a course. */
  readonly id: string;
  readonly name: string;
  readonly subject?: string;
  readonly domain?: string;
  readonly description?: string;
  /** Minutes of study that the source states for the skill, if it does. */
  readonly minutes?: number;
}

export interface Prerequisite {
  /** The skill that comes first. */
  readonly from: string;
  /** The skill that needs it. */
  readonly to: string;
  readonly strength: 'hard' | 'soft';
  /** 'given' by a person or a file, or 'estimated' from records. */
  readonly source?: 'given' | 'estimated';
  /** 0 to 1, for estimated ones. */
  readonly confidence?: number;
}

/** A course's skills, numbered 0..n-1 in the order given, and m prerequisites, both ways in compressed rows. */
export interface SkillGraph {
  readonly skills: readonly Skill[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly prerequisites: readonly Prerequisite[];
  /** Prerequisites of skill i, ascending: parent[parentStart[i] .. parentStart[i + 1]), hard where parentHard is 1. */
  readonly parentStart: Int32Array;
  readonly parent: Int32Array;
  readonly parentHard: Uint8Array;
  /** Skills that need skill i, ascending: child[childStart[i] .. childStart[i + 1]), hard where childHard is 1. */
  readonly childStart: Int32Array;
  readonly child: Int32Array;
  readonly childHard: Uint8Array;
  /** The n skills, each after all of its prerequisites; the order given wherever that is already so. */
  readonly topologicalOrder: Int32Array;
  /** Longest chain of prerequisites below each skill, hard and soft alike; 0 for a root. */
  readonly depth: Int32Array;
}

export type SkillGraphErrorCode =
  | 'unknown-skill'
  | 'duplicate-skill'
  | 'duplicate-prerequisite'
  | 'self-loop'
  | 'cycle'
  | 'invalid-confidence';

/** Why skills and prerequisites do not make a graph. */
export class SkillGraphError extends Error {
  override readonly name = 'SkillGraphError';
  readonly code: SkillGraphErrorCode;
  /** Ids of the skills concerned. For 'cycle': the whole cycle, each one a prerequisite of the next, the last of the first. */
  readonly skills: readonly string[];

  constructor(code: SkillGraphErrorCode, message: string, skills: readonly string[]) {
    super(message);
    this.code = code;
    this.skills = skills;
  }
}

/**
 * Numbers the skills and links them both ways.
 *
 * @throws SkillGraphError for a repeated skill or prerequisite, an unknown skill, a self loop, a confidence outside 0..1,
 * or a cycle, which the error names whole. `breakCycles` makes a graph of prerequisites that have cycles.
 */
export function createSkillGraph(skills: readonly Skill[], prerequisites: readonly Prerequisite[]): SkillGraph {
  const indexOf = numberSkills(skills);
  const rows = linkBothWays(skills, prerequisites, indexOf);
  const topologicalOrder = orderTopologically(skills, rows.parentStart, rows.parent);
  const depth = new Int32Array(skills.length);
  for (const skill of topologicalOrder) {
    for (let k = rows.parentStart[skill]; k < rows.parentStart[skill + 1]; k++) {
      depth[skill] = Math.max(depth[skill], depth[rows.parent[k]] + 1);
    }
  }
  return { skills, indexOf, prerequisites, ...rows, topologicalOrder, depth };
}

/** Skill id -> number, in the order given. @throws SkillGraphError when an id is repeated. */
export function numberSkills(skills: readonly Skill[]): Map<string, number> {
  const indexOf = new Map<string, number>();
  for (const [index, { id }] of skills.entries()) {
    const first = indexOf.get(id);
    if (first !== undefined) {
      throw new SkillGraphError(
        'duplicate-skill',
        `createSkillGraph: expected every skill id once, got "${id}" at positions ${first} and ${index}; remove one of them.`,
        [id],
      );
    }
    indexOf.set(id, index);
  }
  return indexOf;
}

/** The numbers of both ends of a prerequisite. @throws SkillGraphError for an unknown skill or a bad confidence. */
export function endsOf(
  { from, to, confidence }: Prerequisite,
  indexOf: ReadonlyMap<string, number>,
): { from: number; to: number } {
  const ends = { from: indexOf.get(from), to: indexOf.get(to) };
  if (ends.from === undefined || ends.to === undefined) {
    const unknown = ends.from === undefined ? from : to;
    throw new SkillGraphError(
      'unknown-skill',
      `createSkillGraph: expected the prerequisite "${from}" -> "${to}" to join two of the ${indexOf.size} skills, ` +
        `got unknown skill "${unknown}"; add the skill or remove the prerequisite.`,
      [unknown],
    );
  }
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) {
    throw new SkillGraphError(
      'invalid-confidence',
      `createSkillGraph: expected a confidence from 0 to 1 for "${from}" -> "${to}", got ${confidence}; correct it.`,
      [from, to],
    );
  }
  return { from: ends.from, to: ends.to };
}

type Rows = Pick<SkillGraph, 'parentStart' | 'parent' | 'parentHard' | 'childStart' | 'child' | 'childHard'>;

function linkBothWays(
  skills: readonly Skill[],
  prerequisites: readonly Prerequisite[],
  indexOf: ReadonlyMap<string, number>,
): Rows {
  const count = prerequisites.length;
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const hard = new Uint8Array(count);
  for (const [k, prerequisite] of prerequisites.entries()) {
    const ends = endsOf(prerequisite, indexOf);
    if (ends.from === ends.to) {
      throw new SkillGraphError(
        'self-loop',
        `createSkillGraph: expected two different skills in a prerequisite, got "${prerequisite.from}" as its own; remove it.`,
        [prerequisite.from],
      );
    }
    from[k] = ends.from;
    to[k] = ends.to;
    hard[k] = prerequisite.strength === 'hard' ? 1 : 0;
  }
  // Two counting sorts: by source, then stably by target, leaves every row in ascending order.
  const bySource = countingSort(skills.length, from, null);
  const parents = countingSort(skills.length, to, bySource.order);
  const children = countingSort(skills.length, from, parents.order);
  const parent = parents.order.map((edge) => from[edge]);
  refuseRepeated(skills, parents.start, parent);
  return {
    parentStart: parents.start,
    parent,
    parentHard: Uint8Array.from(parents.order, (edge) => hard[edge]),
    childStart: children.start,
    child: children.order.map((edge) => to[edge]),
    childHard: Uint8Array.from(children.order, (edge) => hard[edge]),
  };
}

/** Stable order of edges by key, with where each key's edges start; `visit` is the order to take edges in. */
function countingSort(keys: number, key: Int32Array, visit: Int32Array | null) {
  const start = new Int32Array(keys + 1);
  for (const value of key) start[value + 1]++;
  for (let i = 0; i < keys; i++) start[i + 1] += start[i];
  const next = start.slice(0, keys);
  const order = new Int32Array(key.length);
  for (let k = 0; k < key.length; k++) {
    const edge = visit === null ? k : visit[k];
    order[next[key[edge]]++] = edge;
  }
  return { start, order };
}

function refuseRepeated(skills: readonly Skill[], parentStart: Int32Array, parent: Int32Array): void {
  for (let skill = 0; skill < skills.length; skill++) {
    for (let k = parentStart[skill] + 1; k < parentStart[skill + 1]; k++) {
      if (parent[k] !== parent[k - 1]) continue;
      const ends = [skills[parent[k]].id, skills[skill].id];
      throw new SkillGraphError(
        'duplicate-prerequisite',
        `createSkillGraph: expected every prerequisite once, got "${ends[0]}" -> "${ends[1]}" twice; keep the stronger one.`,
        ends,
      );
    }
  }
}

/** Depth-first over prerequisites, from the first skill to the last: keeps the order given where it can. */
function orderTopologically(skills: readonly Skill[], parentStart: Int32Array, parent: Int32Array): Int32Array {
  const order = new Int32Array(skills.length);
  const state = new Uint8Array(skills.length); // 0 not seen, 1 on the stack, 2 placed
  const next = parentStart.slice();
  const stack: number[] = [];
  let placed = 0;
  for (let root = 0; root < skills.length; root++) {
    if (state[root] === 0) stack.push(root);
    while (stack.length > 0) {
      const skill = stack[stack.length - 1];
      state[skill] = 1;
      if (next[skill] === parentStart[skill + 1]) {
        state[skill] = 2;
        order[placed++] = skill;
        stack.pop();
        continue;
      }
      const before = parent[next[skill]++];
      if (state[before] === 1) throw cycleError(skills, [before, ...stack.slice(stack.indexOf(before) + 1).reverse()]);
      if (state[before] === 0) stack.push(before);
    }
  }
  return order;
}

function cycleError(skills: readonly Skill[], numbers: readonly number[]): SkillGraphError {
  const ids = numbers.map((number) => skills[number].id);
  return new SkillGraphError(
    'cycle',
    `createSkillGraph: expected prerequisites without a cycle, got ${describeCycle(ids)}; ` +
      'remove one of these prerequisites, or use breakCycles.',
    ids,
  );
}

/** "a" -> "b" -> "a", whole however long: people cannot mend a cycle that they are shown in part. */
export function describeCycle(ids: readonly string[]): string {
  return [...ids, ids[0]].map((id) => `"${id}"`).join(' -> ');
}
