/** Rooms of sessions: one each, free, large enough, with what people need, and within reach of the session before. */
import { groupBy } from '../compile/rows.ts';
import type { ScheduleRooms } from '../model.ts';
import type { Draft, Terms } from './draft.ts';
import { goingOn, mostTogether, type SessionTerms } from './sessions.ts';

/** Room variables of one cell (tutor * slots + slot). */
export type RoomsOfCell = readonly { readonly room: number; readonly variable: number }[];

export function addRooms(draft: Draft, sessions: SessionTerms): ReadonlyMap<number, RoomsOfCell> {
  const { model, cells, compiled } = draft;
  const { rooms, slots } = model;
  if (rooms === null) return new Map();
  const named = compiled.state.rooms ?? [];
  const chosen = new Map<number, RoomsOfCell>();
  for (const [cell, options] of cells) {
    const { tutor, slot } = compiled.sessionOf(options[0], -1);
    const open = named.flatMap(({ id }, room) => {
      const fits = (rooms.tutorFeatures[Math.floor(cell / slots)] & ~rooms.features[room]) === 0;
      if (!fits || rooms.available[room * slots + (cell % slots)] === 0) return [];
      const variable = draft.binary(`${tutor} in ${slot} in room ${id}`, (view) => view.roomOf(cell) === room);
      return [{ room, variable }];
    });
    chosen.set(cell, open);
    const session = sessions.get(cell) ?? [];
    const less = session.map(([variable, c]) => [variable, -c] as const);
    draft.row(`${tutor} in ${slot}: a room`, [...sum(open), ...less], '==', 0);
    addFit(draft, rooms, cell, options, open);
  }
  addTaken(draft, rooms, chosen);
  addTravel(draft, rooms, chosen);
  return chosen;
}

const sum = (rooms: RoomsOfCell, coefficient = 1): Terms => rooms.map(({ variable }) => [variable, coefficient]);

/** Seats for all, and for each learner a room that suits. */
function addFit(draft: Draft, rooms: ScheduleRooms, cell: number, options: readonly number[], open: RoomsOfCell): void {
  const { model, requestOf, compiled } = draft;
  const { tutor, slot } = compiled.sessionOf(options[0], -1);
  if (mostTogether(model, Math.floor(cell / model.slots)) > 1) {
    const seats = open.map(({ room, variable }) => [variable, -rooms.seats[room]] as const);
    draft.row(`${tutor} in ${slot}: seats for all`, [...options.map((o) => [o, 1] as const), ...seats], '<=', 0);
  }
  for (const option of options) {
    const request = requestOf[option];
    const asked = rooms.learnerFeatures[model.requestLearner[request]];
    const pinned = rooms.requestRoom[request];
    const suit = open.filter(({ room }) => (asked & ~rooms.features[room]) === 0 && (pinned < 0 || pinned === room));
    if (suit.length === open.length) continue;
    const { learner } = compiled.sessionOf(option, -1);
    draft.row(`${learner} with ${tutor} in ${slot}: a room that suits`, [[option, 1], ...sum(suit, -1)], '<=', 0);
  }
}

function addTaken(
  { model, compiled, row }: Draft,
  rooms: ScheduleRooms,
  chosen: ReadonlyMap<number, RoomsOfCell>,
): void {
  const { rooms: named = [], slots } = compiled.state;
  for (let slot = 0; slot < model.slots; slot++) {
    const moment = goingOn(model, slot);
    const there = [...chosen].flatMap(([cell, open]) => (moment.includes(cell % model.slots) ? open : []));
    for (let room = 0; room < rooms.count; room++) {
      const users = there.filter((each) => each.room === room);
      if (users.length > 1) row(`room ${named[room].id} in ${slots[slot].id}: one session`, sum(users), '<=', 1);
    }
  }
}

/** Who goes from one session to the next needs the time for the way; hours that overlap are kept apart elsewhere. */
function addTravel(draft: Draft, rooms: ScheduleRooms, chosen: ReadonlyMap<number, RoomsOfCell>): void {
  const { model, cells, compiled } = draft;
  const { nearStart, near, nearMinutes, slots } = model;
  const cellsIn = groupBy(cells.keys(), (cell) => cell % slots);
  for (let slot = 0; slot < slots; slot++) {
    for (let k = nearStart[slot]; k < nearStart[slot + 1]; k++) {
      if (near[k] < slot || nearMinutes[k] < 0) continue;
      for (const from of cellsIn.get(slot) ?? []) {
        for (const to of cellsIn.get(near[k]) ?? []) {
          const sameTutor = Math.floor(from / slots) === Math.floor(to / slots);
          const both = sameTutor ? [null] : sharedLearners(draft, cells.get(from) ?? [], cells.get(to) ?? []);
          if (both.length === 0) continue;
          for (const [near_, far] of farSites(rooms, chosen.get(from) ?? [], chosen.get(to) ?? [], nearMinutes[k])) {
            for (const pair of both) {
              const people = (pair ?? []).map((option) => [option, 1] as const);
              const { tutor, slot: at } = compiled.sessionOf((cells.get(from) ?? [])[0], -1);
              const { tutor: next, slot: then } = compiled.sessionOf((cells.get(to) ?? [])[0], -1);
              const who = pair === null ? tutor : compiled.sessionOf(pair[0], -1).learner;
              const name = `${who} from ${tutor} in ${at} to ${next} in ${then}: time for the way`;
              draft.row(name, [...people, ...sum(near_), ...sum(far)], '<=', pair === null ? 1 : 3);
            }
          }
        }
      }
    }
  }
}

/** Pairs of options of one learner in two cells. */
function sharedLearners({ model, requestOf }: Draft, first: readonly number[], second: readonly number[]): number[][] {
  const learner = (option: number): number => model.requestLearner[requestOf[option]];
  return first.flatMap((a) => second.filter((b) => learner(a) === learner(b)).map((b) => [a, b]));
}

/** Per site of the first rooms: those rooms, and the second rooms that are too far from it. */
function farSites(rooms: ScheduleRooms, first: RoomsOfCell, second: RoomsOfCell, minutes: number) {
  const bySite = groupBy(first, ({ room }) => rooms.site[room]);
  return [...bySite]
    .map(([site, here]) => {
      const far = second.filter(({ room }) => rooms.travel[site * rooms.sites + rooms.site[room]] > minutes);
      return [here, far] as const;
    })
    .filter(([, far]) => far.length > 0);
}
