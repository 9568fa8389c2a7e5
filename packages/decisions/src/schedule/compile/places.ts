/** Rooms, their features and sites, and things that are used up, as numbers. */
import type { ScheduleModel, ScheduleRooms } from '../model.ts';
import type { ScheduleState } from '../types.ts';
import { positions } from './rows.ts';

export interface Places {
  /** Null where sessions need no room. */
  readonly rooms: Omit<ScheduleRooms, 'requestRoom'> | null;
  /** Minutes between the farthest sites, the buffer included; the buffer where there are no rooms. */
  readonly longestTravel: number;
}

export function compilePlaces(state: ScheduleState): Places {
  const { rooms = [], slots, learners, tutors } = state;
  const buffer = state.rules?.bufferMinutes ?? 0;
  if (rooms.length === 0) return { rooms: null, longestTravel: buffer };
  const bitOf = new Map<string, number>();
  const bits = (features: readonly string[] = []): number =>
    features.reduce((sum, feature) => {
      if (!bitOf.has(feature)) bitOf.set(feature, bitOf.size);
      return sum | (1 << (bitOf.get(feature) as number));
    }, 0);
  const slotAt = positions(slots);
  const available = new Uint8Array(rooms.length * slots.length);
  for (const [room, { available: named }] of rooms.entries()) {
    if (named === undefined) available.fill(1, room * slots.length, (room + 1) * slots.length);
    for (const slot of named ?? []) available[room * slots.length + (slotAt.get(slot) as number)] = 1;
  }
  const names = [...new Set(rooms.map(({ site = '' }) => site))];
  const travel = new Float64Array(names.length ** 2).fill(buffer);
  for (const [a, b, minutes] of state.rules?.travelMinutes ?? []) {
    const [from, to] = [names.indexOf(a), names.indexOf(b)];
    if (from < 0 || to < 0) continue;
    travel[from * names.length + to] = buffer + minutes;
    travel[to * names.length + from] = buffer + minutes;
  }
  return {
    rooms: {
      ...{ count: rooms.length, available, sites: names.length, travel },
      seats: Int32Array.from(rooms, ({ seats }) => seats),
      features: Int32Array.from(rooms, ({ features }) => bits(features)),
      learnerFeatures: Int32Array.from(learners, ({ access }) => bits(access)),
      tutorFeatures: Int32Array.from(tutors, ({ access }) => bits(access)),
      site: Int32Array.from(rooms, ({ site = '' }) => names.indexOf(site)),
    },
    longestTravel: Math.max(...travel),
  };
}

/** Resources, and those of each skill as bits; skills in the order given. */
export function compileResources(
  { resources = [] }: ScheduleState,
  skills: readonly string[],
): Pick<ScheduleModel, 'resourceQuantity' | 'skillResources'> {
  return {
    resourceQuantity: Int32Array.from(resources, ({ quantity }) => quantity),
    skillResources: Int32Array.from(skills, (skill) =>
      resources.reduce((sum, resource, k) => (resource.skills.includes(skill) ? sum | (1 << k) : sum), 0),
    ),
  };
}
