/** Which session is in which room: the smallest one that is free, fits all who come, and that they can reach in time. */
import type { ScheduleModel } from '../model.ts';
import { overlappingSlots } from '../overlap.ts';

export interface RoomBook {
  /** A room for these options in one cell: the one that it has where that will do, else the smallest; -1 where none does. */
  find(tutor: number, slot: number, options: readonly number[]): number;
  take(tutor: number, slot: number, room: number): void;
  release(tutor: number, slot: number): void;
  roomOf(tutor: number, slot: number): number;
  /** Rooms that cells should take when they can, until the wishes are forgotten. */
  prefer(tutor: number, slot: number, room: number): void;
  forgetWishes(): void;
}

interface Books {
  readonly requestOf: Int32Array;
  readonly ofLearner: readonly (readonly number[])[];
  readonly ofTutor: readonly (readonly number[])[];
}

/** @param model a model with rooms. */
export function createRoomBook(model: ScheduleModel, { requestOf, ofLearner, ofTutor }: Books): RoomBook {
  const { rooms, slots, optionSlot, optionTutor, requestLearner } = model;
  if (rooms === null) throw new RangeError('createRoomBook: expected a model with rooms, got one without; ask first.');
  const roomOfCell = new Map<number, number>();
  const wishes = new Map<number, number>();
  const cellIn = new Int32Array(rooms.count * slots).fill(-1);
  const bySize = Array.from({ length: rooms.count }, (_, k) => k).sort(
    (a, b) => rooms.seats[a] - rooms.seats[b] || a - b,
  );
  const overlapping = overlappingSlots(model).map((others, slot) => [slot, ...others]);
  const roomOf = (tutor: number, slot: number): number => roomOfCell.get(tutor * slots + slot) ?? -1;

  /** Whether somebody in this room now can be in the rooms of sessions near in time. */
  const reaches = (room: number, slot: number, others: readonly (readonly [slot: number, room: number])[]): boolean => {
    for (let k = model.nearStart[slot]; k < model.nearStart[slot + 1]; k++) {
      for (const [there, other] of others) {
        if (model.near[k] !== there || other < 0) continue;
        if (rooms.travel[rooms.site[room] * rooms.sites + rooms.site[other]] > model.nearMinutes[k]) return false;
      }
    }
    return true;
  };

  const suits = (room: number, cell: number, slot: number, options: readonly number[]): boolean => {
    const tutor = Math.floor(cell / slots);
    if (rooms.available[room * slots + slot] === 0 || rooms.seats[room] < options.length) return false;
    if (overlapping[slot].some((at) => ![-1, cell].includes(cellIn[room * slots + at]))) return false;
    const asked = options.reduce(
      (bits, option) => bits | rooms.learnerFeatures[requestLearner[requestOf[option]]],
      rooms.tutorFeatures[tutor],
    );
    if ((asked & ~rooms.features[room]) !== 0) return false;
    if (options.some((option) => ![-1, room].includes(rooms.requestRoom[requestOf[option]]))) return false;
    if (
      !reaches(
        room,
        slot,
        ofTutor[tutor].map((at) => [at, roomOf(tutor, at)]),
      )
    )
      return false;
    return options.every((option) =>
      reaches(
        ...([room, slot] as const),
        ofLearner[requestLearner[requestOf[option]]].map((other) => [
          optionSlot[other],
          roomOf(optionTutor[other], optionSlot[other]),
        ]),
      ),
    );
  };

  const release = (tutor: number, slot: number): void => {
    const room = roomOf(tutor, slot);
    if (room >= 0) cellIn[room * slots + slot] = -1;
    roomOfCell.delete(tutor * slots + slot);
  };

  return {
    roomOf,
    release,
    find(tutor, slot, options) {
      const cell = tutor * slots + slot;
      const first = roomOfCell.get(cell) ?? wishes.get(cell) ?? -1;
      if (first >= 0 && suits(first, cell, slot, options)) return first;
      return bySize.find((room) => suits(room, cell, slot, options)) ?? -1;
    },
    take(tutor, slot, room) {
      release(tutor, slot);
      roomOfCell.set(tutor * slots + slot, room);
      cellIn[room * slots + slot] = tutor * slots + slot;
    },
    prefer: (tutor, slot, room) => void (room >= 0 && wishes.set(tutor * slots + slot, room)),
    forgetWishes: () => wishes.clear(),
  };
}
