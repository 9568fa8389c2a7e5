/**
 * One simulated learner: practises, answers, learns, forgets. Every draw depends on the learner, the skill and the
 * number of the attempt alone, so that two policies which give the same activity meet the same luck (common random
 * numbers).
 *
 *   P(right) = guess + (1 - slip - guess) m,     m = level * recall(days since the last practice)
 *   speed of an attempt = learner * skill * readiness * effort * overload * interference * (1.8 while relearning)
 */

import { uniform } from '../draws.ts';
import { LEAST_READINESS } from './laws.ts';
import { drawProfile, type LearnerProfile, type ProfileOptions } from './profile.ts';
import type { SimulatedWorld } from './world.ts';

export interface ActivityOutcome {
  /** One entry per attempt, in order: 1 right, 0 wrong. */
  readonly correct: Uint8Array;
  /** True when the session's load is beyond what the learner holds. */
  readonly overloaded: boolean;
}

export interface SimulatedLearner {
  readonly profile: LearnerProfile;
  /** True mastery of a skill on a day, 0 to 1. For measuring only: policies never see it. */
  mastery(skill: number, day: number): number;
  /** Opens a session: load and effort start afresh. */
  startSession(day: number): void;
  /** One activity on a skill: `attempts` items, each answered and then learned from. */
  practise(skill: number): ActivityOutcome;
  /** Answers one item without learning anything (a record from before). */
  answer(skill: number): boolean;
  /** Load of the open session so far. */
  sessionLoad(): number;
}

/** Items in an activity. */
export const ATTEMPTS_PER_ACTIVITY = 3;
/** Relearning what was known before is faster than learning (savings; Ebbinghaus 1885). */
const SAVINGS = 1.8;
/** A confusable skill met earlier in the session slows learning to this share, and loses this share itself. */
const INTERFERENCE = 0.6;
const CONFUSION_LOSS = 0.03;
/** Share of a gain that a related, ready skill gains too. */
const TRANSFER = 0.15;
/** Learning speed lost per capacity of load in excess, and what always remains. */
const OVERLOAD_SLOPE = 1.5;
const OVERLOAD_FLOOR = 0.25;

interface State {
  readonly level: Float64Array;
  readonly peak: Float64Array;
  readonly stability: Float64Array;
  readonly last: Float64Array;
  readonly attempts: Int32Array;
  day: number;
  sessions: number;
  load: number;
  sessionEffort: number;
  /** Moving share of right answers: repeated failure costs effort. */
  success: number;
  practised: number[];
}

/** A learner drawn by seed, at day 0. */
export function createSimulatedLearner(world: SimulatedWorld, options: ProfileOptions): SimulatedLearner {
  const profile = drawProfile(world, options);
  const state: State = {
    level: profile.level.slice(),
    peak: profile.level.slice(),
    stability: profile.stability.slice(),
    last: profile.last.slice(),
    attempts: new Int32Array(profile.level.length),
    day: 0,
    sessions: 0,
    load: 0,
    sessionEffort: profile.effort,
    success: 0.7,
    practised: [],
  };
  const mastery = (skill: number, day: number): number =>
    state.level[skill] * world.law.recall(state.stability[skill], Math.max(0, day - state.last[skill]));
  const answer = (skill: number): boolean => drawAnswer(world, profile, state, skill, mastery(skill, state.day));
  return {
    profile,
    mastery,
    answer,
    startSession(day) {
      state.day = day;
      state.load = 0;
      state.practised = [];
      state.sessionEffort = profile.effort * (0.85 + 0.3 * uniform(profile.seed, 'session effort', state.sessions++));
    },
    practise: (skill) => practise(world, profile, state, skill, mastery),
    sessionLoad: () => state.load,
  };
}

function drawAnswer(world: SimulatedWorld, who: LearnerProfile, state: State, skill: number, mastery: number): boolean {
  const chance = world.guess[skill] + (1 - world.slip[skill] - world.guess[skill]) * mastery;
  return uniform(who.seed, 'answer', world.graph.skills[skill].id, state.attempts[skill]++) < chance;
}

function practise(
  world: SimulatedWorld,
  who: LearnerProfile,
  state: State,
  skill: number,
  mastery: (skill: number, day: number) => number,
): ActivityOutcome {
  const recall = world.law.recall(state.stability[skill], Math.max(0, state.day - state.last[skill]));
  const before = state.level[skill] * recall;
  state.load += 1 + 2 * world.complexity[skill] * (1 - before);
  const speed = attemptSpeed(world, who, state, skill, readiness(world, skill, state.day, mastery));
  const correct = new Uint8Array(ATTEMPTS_PER_ACTIVITY);
  let level = before;
  let right = 0;
  for (let attempt = 0; attempt < ATTEMPTS_PER_ACTIVITY; attempt++) {
    correct[attempt] = drawAnswer(world, who, state, skill, level) ? 1 : 0;
    right += correct[attempt];
    state.success += 0.08 * (correct[attempt] - state.success);
    level = world.law.grow(level, speed * (level < state.peak[skill] ? SAVINGS : 1));
  }
  state.level[skill] = level;
  state.peak[skill] = Math.max(state.peak[skill], level);
  state.stability[skill] = world.law.strengthen(state.stability[skill], recall, right / ATTEMPTS_PER_ACTIVITY);
  state.last[skill] = state.day;
  spread(world, state, skill, level - before, mastery);
  state.practised.push(skill);
  return { correct, overloaded: state.load > who.capacity };
}

/** Product of the gates of all prerequisites, never under `LEAST_READINESS`. */
function readiness(
  world: SimulatedWorld,
  skill: number,
  day: number,
  mastery: (skill: number, day: number) => number,
): number {
  const { graph, law } = world;
  let product = 1;
  for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
    product *= law.gate(mastery(graph.parent[e], day), graph.parentHard[e] === 1);
  }
  return Math.max(LEAST_READINESS, product);
}

function attemptSpeed(world: SimulatedWorld, who: LearnerProfile, state: State, skill: number, ready: number): number {
  const excess = Math.max(0, state.load - who.capacity) / who.capacity;
  const overload = Math.max(OVERLOAD_FLOOR, 1 - OVERLOAD_SLOPE * excess);
  // Below 60 % right answers effort falls, down to seven tenths.
  const motivation = 0.7 + 0.3 * Math.min(1, state.success / 0.6);
  const confused = state.practised.some((other) => isNeighbour(world.confusable, skill, other));
  const interference = confused ? INTERFERENCE : 1;
  return who.speed * world.ease[skill] * ready * state.sessionEffort * motivation * overload * interference;
}

/** What an activity does to other skills: transfer to related ones, confusion of confusable ones met this session. */
function spread(
  world: SimulatedWorld,
  state: State,
  skill: number,
  gain: number,
  mastery: (skill: number, day: number) => number,
): void {
  for (let e = world.related.start[skill]; e < world.related.start[skill + 1]; e++) {
    const other = world.related.other[e];
    const ready = readiness(world, other, state.day, mastery);
    state.level[other] += TRANSFER * Math.max(0, gain) * ready * (1 - state.level[other]);
    state.peak[other] = Math.max(state.peak[other], state.level[other]);
  }
  for (const other of state.practised) {
    if (isNeighbour(world.confusable, skill, other)) state.level[other] *= 1 - CONFUSION_LOSS;
  }
}

function isNeighbour(rows: { start: Int32Array; other: Int32Array }, skill: number, other: number): boolean {
  for (let e = rows.start[skill]; e < rows.start[skill + 1]; e++) if (rows.other[e] === other) return true;
  return false;
}
