/**
 * Curriculum-based course timetabling: track 3 of the second International Timetabling Competition (Di Gaspero, McCollum
 * and Schaerf 2007, "The Second International Timetabling Competition (ITC-2007): Curriculum-based Course Timetabling
 * (Track 3)", technical report QUB/IEEE/Tech/ITC2007/CurriculumCTT/v1.0/1), in the formulation that Bonutti et al. 2012
 * call UD2.
 *
 * Hard: every lecture is held once, those of one course in different periods; courses of one curriculum or one teacher
 * never meet at once; no course in a period in which it is unavailable; one lecture in a room at a time.
 * Soft, minimised: 1 per student without a seat, 5 per day that a course lacks of its working days, 2 per lecture of a
 * curriculum with no other of it just before or after on that day, 1 per room of a course beyond its first.
 */

/** Penalties of formulation UD2, per unit of each term. */
export const UD2_WEIGHTS = { roomCapacity: 1, minimumWorkingDays: 5, curriculumCompactness: 2, roomStability: 1 };

export interface CttCourse {
  readonly id: string;
  readonly teacher: string;
  /** Lectures to be held, 1 or more. */
  readonly lectures: number;
  /** Days over which they should be spread. */
  readonly minimumDays: number;
  readonly students: number;
}

export interface CttRoom {
  readonly id: string;
  readonly seats: number;
}

export interface CttCurriculum {
  readonly id: string;
  /** Indices of its courses. */
  readonly courses: readonly number[];
}

export interface CttProblem {
  readonly name: string;
  readonly days: number;
  readonly periodsPerDay: number;
  readonly courses: readonly CttCourse[];
  readonly rooms: readonly CttRoom[];
  readonly curricula: readonly CttCurriculum[];
  /** Course and period (day x periodsPerDay + period of the day) in which it cannot be held. */
  readonly unavailable: readonly (readonly [course: number, period: number])[];
}

/** One lecture in a plan: indices of course and room, period counted over the week. */
export interface CttMeeting {
  readonly course: number;
  readonly room: number;
  readonly period: number;
}
