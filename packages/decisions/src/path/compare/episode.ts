/**
 * One policy with one simulated learner: plan, practise, look at the answers, plan again, until all goals are mastered
 * together or the sessions are over.
 */
import type { PathState } from '../types.ts';
import { defaults } from '../weights.ts';
import type { Scenario } from './scenario.ts';

/** A policy as the comparison sees it: a state (answers only went into it) to the skills of the next session, in order. */
export type PathPolicy = (state: PathState, session: number) => readonly number[];

export interface EpisodeOptions {
  readonly sessions: number;
  /** True mastery that counts as competent; default .8. */
  readonly competent?: number;
  readonly minutesPerSession?: number;
  readonly daysBetweenSessions?: number;
  /** Counts goals met at the last session instead of stopping when all are. */
  readonly deadline?: boolean;
}

/** What became of one learner under one policy. */
export interface EpisodeResult {
  /** Sessions until all goals were mastered together, or the horizon. */
  readonly sessions: number;
  readonly minutes: number;
  readonly competent: boolean;
  /** Mean true mastery of the goals 30 days after the last session. */
  readonly retention30: number;
  /** Share of sessions beyond the learner's load. */
  readonly overloaded: number;
  /** Share of goals mastered after the last session. */
  readonly goalsMet: number;
}

export const COMPETENT = 0.8;

export function runEpisode(scenario: Scenario, policy: PathPolicy, options: EpisodeOptions): EpisodeResult {
  const { learner, tracker } = scenario.start();
  const threshold = options.competent ?? COMPETENT;
  const daysBetween = options.daysBetweenSessions ?? defaults.daysBetweenSessions;
  const met = (day: number): number =>
    scenario.goals.filter(({ skill }) => learner.mastery(skill, day) >= threshold).length / scenario.goals.length;
  let minutes = 0;
  let overloaded = 0;
  let session = 0;
  let day = 0;
  let share = 0;
  while (session < options.sessions && (share < 1 || options.deadline === true)) {
    day = 1 + session * daysBetween;
    learner.startSession(day);
    let over = false;
    for (const skill of policy(stateOf(scenario, tracker.beliefs(day), options, session), session)) {
      minutes += scenario.minutes[skill];
      const { correct, overloaded: heavy } = learner.practise(skill);
      for (const answer of correct) tracker.answered(skill, day, answer === 1);
      over ||= heavy;
    }
    if (over) overloaded++;
    session++;
    share = met(day);
  }
  const after = scenario.goals.reduce((sum, { skill }) => sum + learner.mastery(skill, day + 30), 0);
  return {
    sessions: session,
    minutes,
    competent: share >= 1,
    retention30: after / scenario.goals.length,
    overloaded: session === 0 ? 0 : overloaded / session,
    goalsMet: share,
  };
}

function stateOf(
  scenario: Scenario,
  beliefs: PathState['beliefs'],
  options: EpisodeOptions,
  session: number,
): PathState {
  return {
    graph: scenario.graph,
    beliefs,
    goals: scenario.goals,
    minutes: scenario.minutes,
    confusable: scenario.world.confusable,
    related: scenario.world.related,
    ...(options.minutesPerSession === undefined ? {} : { minutesPerSession: options.minutesPerSession }),
    ...(options.daysBetweenSessions === undefined ? {} : { daysBetweenSessions: options.daysBetweenSessions }),
    ...(options.deadline === true ? { deadlineSessions: options.sessions - session } : {}),
  };
}
