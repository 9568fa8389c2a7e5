/**
 * Learning paths: for one learner over the coming sessions, which skill to practise or review in which session.
 */
import type { SkillGraph } from '@qurriculum/course';
import type { Beliefs, PairRows } from '@qurriculum/learner';

/** A goal by the skill's number in the graph. */
export interface PathGoal {
  readonly skill: number;
  /** How much it matters against other goals; default 1. */
  readonly weight?: number;
}

/** A person's word, which every plan keeps. `session` counts from 0, the next one; absent: any (pin) or every (skip) session. */
export interface PathRuling {
  readonly skill: number;
  readonly session?: number;
  /** Who said so and why, shown beside the step. */
  readonly by?: string;
  readonly reason?: string;
}

/** Everything a planner knows. Skills are numbers in `graph`. */
export interface PathState {
  readonly graph: SkillGraph;
  /** From `createTracker` (answers seen) or `beliefsFromMastery` (estimates of another model). */
  readonly beliefs: Beliefs;
  /** Empty: the default goals, `defaultGoals`. */
  readonly goals: readonly PathGoal[];
  /** Sessions to plan, 1 or more; default 3. */
  readonly sessions?: number;
  /** Minutes in a session; default 30. */
  readonly minutesPerSession?: number;
  /** Days from one session to the next; default 1. */
  readonly daysBetweenSessions?: number;
  /** Load that a session may hold (see `weights.ts`); default there. */
  readonly loadCap?: number;
  /** Minutes of one activity per skill; default `activityMinutes(graph)`. */
  readonly minutes?: Float64Array;
  /** Skills that are easily confused, and skills that help each other; default: none named. */
  readonly confusable?: PairRows;
  readonly related?: PairRows;
  /** Sessions left until the deadline, this one included; absent: none. Then the goals that fit are chosen first. */
  readonly deadlineSessions?: number;
  /** Steps that must be in the plan, and that must not. */
  readonly pins?: readonly PathRuling[];
  readonly skips?: readonly PathRuling[];
}

/** `review` when the skill is believed to have been learned before, else `practise`. */
export type StepKind = 'practise' | 'review';

export interface PathStep {
  readonly skill: number;
  readonly kind: StepKind;
  readonly minutes: number;
  /** Believed mastery when the step begins, 0 to 1. */
  readonly mastery: number;
  /** True when a person put it there. */
  readonly pinned: boolean;
}

export interface PathSession {
  /** Days from now. */
  readonly day: number;
  /** In the order to be worked in. */
  readonly steps: readonly PathStep[];
  readonly minutes: number;
  readonly load: number;
}

export interface PathPlan {
  readonly sessions: readonly PathSession[];
  /** Goals that this plan works towards (skill numbers); with a deadline those that fit, else all. */
  readonly goals: readonly number[];
  /** Goals left aside because they do not fit before the deadline. */
  readonly goalsLeftOut: readonly number[];
  /** Value of the plan in the formulation's own units, to be maximised; NaN where the maker has none. */
  readonly value: number;
}

/** Why a step stands in a plan. Facts, not sentences: screens and the CLI put them into words. */
export interface StepExplanation {
  readonly step: PathStep;
  readonly session: number;
  readonly evidence: {
    readonly mastery: number;
    /** Standard deviation of the estimate. */
    readonly deviation: number;
    readonly answers: number;
    readonly right: number;
    /** Days since the skill was last practised; null when never. */
    readonly daysSince: number | null;
    /** Expected share recalled now, 0 to 1. */
    readonly recall: number;
    /** Skills built on this one or under it whose answers informed the estimate when it has none of its own. */
    readonly inferredFrom: readonly number[];
  };
  /** Believed mastery just after the step. */
  readonly masteryAfter: number;
  /** Hard prerequisites with their believed mastery. */
  readonly prerequisites: readonly { readonly skill: number; readonly mastery: number }[];
  /** Needed skills that this one is a prerequisite of and that are not learned yet. */
  readonly opens: readonly { readonly skill: number; readonly alone: boolean }[];
  /** Goals that it serves, each with a chain of skills from this one to the goal, both ends included. */
  readonly serves: readonly { readonly goal: number; readonly chain: readonly number[] }[];
  /** Confusable skills kept out of the same session. */
  readonly keptApart: readonly number[];
  /** The best plan found with this step forbidden, and what it is worth less; null until asked for. */
  readonly runnerUp: {
    readonly plan: PathPlan;
    readonly valueLost: number;
    readonly instead: readonly number[];
  } | null;
}
