/**
 * Who a simulated learner is before the first session: speed, memory, room for load, effort, and what is known already.
 * The known skills are drawn along the prerequisites, so they form a knowledge state with a few holes (Falmagne &
 * Doignon 2011 with careless errors), not a random sprinkling.
 */
import type { SkillGraph } from '@qurriculum/course';
import { gaussian, uniform } from '../draws.ts';
import type { SimulatedWorld } from './world.ts';

export interface LearnerProfile {
  readonly seed: number;
  /** Multiplies learning speed. */
  readonly speed: number;
  /** Multiplies stability. */
  readonly memory: number;
  /** Load that one session holds before learning suffers. */
  readonly capacity: number;
  /** Usual effort, multiplies learning speed. */
  readonly effort: number;
  /** Mastery at day 0 as of the last practice, per skill. */
  readonly level: Float64Array;
  /** Stability at day 0, days. */
  readonly stability: Float64Array;
  /** Day of the last practice; negative for what was learned before. */
  readonly last: Float64Array;
}

export interface ProfileOptions {
  /** Labels the learner: the same seed, the same learner. */
  readonly seed: number;
  /** Share of the graph's skills that is known at first; default drawn between .45 and .65. */
  readonly knownShare?: number;
}

/** Days to 90 % recall of a newly met skill, and of one learned long ago, for an average learner. */
export const NEW_STABILITY = 4;
export const OLD_STABILITY = 45;
/** A load of four fresh and difficult skills, or of eight reviews. */
const CAPACITY = 9;

/** Draws a learner for the skills of a world. */
export function drawProfile(world: SimulatedWorld, options: ProfileOptions): LearnerProfile {
  const { seed } = options;
  const skills = world.graph.skills;
  const memory = Math.exp(0.3 * gaussian(seed, 'memory'));
  const share = options.knownShare ?? 0.45 + 0.2 * uniform(seed, 'known share');
  const known = drawKnown(world.graph, seed, share);
  const level = new Float64Array(skills.length);
  const stability = new Float64Array(skills.length);
  const last = new Float64Array(skills.length);
  skills.forEach(({ id }, i) => {
    const draw = uniform(seed, 'level', id);
    level[i] = known[i] === 1 ? 0.84 + 0.14 * draw : 0.02 + 0.28 * draw * draw;
    stability[i] = (known[i] === 1 ? OLD_STABILITY : NEW_STABILITY) * memory * world.durability[i];
    last[i] = known[i] === 1 ? -20 * uniform(seed, 'last', id) : 0;
  });
  return {
    seed,
    speed: Math.exp(0.3 * gaussian(seed, 'speed')),
    memory,
    capacity: CAPACITY * Math.exp(0.15 * gaussian(seed, 'capacity')),
    effort: 0.8 + 0.3 * uniform(seed, 'effort'),
    level,
    stability,
    last,
  };
}

/**
 * 1 for known skills. A skill is known with chance 1 / (1 + exp((depth + noise - reach) / 1.5)) when its hard
 * prerequisites are known and .05 of that otherwise; `reach` is set by bisection so that the wanted share comes out.
 */
function drawKnown(graph: SkillGraph, seed: number, share: number): Uint8Array {
  const count = graph.skills.length;
  const draw = Float64Array.from(graph.skills, ({ id }) => uniform(seed, 'known', id));
  const noise = Float64Array.from(graph.skills, ({ id }) => 1.5 * gaussian(seed, 'early or late', id));
  const known = new Uint8Array(count);
  const fill = (reach: number): number => {
    let total = 0;
    for (const i of graph.topologicalOrder) {
      let ready = true;
      for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
        if (graph.parentHard[e] === 1 && known[graph.parent[e]] === 0) ready = false;
      }
      const chance = (ready ? 1 : 0.05) / (1 + Math.exp((graph.depth[i] + noise[i] - reach) / 1.5));
      known[i] = draw[i] < chance ? 1 : 0;
      total += known[i];
    }
    return total;
  };
  let low = -20;
  let high = 60;
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2;
    if (fill(middle) < share * count) low = middle;
    else high = middle;
  }
  fill(high);
  return known;
}
