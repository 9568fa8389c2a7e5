/**
 * Every weight and default of path planning, in one place. Tuned values come from bench/path-tuning.ts, 60 generations
 * for every policy (`random`: 60 draws) on learners of both growth laws, drawn by seeds that no report uses.
 */

/** What is assumed where a state says nothing. */
export const defaults = {
  sessions: 3,
  minutesPerSession: 30,
  daysBetweenSessions: 1,
  /** Minutes of an activity whose skill states none; the middle of the 4 to 8 that exercises usually take. */
  minutesPerActivity: 6,
  /** A stated study time is cut into about this many activities, of 4 to 8 minutes each. */
  activitiesPerSkill: 5,
  leastMinutes: 4,
  mostMinutes: 8,
  /** Load of one session, in the units of `activityLoad`. */
  loadCap: 10,
  /** Without goals: the skills that nothing builds on, at most this many, nearest first. */
  defaultGoals: 5,
} as const;

/** What makes a skill worth learning, and how a plan is valued. */
export interface ValueWeights {
  /** Value handed down a hard and a soft prerequisite, per step. */
  readonly carryHard: number;
  readonly carrySoft: number;
  /** How much of what is handed down goes when the skill above is learned: (1 - mastery)^fade. */
  readonly fade: number;
  /** No skill is worth more than so many goals. */
  readonly valueCap: number;
  /** Values are raised to this power: below 1 they lie closer together. */
  readonly evenness: number;
  /** Share of its value that a skill keeps when only soft prerequisites lead from it to what is still to be learned. */
  readonly softNeed: number;
  /** Least value of a goal after scaling, and value of a skill that no goal needs. */
  readonly goalFloor: number;
  readonly unneeded: number;
  /** Share of the utility that is linear in mastery; the rest is a logistic step. */
  readonly linearShare: number;
  /** Where the step lies for prerequisites and for goals, and its width. */
  readonly stepPrerequisite: number;
  readonly stepGoal: number;
  readonly stepWidth: number;
  /** Worth of finding out: added per variance of the estimate that an activity's answers would resolve. */
  readonly information: number;
  /** Worth of a later session against the one before. */
  readonly discount: number;
  /** A prerequisite counts as ready from this believed mastery. */
  readonly ready: number;
  /** A skill counts as learned from this believed mastery, a goal from the next. */
  readonly learned: number;
  readonly goalLearned: number;
  /** Complexity guessed from the number of prerequisites: min(1, base + slope * prerequisites). */
  readonly complexityBase: number;
  readonly complexitySlope: number;
  /** How much more a skill on the longest tail of unlearned skills is worth than one on none (critical path). */
  readonly critical: number;
  /** Days past the last planned session to which recall is projected. */
  readonly lookAheadDays: number;
}

export const plannerWeights: ValueWeights = {
  carryHard: 1.248,
  carrySoft: 0.252,
  fade: 1.476,
  valueCap: 5.521,
  evenness: 0.516,
  softNeed: 0.939,
  goalFloor: 0.218,
  unneeded: 0.004,
  linearShare: 0.712,
  stepPrerequisite: 0.598,
  stepGoal: 0.794,
  stepWidth: 0.172,
  information: 1.166,
  discount: 0.6,
  ready: 0.45,
  learned: 0.82,
  goalLearned: 0.92,
  complexityBase: 0.4,
  complexitySlope: 0.12,
  critical: 1.301,
  lookAheadDays: 9.018,
};

/** Which (activity, session) pairs become variables. */
export interface CandidateLimits {
  /** The best by gain per minute. */
  readonly best: number;
  /** Skills about to become ready, on top. */
  readonly soonReady: number;
}

export const candidateLimits: CandidateLimits = { best: 30, soonReady: 12 };

/** The stated candidate set for an exact solver within a third of a second. */
export const exactLimits = { best: 24, soonReady: 6, sessions: 1 } as const;

/** Settings of the planner: how far it looks, how long it searches. */
export interface PlannerSettings extends ValueWeights {
  readonly loadCap: number;
  readonly sessions: number;
  readonly sweeps: number;
  readonly limits: CandidateLimits;
}

/** Load that the tuned policies on the planner's model put into one session at the most. */
const tunedLoadCap = 11.969;

export const plannerSettings: PlannerSettings = {
  ...plannerWeights,
  loadCap: tunedLoadCap,
  sessions: defaults.sessions,
  sweeps: 120,
  limits: candidateLimits,
};

/** How the goals that fit before a deadline are told. */
export interface GoalWeights {
  /** Mastery that a goal and a prerequisite should be brought to. */
  readonly goalLevel: number;
  readonly prerequisiteLevel: number;
  /** Minutes really needed per minute of bare learning: reviews, half-ready starts, room left in sessions. */
  readonly allowance: number;
  /** Worth of the whole time left, in goals: among sets with as many goals the one that needs less time wins. */
  readonly thrift: number;
}

export const goalWeights: GoalWeights = { goalLevel: 0.9, prerequisiteLevel: 0.7, allowance: 1.2, thrift: 0.5 };

/** Settings of the rules. Not every rule reads every one. */
export interface BaselineSettings extends ValueWeights {
  readonly loadCap: number;
  /** Confusable skills never in one session. */
  readonly keepApart: boolean;
  /** fringe: a learned skill is due for review below this expected recall, and what a review counts. */
  readonly reviewBelow: number;
  readonly reviewWeight: number;
  /** fringe: worth of each unlearned skill that is opened, and of being a goal. */
  readonly unlock: number;
  readonly goalBonus: number;
}

const shared: BaselineSettings = {
  ...plannerWeights,
  loadCap: defaults.loadCap,
  keepApart: true,
  reviewBelow: 0.8,
  reviewWeight: 1,
  unlock: 0.3,
  goalBonus: 0.5,
};

/** Each rule as tuned. `greedy` has the planner's own weights: what sets them apart is the search alone. */
export const baselineSettings = {
  greedy: { ...shared, loadCap: tunedLoadCap },
  fringe: {
    ...shared,
    ...{ ready: 0.439, learned: 0.672, goalLearned: 0.895, reviewBelow: 0.931, reviewWeight: 1.456 },
    ...{ unlock: 0.774, goalBonus: 0.039, loadCap: 13.188 },
  },
  'weakest-first': { ...shared, ready: 0.665, learned: 0.853, goalLearned: 0.986, loadCap: 9.922 },
  'course-order': { ...shared, learned: 0.791, goalLearned: 0.975, loadCap: 9.287 },
  random: { ...shared, ready: 0.577, learned: 0.748, goalLearned: 0.953, loadCap: 12.507 },
} as const satisfies Record<string, BaselineSettings>;
