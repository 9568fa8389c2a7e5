/**
 * What planners believe about learning, in one place. These are round figures from the literature, deliberately not
 * the constants of the simulator (`../simulator`) nor its equations: a planner that was given the truth would prove
 * nothing. Anything that helps is learned from answers (`tracker.ts`).
 */

export interface ForecastParameters {
  /** Chance of a right answer without mastery, and of a wrong one with it (Corbett & Anderson 1995 bound both). */
  readonly guess: number;
  readonly slip: number;
  /** Answers that count as one activity. */
  readonly answersPerActivity: number;
  /** One answer closes about this share of what is missing, at full readiness and ordinary speed. */
  readonly step: number;
  /** Share of what was forgotten that comes back by taking the skill up again (savings; Ebbinghaus 1885). */
  readonly savings: number;
  /** A hard prerequisite opens half at this mastery, over this width. */
  readonly gateMiddle: number;
  readonly gateWidth: number;
  /** A soft prerequisite that is not known at all leaves this share of the speed. */
  readonly softFloor: number;
  /** Readiness never counts as less. */
  readonly leastReadiness: number;
  /** Days to 90 % recall of a skill met for the first time, and of one known before. */
  readonly newStability: number;
  readonly oldStability: number;
  /** S' = S (1 + f (massed + spaced (1 - R))). */
  readonly massed: number;
  readonly spaced: number;
  /** Learning speed beside a confusable skill in one session; share of a gain passed on to a related skill. */
  readonly interference: number;
  readonly transfer: number;
  /** Mastery at first of skills that were known before, and of others: the middle, and how far it may lie off. */
  readonly knownLevel: number;
  readonly unknownLevel: number;
  readonly levelSpread: number;
  /** Chance that a skill is known at first when all its hard prerequisites are, and when one is not. */
  readonly knownWhenReady: number;
  readonly knownWhenUnready: number;
  /** Over what share of the course's depth "known" turns into "not known yet" around how far the learner has come. */
  readonly reachWidth: number;
  /** Speeds held possible for learner and skill together, slowest (hardly learning at all) first, with their chances. */
  readonly speeds: readonly number[];
  readonly speedChances: readonly number[];
  /** Chance per answer that the speed on a skill has changed (a prerequisite was mended, say). */
  readonly speedChange: number;
}

export const defaultForecast: ForecastParameters = {
  guess: 0.2,
  slip: 0.1,
  answersPerActivity: 3,
  step: 0.12,
  savings: 0.5,
  gateMiddle: 0.5,
  gateWidth: 0.1,
  softFloor: 0.7,
  leastReadiness: 0.05,
  newStability: 6,
  oldStability: 60,
  massed: 0.2,
  spaced: 4,
  interference: 0.7,
  transfer: 0.1,
  knownLevel: 0.9,
  unknownLevel: 0.12,
  levelSpread: 0.08,
  knownWhenReady: 0.95,
  knownWhenUnready: 0.06,
  reachWidth: 0.12,
  speeds: [0.05, 0.4, 0.8, 1.3, 2],
  speedChances: [0.12, 0.2, 0.34, 0.24, 0.1],
  speedChange: 0.03,
};
