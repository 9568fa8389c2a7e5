/**
 * A simulated institution: learners who come a few times a week, work a session each on what is ready (mostly), review a
 * little, and leave answers behind. It fills the sample institution; everything made here must be labelled as simulated.
 */
import type { SkillGraph } from '@qurriculum/course';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import type { SkillPairs } from '../pairs.ts';
import type { GrowthLawName } from './laws.ts';
import { createSimulatedLearner, type SimulatedLearner } from './learner.ts';
import { createWorld } from './world.ts';

export interface InstitutionOptions {
  readonly graph: SkillGraph;
  readonly seed: number;
  /** Default 240. */
  readonly learners?: number;
  /** About how many answers in all; default 40,000. Learners differ in how much they work, by a factor of about 3. */
  readonly interactions?: number;
  readonly law?: GrowthLawName;
  readonly confusable?: SkillPairs;
  readonly related?: SkillPairs;
  /** The item that is answered: any id the caller can find again. `attempt` counts a learner's answers on the skill. */
  readonly chooseItem?: (skill: string, attempt: number, random: Random) => string;
  /** Seconds since 1970 of the last day; sessions lie in the `weeks` before it. Default 2026-09-01T00:00:00Z. */
  readonly end?: number;
  /** Default 10. */
  readonly weeks?: number;
}

export interface SimulatedInteraction {
  /** 0 to learners - 1. */
  readonly learner: number;
  readonly skill: string;
  readonly item: string;
  readonly correct: boolean;
  /** Seconds since 1970, whole. */
  readonly time: number;
}

const DAY = 86_400;
const DEFAULT_END = Date.UTC(2026, 8, 1) / 1000;
/** Answers in an ordinary session: five activities of three. */
const ANSWERS_PER_SESSION = 15;

/** The rows of a simulated institution, learner by learner, each in time order. */
export function simulateInstitution(options: InstitutionOptions): SimulatedInteraction[] {
  const learners = options.learners ?? 240;
  const perLearner = (options.interactions ?? 40_000) / learners;
  const world = createWorld(options.graph, options);
  const rows: SimulatedInteraction[] = [];
  for (let learner = 0; learner < learners; learner++) {
    const seed = mixSeed(options.seed, 'institution', learner);
    const random = createRandom(seed);
    // Uniform between a half and one and a half of the mean, so that the total comes out.
    const answers = Math.round(perLearner * (0.5 + random.next()));
    const simulated = createSimulatedLearner(world, { seed, knownShare: 0.1 + 0.5 * random.next() });
    simulateOne(options, simulated, learner, answers, random, rows);
  }
  return rows;
}

function simulateOne(
  options: InstitutionOptions,
  simulated: SimulatedLearner,
  learner: number,
  answers: number,
  random: Random,
  rows: SimulatedInteraction[],
): void {
  const weeks = options.weeks ?? 10;
  const sessions = Math.max(1, Math.ceil(answers / ANSWERS_PER_SESSION));
  const start = (options.end ?? DEFAULT_END) - weeks * 7 * DAY;
  const seen = new Int32Array(options.graph.skills.length);
  let left = answers;
  for (let session = 0; session < sessions && left > 0; session++) {
    const day = Math.floor(((session + 0.8 * random.next()) * weeks * 7) / sessions);
    let time = start + day * DAY + Math.floor((8 + 9 * random.next()) * 3600);
    simulated.startSession(day);
    const chosen = chooseSkills(options.graph, simulated, seen, day, random);
    for (const skill of chosen) {
      const { correct } = simulated.practise(skill);
      for (let a = 0; a < correct.length && left > 0; a++, left--) {
        time += 30 + random.integer(120);
        const id = options.graph.skills[skill].id;
        const item = options.chooseItem?.(id, seen[skill], random) ?? `${id}-${seen[skill]}`;
        rows.push({ learner, skill: id, item, correct: correct[a] === 1, time });
        seen[skill]++;
      }
    }
  }
}

/** Five skills as a class would take them: mostly the next ready ones in course order, now and then a review. */
function chooseSkills(
  graph: SkillGraph,
  simulated: SimulatedLearner,
  seen: Int32Array,
  day: number,
  random: Random,
): number[] {
  const mastered = (skill: number): boolean => simulated.mastery(skill, day) >= 0.7;
  const ready: number[] = [];
  const reviews: number[] = [];
  for (const skill of graph.topologicalOrder) {
    if (mastered(skill)) {
      reviews.push(skill);
      continue;
    }
    let open = true;
    for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
      if (graph.parentHard[e] === 1 && !mastered(graph.parent[e])) open = false;
    }
    if (open || seen[skill] > 0) ready.push(skill);
  }
  const chosen: number[] = [];
  while (chosen.length < 5 && ready.length + reviews.length > 0) {
    const review = ready.length === 0 || (reviews.length > 0 && random.chance(0.25));
    const list = review ? reviews : ready;
    // Near the front of the course order, with some spread between learners.
    const at = review
      ? random.integer(list.length)
      : Math.min(list.length - 1, Math.floor(-2 * Math.log(1 - random.next())));
    chosen.push(...list.splice(at, 1));
  }
  return chosen;
}
