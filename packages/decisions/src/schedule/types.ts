/**
 * Tutoring schedules: who teaches whom, what, when and where. Everything here is plain JSON: a state is what our own file
 * format holds. People, slots and rooms are named by ids, which are unique within their list.
 */
import type { Violation } from '../decision.ts';

/** A stretch of time in which sessions can be held. */
export interface ScheduleSlot {
  readonly id: string;
  /** ISO 8601 instants with an offset: "2026-10-25T09:00:00+01:00". */
  readonly start: string;
  readonly end: string;
}

export interface ScheduleRoom {
  readonly id: string;
  readonly name?: string;
  /** Learners that it seats, 1 or more. */
  readonly seats: number;
  /** What it offers: "step-free", "projector". */
  readonly features?: readonly string[];
  /** Where it is; rooms without a site share one. */
  readonly site?: string;
  /** Slots in which it can be used; absent: all. */
  readonly available?: readonly string[];
}

/** Things that are used up while a session lasts, one per learner: devices, licences. */
export interface ScheduleResource {
  readonly id: string;
  readonly name?: string;
  readonly quantity: number;
  /** Skills that need one per learner. */
  readonly skills: readonly string[];
}

export interface ScheduleTutor {
  readonly id: string;
  readonly name?: string;
  /** Skills that this person teaches, with how well, 0 to 1 of a learner's gain (1: all of it). */
  readonly skills: Readonly<Record<string, number>>;
  readonly available: readonly string[];
  /** Sessions over the whole horizon. `least` (default 0) is a hard rule where anybody can be taught by this person. */
  readonly most: number;
  readonly least?: number;
  /** Price of one session, in the unit of the objective. Default 0. */
  readonly cost?: number;
  /** Languages spoken; absent: everybody's. */
  readonly languages?: readonly string[];
  /** Features that the room must have for this person. */
  readonly access?: readonly string[];
  /** Learners in one session at most. Default 1. */
  readonly groupSize?: number;
}

/** What a learner should be taught. */
export interface ScheduleNeed {
  readonly skill: string;
  /** Sessions wanted, 1 or more. Fewer is allowed, and is reported as unmet. */
  readonly sessions: number;
  /** Learning gain of one session with a tutor of quality 1, from the learner model. */
  readonly gain: number;
  /** How far the learner is, 0 to 1: who shares a group is within `levelWidth`. Absent: fits every group. */
  readonly level?: number;
  /** Gain with named tutors, in place of `gain` times the tutor's quality. */
  readonly gainWith?: Readonly<Record<string, number>>;
}

export interface ScheduleLearner {
  readonly id: string;
  readonly name?: string;
  /** 1: as everybody; gains are multiplied by it. */
  readonly priority?: number;
  readonly available: readonly string[];
  readonly needs: readonly ScheduleNeed[];
  /** Languages in which this learner can be taught; absent: any. */
  readonly languages?: readonly string[];
  /** Features that the room must have. */
  readonly access?: readonly string[];
  /** Group of people between which access is compared. */
  readonly group?: string;
  /** "alone": never with others; "any" (default): groups welcome. */
  readonly company?: 'alone' | 'any';
  /** Learners who may not share a session with this one. */
  readonly apart?: readonly string[];
}

/** A person's choice that every plan keeps. What is left out, the planner chooses. */
export interface SchedulePin {
  readonly learner: string;
  readonly skill: string;
  readonly tutor?: string;
  readonly slot?: string;
  readonly room?: string;
  readonly by?: string;
  readonly reason?: string;
}

/** One learner's part in a session. Learners with the same tutor, slot, skill and room share the session. */
export interface ScheduleAssignment {
  readonly learner: string;
  readonly skill: string;
  readonly tutor: string;
  readonly slot: string;
  /** Absent where the state names no rooms. */
  readonly room?: string;
}

/** Weights of the objective's terms, each in points of learning gain. Default 0, which switches a term off; gain and cost 1. */
export interface ScheduleWeights {
  /** Times gain x priority. */
  readonly gain: number;
  /** Times the tutor's cost, once per session. */
  readonly cost: number;
  /** Per distinct tutor of a learner who wants two sessions or more. */
  readonly continuity: number;
  /** Per unit of unevenness of tutors' loads, see `loadFairness`. */
  readonly load: number;
  /** Per unit of unevenness of access between groups of learners: sum over groups of wanted x (met share - overall met share)^2. */
  readonly access: number;
  /** Per pair of sessions that a learner has on one day. */
  readonly spread: number;
  /**
   * Per session of `published` that is given up (its learner no longer meets that tutor in that slot) although it could still
   * take place. Sessions that became impossible cost nothing.
   */
  readonly change: number;
}

