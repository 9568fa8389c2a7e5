/**
 * A timetable with its counters: cells of period and room with a lecture each, and what it costs to move or swap lectures.
 * Conflicts are allowed and counted in pairs; every other hard rule always holds. Costs are whole numbers.
 */
import type { CttArrays } from './arrays.ts';
import { UD2_WEIGHTS } from './problem.ts';

const { minimumWorkingDays: DAY_WEIGHT, roomStability: ROOM_WEIGHT } = UD2_WEIGHTS;

export interface CttBoard {
  readonly period: Int32Array;
  readonly room: Int32Array;
  /** Lecture at period * rooms + room, or -1. */
  readonly cell: Int32Array;
  /** Lectures at course * periods + period of courses that may not meet with it, its own among them. */
  readonly rivalCount: Int32Array;
  /** Pairs of rival lectures in one period, and the UD2 cost. */
  conflicts(): number;
  cost(): number;
  /** Conflicts that would come or go if the lecture went to another period, where `other` (or -1) leaves for this one's. */
  conflictChange(lecture: number, toPeriod: number, other: number): number;
  /** The same for the UD2 cost; `other` is what lies in the cell that the lecture goes to. */
  costChange(lecture: number, toPeriod: number, toRoom: number, other: number): number;
  /** Moves the lecture to a cell; what lies there comes to this one's. The changes are those that were asked for. */
  apply(lecture: number, toPeriod: number, toRoom: number, conflictChange: number, costChange: number): void;
  /** Puts the lectures as given (every cell at most once) and counts anew. */
  load(period: Int32Array, room: Int32Array): void;
}

