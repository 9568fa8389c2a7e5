/**
 * Skills and their prerequisites as a directed acyclic graph in compressed rows (Falmagne & Doignon, Learning Spaces,
 * 2011: outer fringe = the skills that a learner is ready to learn now).
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
  /** Prerequisites of skill i: parent[parentStart[i] .. parentStart[i + 1]), hard where parentHard is 1. */
  readonly parentStart: Int32Array;
  readonly parent: Int32Array;
  readonly parentHard: Uint8Array;
  /** Skills that need skill i: child[childStart[i] .. childStart[i + 1]), hard where childHard is 1. */
  readonly childStart: Int32Array;
  readonly child: Int32Array;
  readonly childHard: Uint8Array;
  /** The n skills, each after all of its prerequisites; ties in the order given. */
  readonly topologicalOrder: Int32Array;
  /** Longest chain of prerequisites below each skill; 0 for a root. */
  readonly depth: Int32Array;
}
