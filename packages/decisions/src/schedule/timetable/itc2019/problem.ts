/**
 * University course timetabling of the International Timetabling Competition 2019 (Mueller, Rudova and Mullerova 2018,
 * "University course timetabling and International Timetabling Competition 2019", PATAT XII; https://www.itc2019.org/format).
 *
 * Every class gets one of its times and, unless it needs none, one of its rooms; every student gets, for each course, one
 * class of every subpart of one of its configurations. Hard: no two classes in a room at once, no class in a room that is
 * unavailable, required distributions, limits of classes, no class without its parent. Soft, minimised and weighted by the
 * problem: penalties of times and rooms, distributions that are not required, and for each student each pair of classes
 * that they cannot both attend, because they overlap or the way between their rooms takes too long.
 */

/** Days and weeks as bits, the first one lowest; start and length in slots of the day. */
export interface ItcTime {
  readonly days: number;
  readonly weeks: number;
  readonly start: number;
  readonly length: number;
}

export interface ItcTimeOption extends ItcTime {
  readonly penalty: number;
}

export interface ItcRoomOption {
  /** Index of the room. */
  readonly room: number;
  readonly penalty: number;
}

export interface ItcClass {
  readonly id: string;
  /** One or more. */
  readonly times: readonly ItcTimeOption[];
  /** Empty: the class needs no room. */
  readonly rooms: readonly ItcRoomOption[];
  /** Students at most; infinite where the file says nothing. */
  readonly limit: number;
  /** Index of the class that everybody in this one takes too, in another subpart of its configuration; -1 without. */
  readonly parent: number;
}

export interface ItcCourse {
  readonly id: string;
  /** Classes (indices) of each subpart of each configuration. */
  readonly configs: readonly (readonly (readonly number[])[])[];
}

export interface ItcStudent {
  readonly id: string;
  /** Indices of the courses, each once. */
  readonly courses: readonly number[];
}

export interface ItcRoom {
  readonly id: string;
  /** Slots to walk to other rooms, by index; the way back is the same, and what neither says takes none. */
  readonly travelTo: ReadonlyMap<number, number>;
  readonly unavailable: readonly ItcTime[];
}

export interface ItcDistribution {
  readonly kind: DistributionKind;
  /** What stands in brackets behind the kind: slots, days, breaks. */
  readonly parameters: readonly number[];
  /** Penalty per unit; null where the rule is required. */
  readonly penalty: number | null;
  /** Indices of its classes, in the order of the file. */
  readonly classes: readonly number[];
}

export interface ItcProblem {
  readonly name: string;
  readonly days: number;
  readonly slotsPerDay: number;
  readonly weeks: number;
  readonly weights: Readonly<Record<'time' | 'room' | 'distribution' | 'student', number>>;
  readonly rooms: readonly ItcRoom[];
  readonly classes: readonly ItcClass[];
  readonly distributions: readonly ItcDistribution[];
  readonly courses: readonly ItcCourse[];
  readonly students: readonly ItcStudent[];
}

/** Rules about any two of their classes, with the number of parameters that they take. */
export const PAIR_KINDS = {
  SameStart: 0,
  SameTime: 0,
  DifferentTime: 0,
  SameDays: 0,
  DifferentDays: 0,
  SameWeeks: 0,
  DifferentWeeks: 0,
  Overlap: 0,
  NotOverlap: 0,
  SameRoom: 0,
  DifferentRoom: 0,
  SameAttendees: 0,
  Precedence: 0,
  WorkDay: 1,
  MinGap: 1,
} as const;

/** Rules about all of their classes together. */
export const GROUP_KINDS = { MaxDays: 1, MaxDayLoad: 1, MaxBreaks: 2, MaxBlock: 2 } as const;

export type PairKind = keyof typeof PAIR_KINDS;
export type GroupKind = keyof typeof GROUP_KINDS;
export type DistributionKind = PairKind | GroupKind;

/** Choices of one class: indices into its times and rooms, -1 where it needs no room. */
export interface ItcChoice {
  readonly time: number;
  readonly room: number;
}

export function isPairKind(kind: DistributionKind): kind is PairKind {
  return Object.hasOwn(PAIR_KINDS, kind);
}