export function createCttBoard(arrays: CttArrays): CttBoard {
  const { lectures, courses, rooms, curricula, days, periodsPerDay, periods } = arrays;
  const { lectureCourse, seats, minimumDays, curriculumStart, curriculumList, belongs } = arrays;
  const { rivalStart, rivalList, rivals, lonely } = arrays;
  const period = new Int32Array(lectures);
  const room = new Int32Array(lectures);
  const cell = new Int32Array(periods * rooms);
  const rivalCount = new Int32Array(courses * periods);
  const courseDay = new Int32Array(courses * days);
  const courseDays = new Int32Array(courses);
  const courseRoom = new Int32Array(courses * rooms);
  /** Lectures of each curriculum in each period, and each day's periods with any as bits. */
  const curriculumCount = new Int32Array(curricula * periods);
  const mask = new Int32Array(curricula * days);
  const dayOf = Int32Array.from({ length: periods }, (_, p) => Math.floor(p / periodsPerDay));
  const bitOf = Int32Array.from({ length: periods }, (_, p) => 1 << (p % periodsPerDay));
  let conflicts = 0;
  let cost = 0;

  /** Change of lonely lectures when one of `course` goes from period to period, but for curricula that have `without`. */
  function compactnessChange(course: number, from: number, to: number, without: number): number {
    const fromDay = dayOf[from];
    const toDay = dayOf[to];
    const fromBit = bitOf[from];
    const toBit = bitOf[to];
    const end = curriculumStart[course + 1];
    let change = 0;
    for (let k = curriculumStart[course]; k < end; k++) {
      const q = curriculumList[k];
      if (without >= 0 && belongs[q * courses + without] === 1) continue;
      const before = mask[q * days + fromDay];
      const left = curriculumCount[q * periods + from] === 1 ? before & ~fromBit : before;
      if (fromDay === toDay) change += lonely[left | toBit] - lonely[before];
      else {
        const there = mask[q * days + toDay];
        change += lonely[left] - lonely[before] + lonely[there | toBit] - lonely[there];
      }
    }
    return change;
  }

  /** Change of missing working days when a lecture of `course` goes from day to day. */
  function dayChange(course: number, fromDay: number, toDay: number): number {
    if (fromDay === toDay) return 0;
    const lack = minimumDays[course] - courseDays[course];
    const after =
      lack + (courseDay[course * days + fromDay] === 1 ? 1 : 0) - (courseDay[course * days + toDay] === 0 ? 1 : 0);
    return DAY_WEIGHT * (Math.max(0, after) - Math.max(0, lack));
  }

  function roomChange(course: number, from: number, to: number): number {
    if (from === to) return 0;
    const base = course * rooms;
    const stability =
      (courseRoom[base + to] === 0 ? ROOM_WEIGHT : 0) - (courseRoom[base + from] === 1 ? ROOM_WEIGHT : 0);
    return seats[base + to] - seats[base + from] + stability;
  }

  function conflictChange(lecture: number, toPeriod: number, other: number): number {
    const from = period[lecture];
    if (from === toPeriod) return 0;
    const course = lectureCourse[lecture];
    // The lecture counts itself where it is.
    const own = rivalCount[course * periods + toPeriod] - rivalCount[course * periods + from] + 1;
    if (other < 0) return own;
    const second = lectureCourse[other];
    const theirs = rivalCount[second * periods + from] - rivalCount[second * periods + toPeriod] + 1;
    return own + theirs - 2 * rivals[course * courses + second];
  }

  function costChange(lecture: number, toPeriod: number, toRoom: number, other: number): number {
    const course = lectureCourse[lecture];
    const from = period[lecture];
    const fromRoom = room[lecture];
    const second = other < 0 ? -1 : lectureCourse[other];
    let change = roomChange(course, fromRoom, toRoom);
    if (second >= 0) change += roomChange(second, toRoom, fromRoom);
    if (from === toPeriod) return change;
    change += dayChange(course, dayOf[from], dayOf[toPeriod]) + compactnessChange(course, from, toPeriod, second);
    if (second < 0) return change;
    return change + dayChange(second, dayOf[toPeriod], dayOf[from]) + compactnessChange(second, toPeriod, from, course);
  }

  /** Counts a lecture of the course in (step 1) or out (step -1). */
  function count(course: number, at: number, where: number, step: number): void {
    const day = dayOf[at];
    for (let k = rivalStart[course]; k < rivalStart[course + 1]; k++) rivalCount[rivalList[k] * periods + at] += step;
    const used = courseDay[course * days + day] + step;
    courseDay[course * days + day] = used;
    if (used === (step > 0 ? 1 : 0)) courseDays[course] += step;
    courseRoom[course * rooms + where] += step;
    for (let k = curriculumStart[course]; k < curriculumStart[course + 1]; k++) {
      const q = curriculumList[k];
      const held = curriculumCount[q * periods + at] + step;
      curriculumCount[q * periods + at] = held;
      if (held === 0) mask[q * days + day] &= ~bitOf[at];
      else mask[q * days + day] |= bitOf[at];
    }
  }

  function apply(lecture: number, toPeriod: number, toRoom: number, conflictStep: number, costStep: number): void {
    const from = period[lecture];
    const fromRoom = room[lecture];
    const other = cell[toPeriod * rooms + toRoom];
    count(lectureCourse[lecture], from, fromRoom, -1);
    if (other >= 0) {
      count(lectureCourse[other], toPeriod, toRoom, -1);
      count(lectureCourse[other], from, fromRoom, 1);
      period[other] = from;
      room[other] = fromRoom;
    }
    count(lectureCourse[lecture], toPeriod, toRoom, 1);
    period[lecture] = toPeriod;
    room[lecture] = toRoom;
    cell[from * rooms + fromRoom] = other;
    cell[toPeriod * rooms + toRoom] = lecture;
    conflicts += conflictStep;
    cost += costStep;
  }

  function load(periodOf: Int32Array, roomOf: Int32Array): void {
    for (const counters of [rivalCount, courseDay, courseDays, courseRoom, curriculumCount, mask]) counters.fill(0);
    cell.fill(-1);
    period.set(periodOf);
    room.set(roomOf);
    for (let l = 0; l < lectures; l++) {
      cell[period[l] * rooms + room[l]] = l;
      count(lectureCourse[l], period[l], room[l], 1);
    }
    conflicts = 0;
    for (let l = 0; l < lectures; l++) conflicts += (rivalCount[lectureCourse[l] * periods + period[l]] - 1) / 2;
    cost = 0;
    for (let l = 0; l < lectures; l++) cost += seats[lectureCourse[l] * rooms + room[l]];
    for (let c = 0; c < courses; c++) {
      cost += DAY_WEIGHT * Math.max(0, minimumDays[c] - courseDays[c]);
      cost += ROOM_WEIGHT * (courseRoom.subarray(c * rooms, (c + 1) * rooms).filter((n) => n > 0).length - 1);
    }
    for (const bits of mask) cost += lonely[bits];
  }

  return {
    period,
    room,
    cell,
    rivalCount,
    conflicts: () => conflicts,
    cost: () => cost,
    conflictChange,
    costChange,
    apply,
    load,
  };
}