export interface ScheduleRules {
  /** Sessions of one learner on one day, and in one week, at most. Default: no limit. */
  readonly mostPerDay?: number;
  readonly mostPerWeek?: number;
  /** Minutes free between two sessions of one person. Default 0. */
  readonly bufferMinutes?: number;
  /** Minutes from site to site, both ways; pairs not named take 0. */
  readonly travelMinutes?: readonly (readonly [site: string, site: string, minutes: number])[];
  /** Share of the gain that is left per learner in a group of 1, 2, 3, ...; default 1, .9, .8, .7, then no larger groups. */
  readonly groupShare?: readonly number[];
  /** How far apart the levels in a group may be. Default 0.25. */
  readonly levelWidth?: number;
}

/** Everything a planner knows. */
export interface ScheduleState {
  readonly name?: string;
  /** IANA time zone in which days and weeks are counted: "Europe/Madrid". */
  readonly timeZone: string;
  readonly slots: readonly ScheduleSlot[];
  readonly learners: readonly ScheduleLearner[];
  readonly tutors: readonly ScheduleTutor[];
  /** Absent or empty: sessions need no room. */
  readonly rooms?: readonly ScheduleRoom[];
  readonly resources?: readonly ScheduleResource[];
  readonly rules?: ScheduleRules;
  readonly weights?: Partial<ScheduleWeights>;
  /** `range`: most minus least load of tutors who can teach anybody; `squares` (default): sum of squared distances from their mean. */
  readonly loadFairness?: 'range' | 'squares';
  readonly pins?: readonly SchedulePin[];
  /** The plan that people have in their calendars; it may name people and slots that have gone since. */
  readonly published?: readonly ScheduleAssignment[];
}

/** Contributions to the objective, signed: they add up to it. */
export type ScheduleTerms = Readonly<Record<keyof ScheduleWeights, number>>;

export interface SchedulePlan {
  readonly assignments: readonly ScheduleAssignment[];
  /** To be maximised. */
  readonly objective: number;
  readonly terms: ScheduleTerms;
}

/** Something that happened after the plan was published; applied in order. */
export type ScheduleEvent =
  | { readonly kind: 'tutor-out'; readonly tutor: string; readonly slots?: readonly string[] }
  | { readonly kind: 'learner-out'; readonly learner: string; readonly slots?: readonly string[] }
  | { readonly kind: 'learner-gone'; readonly learner: string }
  | { readonly kind: 'learner-added'; readonly learner: ScheduleLearner }
  | { readonly kind: 'tutor-gone'; readonly tutor: string }
  | { readonly kind: 'tutor-added'; readonly tutor: ScheduleTutor }
  | { readonly kind: 'slot-closed'; readonly slot: string }
  | { readonly kind: 'room-closed'; readonly room: string; readonly slots?: readonly string[] }
  | { readonly kind: 'need-changed'; readonly learner: string; readonly skill: string; readonly sessions: number };

/** Why a demand is not met. The first six hold whatever the others do; the rest are about this plan. */
export type UnmetReason =
  | 'no-tutor'
  | 'no-language'
  | 'learner-unavailable'
  | 'tutor-unavailable'
  | 'no-common-slot'
  | 'no-room'
  | 'learner-busy'
  | 'learner-limit'
  | 'tutors-full'
  | 'lost-to-others'
  | 'rooms-full'
  | 'resource'
  | 'not-worth-it'
  | 'not-found';

/** One change that makes room for a session, found by trying it in the plan as it is. */
export interface UnmetFix {
  readonly kind: 'tutor-hour' | 'learner-hour' | 'tutor-load' | 'room' | 'resource' | 'teacher';
  /** Who teaches the session then, and when; absent where anybody will do. */
  readonly tutor?: string;
  readonly slot?: string;
  /** What the session adds to the objective. */
  readonly value: number;
  readonly message: string;
}

/** Sessions that a learner wants and does not get. */
export interface UnmetDemand {
  readonly learner: string;
  readonly skill: string;
  readonly wanted: number;
  readonly met: number;
  readonly reason: UnmetReason;
  readonly message: string;
  /** Best first, three at most; empty where no single change helps. */
  readonly fixes: readonly UnmetFix[];
}

export interface ScheduleResult {
  readonly plan: SchedulePlan;
  /** No plan is worth more; null where nothing is proved. */
  readonly bound: number | null;
  /** True: proved to be the best. */
  readonly optimal: boolean;
  /** Hard rules that could not be kept together (least loads, three pins or more); empty as a rule. */
  readonly violations: readonly Violation[];
  readonly unmet: readonly UnmetDemand[];
  /** True when time or a cancellation ended the search. */
  readonly stoppedEarly: boolean;
  /** Work done, in the search's own unit (ejection chains). */
  readonly work: number;
}
