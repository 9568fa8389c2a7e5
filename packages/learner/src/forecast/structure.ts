/**
 * Which skills were known at first, inferred from answers along the prerequisites: who masters a skill has very likely
 * mastered what it rests on, and who fails at one is unlikely to master what is built on it. Belief propagation (Pearl
 * 1988, chapter 4) on the noisy conjunction
 *
 *   P(known_i | parents) = unready + (ready_i - unready) * product over hard prerequisites of known_p,
 *
 * where ready_i falls with depth around how far the learner has come, which is weighed too;
 * run as a few sweeps up and down the graph (loopy where skills share prerequisites: an approximation, and a good one).
 */
import type { SkillGraph } from '@qurriculum/course';
import type { ForecastParameters } from './parameters.ts';

/** Sweeps down and up; further ones changed no estimate by more than .01 on closures of the Marble graph. */
const SWEEPS = 3;
/** How far into the course a learner may have come, as shares of its depth, all equally likely at first. */
const REACHES = [0.1, 0.3, 0.5, 0.7, 0.9, 1.2];

type StructureParameters = Pick<ForecastParameters, 'knownWhenReady' | 'knownWhenUnready' | 'reachWidth'>;

/** Log-likelihood ratios of a skill's own answers, 0 without any. */
export interface StructureEvidence {
  /** log P(answers | known at first) - log P(answers | not known, prerequisites known). */
  readonly known: Float64Array;
  /** log P(answers | not known, hardly learning: a prerequisite is missing) - log P(answers | not known, prerequisites known). */
  readonly stuck: Float64Array;
}

/**
 * Prepares the inference for a graph. The function it returns gives the chance that each skill was known at first, from
 * everything except its own answers.
 */
export function createStructure(
  graph: SkillGraph,
  p: StructureParameters,
): (evidence: StructureEvidence) => Float64Array {
  const network = createNetwork(graph, p.knownWhenUnready);
  const deepest = graph.depth.reduce((a, b) => Math.max(a, b), 1);
  const readyAt = REACHES.map((reach) =>
    Float64Array.from(graph.depth, (depth) => {
      const below = 1 / (1 + Math.exp((depth / deepest - reach) / p.reachWidth));
      return p.knownWhenUnready + (p.knownWhenReady - p.knownWhenUnready) * below;
    }),
  );
  return (evidence) => {
    const ratio = evidence.known.map((log) => Math.exp(Math.min(8, Math.max(-8, log))));
    const stuck = evidence.stuck.map((log) => Math.exp(Math.min(6, Math.max(-6, log))));
    const runs = readyAt.map((ready) => {
      const known = propagate(network, ready, ratio, stuck);
      // Composite likelihood (Lindsay 1988): each skill's own answers given what the others say about it.
      let fit = 0;
      for (let i = 0; i < known.length; i++) if (ratio[i] !== 1) fit += Math.log(known[i] * ratio[i] + 1 - known[i]);
      return { known, fit };
    });
    const best = Math.max(...runs.map(({ fit }) => fit));
    const chances = runs.map(({ fit }) => Math.exp(fit - best));
    const total = chances.reduce((a, b) => a + b, 0);
    const mixed = new Float64Array(ratio.length);
    runs.forEach(({ known }, r) => {
      for (let i = 0; i < mixed.length; i++) mixed[i] += (chances[r] / total) * known[i];
    });
    return mixed;
  };
}

/** The hard prerequisites in compressed rows both ways, edges numbered by the row of the skill that needs them. */
interface Network {
  readonly low: number;
  readonly order: Int32Array;
  readonly parentStart: Int32Array;
  readonly childStart: Int32Array;
  /** Edge number of each entry of the rows of children. */
  readonly edgeOfChild: Int32Array;
  /** Messages per edge: P(below | parent known) / P(below | not) upwards, P(parent known | the rest) downwards. */
  readonly up: Float64Array;
  readonly down: Float64Array;
}

function createNetwork(graph: SkillGraph, low: number): Network {
  const count = graph.skills.length;
  const parentStart = new Int32Array(count + 1);
  const childStart = new Int32Array(count + 1);
  const parents: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
      if (graph.parentHard[e] === 0) continue;
      parents.push(graph.parent[e]);
      childStart[graph.parent[e] + 1]++;
    }
    parentStart[i + 1] = parents.length;
  }
  for (let i = 0; i < count; i++) childStart[i + 1] += childStart[i];
  const next = childStart.slice(0, count);
  const edgeOfChild = new Int32Array(parents.length);
  parents.forEach((parent, edge) => {
    edgeOfChild[next[parent]++] = edge;
  });
  const up = new Float64Array(parents.length);
  return { low, order: graph.topologicalOrder, parentStart, childStart, edgeOfChild, up, down: up.slice() };
}

/** Belief propagation for one reach: `ready` is P(known | all hard prerequisites known), the others the own evidence. */
function propagate(network: Network, ready: Float64Array, ratio: Float64Array, stuck: Float64Array): Float64Array {
  const { low, order, parentStart, childStart, edgeOfChild, up, down } = network;
  up.fill(1);
  down.fill(0.5);
  const prior = new Float64Array(ready.length);
  for (let sweep = 0; sweep <= SWEEPS; sweep++) {
    for (const i of order) {
      let all = 1;
      for (let e = parentStart[i]; e < parentStart[i + 1]; e++) all *= down[e];
      prior[i] = low + (ready[i] - low) * all;
      const own = (prior[i] / (1 - prior[i])) * ratio[i] * fromAbove(network, i);
      for (let k = childStart[i]; k < childStart[i + 1]; k++) {
        const odds = own / up[edgeOfChild[k]];
        down[edgeOfChild[k]] = odds / (1 + odds);
      }
    }
    if (sweep < SWEEPS) {
      for (let k = order.length - 1; k >= 0; k--) {
        const i = order[k];
        sendUp(network, i, ready[i], ratio[i], stuck[i]);
      }
    }
  }
  for (let i = 0; i < prior.length; i++) {
    const odds = (prior[i] / (1 - prior[i])) * fromAbove(network, i);
    prior[i] = odds / (1 + odds);
  }
  return prior;
}

/**
 * Messages from skill i to each of its hard prerequisites p, with r the evidence that i was known, s that i is stuck,
 * and A the chance that the other prerequisites are known:
 *
 *   P(below | p known) = k r + (1 - k) (A + (1 - A) s),    P(below | p not known) = low r + (1 - low) s.
 */
function sendUp(network: Network, i: number, ready: number, own: number, stuck: number): void {
  const { low, parentStart, up, down } = network;
  const ratio = own * fromAbove(network, i);
  let all = 1;
  for (let e = parentStart[i]; e < parentStart[i + 1]; e++) all *= down[e];
  for (let e = parentStart[i]; e < parentStart[i + 1]; e++) {
    const others = Math.min(1, all / Math.max(1e-9, down[e]));
    const whenKnown = low + (ready - low) * others;
    const known = whenKnown * ratio + (1 - whenKnown) * (others + (1 - others) * stuck);
    up[e] = known / (low * ratio + (1 - low) * stuck);
  }
}

/** Product of the messages from the skills that need i. */
function fromAbove({ childStart, edgeOfChild, up }: Network, i: number): number {
  let ratio = 1;
  for (let k = childStart[i]; k < childStart[i + 1]; k++) ratio *= up[edgeOfChild[k]];
  return Math.min(1e6, Math.max(1e-6, ratio));
}
