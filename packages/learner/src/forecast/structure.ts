/**
 * Which skills were known at first, inferred from answers along the prerequisites: who masters a skill has very likely
 * mastered what it rests on, and who fails at one is unlikely to master what is built on it. Belief propagation (Pearl
 * 1988, chapter 4) on the noisy conjunction
 *
 *   P(known_i | parents) = unready + (ready - unready) * product over hard prerequisites of known_p,
 *
 * run as a few sweeps up and down the graph (loopy where skills share prerequisites: an approximation, and a good one).
 */
import type { SkillGraph } from '@qurriculum/course';
import type { ForecastParameters } from './parameters.ts';

/** Sweeps down and up; further ones changed no estimate by more than .01 on closures of the Marble graph. */
const SWEEPS = 3;

export interface StructurePrior {
  /** Chance that each skill was known at first, from everything except its own answers. */
  readonly known: Float64Array;
}

/**
 * @param evidence per skill: log P(own answers | known at first) - log P(own answers | not known), 0 without answers.
 */
export function inferKnownAtFirst(
  graph: SkillGraph,
  p: Pick<ForecastParameters, 'knownWhenReady' | 'knownWhenUnready'>,
  evidence: Float64Array,
): StructurePrior {
  const count = graph.skills.length;
  const edges = graph.parent.length;
  // Per edge: ratio P(below | parent known) / P(below | not known) sent up, and P(parent known | the rest) sent down.
  const up = new Float64Array(edges).fill(1);
  const down = new Float64Array(edges).fill(0.5);
  const edgeOfChild = childEdges(graph);
  const prior = new Float64Array(count);
  const low = p.knownWhenUnready;
  const span = p.knownWhenReady - low;
  for (let sweep = 0; sweep <= SWEEPS; sweep++) {
    for (const i of graph.topologicalOrder) {
      let all = 1;
      for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
        if (graph.parentHard[e] === 1) all *= down[e];
      }
      prior[i] = low + span * all;
      const own = (prior[i] / (1 - prior[i])) * boundedRatio(evidence[i]) * belowRatio(graph, edgeOfChild, up, i);
      for (let k = graph.childStart[i]; k < graph.childStart[i + 1]; k++) {
        const odds = own / up[edgeOfChild[k]];
        down[edgeOfChild[k]] = odds / (1 + odds);
      }
    }
    if (sweep === SWEEPS) break;
    for (let k = count - 1; k >= 0; k--)
      sendUp(graph, graph.topologicalOrder[k], low, span, evidence, edgeOfChild, up, down);
  }
  const known = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const odds = (prior[i] / (1 - prior[i])) * belowRatio(graph, edgeOfChild, up, i);
    known[i] = odds / (1 + odds);
  }
  return { known };
}

/** Messages from skill i to each of its hard prerequisites. */
function sendUp(
  graph: SkillGraph,
  i: number,
  low: number,
  span: number,
  evidence: Float64Array,
  edgeOfChild: Int32Array,
  up: Float64Array,
  down: Float64Array,
): void {
  const ratio = boundedRatio(evidence[i]) * belowRatio(graph, edgeOfChild, up, i);
  let all = 1;
  for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) if (graph.parentHard[e] === 1) all *= down[e];
  for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
    if (graph.parentHard[e] === 0) continue;
    const whenKnown = low + (span * all) / Math.max(1e-9, down[e]);
    up[e] = (whenKnown * ratio + 1 - whenKnown) / (low * ratio + 1 - low);
  }
}

/** Product of the messages from the skills above i (those that need it). */
function belowRatio(graph: SkillGraph, edgeOfChild: Int32Array, up: Float64Array, i: number): number {
  let ratio = 1;
  for (let k = graph.childStart[i]; k < graph.childStart[i + 1]; k++) {
    ratio *= up[edgeOfChild[k]];
  }
  return Math.min(1e6, Math.max(1e-6, ratio));
}

function boundedRatio(logRatio: number): number {
  return Math.exp(Math.min(8, Math.max(-8, logRatio)));
}

/** For each entry of `graph.child`, the entry of `graph.parent` that is the same edge. */
function childEdges(graph: SkillGraph): Int32Array {
  const edge = new Int32Array(graph.child.length);
  for (let i = 0; i < graph.skills.length; i++) {
    for (let k = graph.childStart[i]; k < graph.childStart[i + 1]; k++) {
      const child = graph.child[k];
      let e = graph.parentStart[child];
      while (graph.parent[e] !== i) e++;
      edge[k] = e;
    }
  }
  return edge;
}
