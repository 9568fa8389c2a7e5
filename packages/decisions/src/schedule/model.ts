/**
 * The schedule as the searches see it: choices in arrays, people and slots as numbers. `compile` makes one of a state (or of
 * a tutoring benchmark file); the search, the bound, the proof and the repair read nothing else.
 *
 * A **request** is what one learner wants of one skill (or one pinned session, alone). An **option** is a request with a
 * tutor and a slot in which all three could meet: hard rules about one learner and one tutor (skill, availability, language,
 * whether any room in that slot would do) have been applied already, so what is not an option is not allowed. A **cell** is a
 * tutor and a slot: `tutor * slots + slot`; learners of one skill who share a cell share its session.
 *
 * Objective, maximised:
 *   sum over cells in use, with k members:  share[k] * sum of gain(option) - cellCost(tutor)
 *   + sum over chosen options of bonus(option)
 *   - continuity * distinct tutors of each learner whose `wanted` is two or more
 *   - spread * pairs of one learner's sessions on one day
 *   - load * unevenness of the loads (sessions, not seats) of tutors who have an option
 *   - access * sum over groups g of wanted_g * (met_g / wanted_g - met / wanted)^2
 * met / wanted is that of all learners, with or without a group. Unevenness is most minus least, or the sum of squared
 * distances from the mean.
 */
export interface ScheduleModel {
  readonly learners: number;
  readonly tutors: number;
  readonly slots: number;

  // Requests, in order of learner.
  /** Learner of each request. */
  readonly requestLearner: Int32Array;
  /** Sessions of each request at most, and at least (1 for a pin, which must be met; else 0). */
  readonly requestMost: Int32Array;
  readonly requestLeast: Int32Array;
  /** Skill of each request, as a number: a session has one. */
  readonly requestSkill: Int32Array;
  /** Level, for groups; NaN fits every group. */
  readonly requestLevel: Float64Array;

  // Options, those of request r at optionStart[r] to optionStart[r + 1], in order of tutor, then slot.
  readonly optionStart: Int32Array;
  readonly optionTutor: Int32Array;
  readonly optionSlot: Int32Array;
  /** Gain x priority x weight: 0 or more; multiplied by the share of its group. */
  readonly optionGain: Float64Array;
  /** Added as it is, whatever the group: what keeping a published session is worth, or any other signed value of the choice. */
  readonly optionBonus: Float64Array;

  // Learners.
  /** Sessions wanted over all requests. */
  readonly wanted: Int32Array;
  /** 1: never shares a session. */
  readonly alone: Uint8Array;
  /** Group between which access is compared, or -1. */
  readonly learnerGroup: Int32Array;
  readonly groups: number;
  /** Pairs who may not share a session: those of learner l at apartStart[l] to apartStart[l + 1] (both ways). */
  readonly apartStart: Int32Array;
  readonly apart: Int32Array;

  // Tutors.
  readonly tutorMost: Int32Array;
  readonly tutorLeast: Int32Array;
  /** Weighted cost of one session, once per cell. */
  readonly cellCost: Float64Array;
  /** Learners in one session of this tutor at most. */
  readonly tutorGroup: Int32Array;
  /** share[k] of the gain is left to each of k learners; share[1] = 1; falls, and k * share[k] may not fall. Longer groups than its length are not allowed. */
  readonly share: Float64Array;
  /** How far apart levels in one session may be. */
  readonly levelWidth: number;

  // Time.
  /** Day and week of each slot, counted from 0 in the state's time zone. */
  readonly slotDay: Int32Array;
  readonly slotWeek: Int32Array;
  readonly days: number;
  readonly weeks: number;
  /** Slots too near to each slot for one person to use both: those of s at nearStart[s] to nearStart[s + 1], never s itself. */
  readonly nearStart: Int32Array;
  readonly near: Int32Array;
  /** Minutes between them, where it depends on the sites: a pair is allowed when travel[siteA * sites + siteB] <= nearMinutes, and without rooms. -1: never. */
  readonly nearMinutes: Float64Array;
  /**
   * Slots that are still going on when slot s starts, those of s at runningStart[s] to runningStart[s + 1]: they share
   * rooms and resources with it. Absent: no two slots overlap.
   */
  readonly runningStart?: Int32Array;
  readonly running?: Int32Array;
  /** Limits of one learner; 2^31 - 1 without. */
  readonly mostPerDay: number;
  readonly mostPerWeek: number;

  // Rooms: null where sessions need none.
  readonly rooms: ScheduleRooms | null;
  /** Resources, used one per learner: quantity of each, and those of each skill as bits (31 at most). */
  readonly resourceQuantity: Int32Array;
  readonly skillResources: Int32Array;

  // Weights of the terms that are not in options.
  readonly continuity: number;
  readonly spread: number;
  readonly load: number;
  readonly loadFairness: 'range' | 'squares';
  readonly access: number;
}

/** Rooms of one session: exactly one, free in the slot, with seats and features for all who come. */
export interface ScheduleRooms {
  readonly count: number;
  readonly seats: Int32Array;
  /** Features as bits (31 at most), and those that each learner and tutor asks for. */
  readonly features: Int32Array;
  readonly learnerFeatures: Int32Array;
  readonly tutorFeatures: Int32Array;
  /** 1 at room * slots + slot where it can be used. */
  readonly available: Uint8Array;
  /** Site of each room; minutes between sites (buffer included) at siteA * sites + siteB. */
  readonly site: Int32Array;
  readonly sites: number;
  readonly travel: Float64Array;
  /** Room that a request is pinned to, or -1. */
  readonly requestRoom: Int32Array;
}

/** A solution: chosen options (indices, ascending), and the room of each (parallel; -1 without rooms). */
export interface ScheduleChoice {
  readonly options: Int32Array;
  readonly rooms: Int32Array;
}
