/**
 * Pairs of skills that act on each other: confusable ones disturb each other inside one session, related ones help.
 */
import type { SkillGraph } from '@qurriculum/course';
import { uniform } from './draws.ts';

/** Unordered pairs of skills, by index in the graph. */
export interface SkillPairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Both directions of the pairs: the partners of skill i are other[start[i] .. start[i + 1]). */
export interface PairRows {
  readonly start: Int32Array;
  readonly other: Int32Array;
}

/**
 * Pairs drawn among siblings (skills that share a hard prerequisite, neither above the other by depth): about one pair
 * in six is confusable and one in three related. Depends on the ids alone, so that a course "states" the same pairs to
 * everybody: planners may know the pairs, never how strong they are.
 */
export function siblingPairs(graph: SkillGraph, kind: 'confusable' | 'related'): SkillPairs {
  const share = kind === 'confusable' ? 1 / 6 : 1 / 3;
  const first: number[] = [];
  const second: number[] = [];
  const seen = new Set<number>();
  const count = graph.skills.length;
  for (let parent = 0; parent < count; parent++) {
    for (let a = graph.childStart[parent]; a < graph.childStart[parent + 1]; a++) {
      for (let b = a + 1; b < graph.childStart[parent + 1]; b++) {
        if (graph.childHard[a] === 0 || graph.childHard[b] === 0) continue;
        const i = Math.min(graph.child[a], graph.child[b]);
        const j = Math.max(graph.child[a], graph.child[b]);
        if (i === j || graph.depth[i] !== graph.depth[j] || seen.has(i * count + j)) continue;
        seen.add(i * count + j);
        const ids = [graph.skills[i].id, graph.skills[j].id].sort();
        const draw = uniform(0, 'sibling', ...ids);
        // Disjoint slices of one draw: a pair is confusable, or related, or neither.
        if (kind === 'confusable' ? draw < share : draw >= 1 - share) {
          first.push(i);
          second.push(j);
        }
      }
    }
  }
  return { first: Int32Array.from(first), second: Int32Array.from(second) };
}

/** Both directions of unordered pairs, in compressed rows over n skills. */
export function pairRows(count: number, pairs: SkillPairs): PairRows {
  const start = new Int32Array(count + 1);
  for (let p = 0; p < pairs.first.length; p++) {
    start[pairs.first[p] + 1]++;
    start[pairs.second[p] + 1]++;
  }
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  const next = start.slice(0, count);
  const other = new Int32Array(start[count]);
  for (let p = 0; p < pairs.first.length; p++) {
    other[next[pairs.first[p]]++] = pairs.second[p];
    other[next[pairs.second[p]]++] = pairs.first[p];
  }
  return { start, other };
}
