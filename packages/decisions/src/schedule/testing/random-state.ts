/** Small random states with every feature, for tests that compare independent readings of the same rules. */
import { createRandom, type Random } from '@qurriculum/random';
import type { ScheduleAssignment, ScheduleLearner, ScheduleState, ScheduleTutor } from '../types.ts';

export interface RandomStateOptions {
  readonly learners?: number;
  readonly tutors?: number;
  readonly slots?: number;
  /** Leaves out rooms, resources, groups, pins and limits. */
  readonly plain?: boolean;
}

const SKILLS = ['ratio', 'roots', 'rates'];
const LANGUAGES = ['ca', 'es', 'en'];

/** A state that `requireState` takes. */
export function randomState(seed: number, options: RandomStateOptions = {}): ScheduleState {
  const random = createRandom(seed).fork('schedule state');
  const { learners: learnerCount = 5, tutors: tutorCount = 3, slots: slotCount = 6, plain = false } = options;
  const slots = randomSlots(random, slotCount, plain);
  const some = <T>(list: readonly T[], chance: number): T[] => list.filter(() => random.chance(chance));
  const tutors = Array.from(
    { length: tutorCount },
    (_, t): ScheduleTutor => ({
      id: `T${t}`,
      skills: Object.fromEntries(some(SKILLS, 0.7).map((skill) => [skill, (1 + random.integer(4)) / 4])),
      available: some(slots, 0.8).map(({ id }) => id),
      ...{ most: 1 + random.integer(4), cost: random.integer(3) },
      ...(plain ? {} : { groupSize: 1 + random.integer(3), access: some(['step-free'], 0.2) }),
      ...(random.chance(0.5) || plain ? {} : { languages: some(LANGUAGES, 0.7) }),
    }),
  );
  const learners = Array.from(
    { length: learnerCount },
    (_, l): ScheduleLearner => ({
      id: `L${l}`,
      priority: 1 + random.integer(3),
      available: some(slots, 0.7).map(({ id }) => id),
      needs: some(SKILLS, 0.5).map((skill) => ({
        ...{ skill, sessions: 1 + random.integer(2), gain: 2 + random.integer(9) },
        ...(random.chance(0.5) ? { level: random.integer(5) / 4 } : {}),
        ...(random.chance(0.3) && tutorCount > 0 ? { gainWith: { T0: random.integer(12) } } : {}),
      })),
      ...(random.chance(0.5) || plain ? {} : { languages: some(LANGUAGES, 0.6) }),
      ...(random.chance(0.7) ? { group: random.pick(['north', 'south']) } : {}),
      ...(plain ? {} : { company: random.chance(0.2) ? 'alone' : 'any', access: some(['step-free', 'screen'], 0.2) }),
      ...(plain || l === 0 ? {} : { apart: some(['L0'], 0.3) }),
    }),
  );
  const state: ScheduleState = {
    ...{ timeZone: 'Europe/Madrid', slots, learners, tutors },
    weights: {
      ...{ continuity: random.integer(4), load: random.integer(3) / 2, access: random.integer(3) },
      ...{ spread: random.integer(3), change: random.integer(3) },
    },
    loadFairness: random.chance(0.5) ? 'range' : 'squares',
    published: randomPublished(random, learners, tutors, slots),
  };
  return plain ? state : { ...state, ...randomPlaces(random, slots) };
}

function randomSlots(random: Random, count: number, plain: boolean) {
  const start = Date.parse('2026-10-24T08:00:00Z') / 60_000;
  return Array.from({ length: count }, (_, s) => {
    // Some overlap, some touch, and the change of clocks of 2026-10-25 is among them.
    const from = start + (plain ? 60 * s : random.integer(60 * 8) + (s % 3) * 1440);
    const write = (minutes: number): string => new Date(60_000 * minutes).toISOString().replace('.000Z', 'Z');
    return { id: `S${s}`, start: write(from), end: write(from + (plain ? 45 : 30 + random.integer(60))) };
  });
}

function randomPublished(
  random: Random,
  learners: readonly ScheduleLearner[],
  tutors: readonly ScheduleTutor[],
  slots: readonly { readonly id: string }[],
): ScheduleAssignment[] {
  if (tutors.length === 0 || slots.length === 0) return [];
  return learners.flatMap(({ id, needs }) =>
    needs.map(({ skill }) => ({ learner: id, skill, tutor: random.pick(tutors).id, slot: random.pick(slots).id })),
  );
}

function randomPlaces(random: Random, slots: readonly { readonly id: string }[]): Partial<ScheduleState> {
  const ids = slots.map(({ id }) => id);
  return {
    rooms: Array.from({ length: 2 + random.integer(2) }, (_, r) => ({
      ...{ id: `R${r}`, seats: 1 + random.integer(3), site: random.pick(['hill', 'town']) },
      features: ['step-free', 'screen'].filter(() => random.chance(0.7)),
      ...(random.chance(0.3) ? { available: ids.filter(() => random.chance(0.7)) } : {}),
    })),
    resources: [{ id: 'tablet', quantity: 1 + random.integer(2), skills: ['roots'] }],
    rules: {
      ...{ bufferMinutes: 5 * random.integer(4), travelMinutes: [['hill', 'town', 15]], levelWidth: 0.5 },
      ...(random.chance(0.5) ? { mostPerDay: 1 + random.integer(2) } : {}),
      ...(random.chance(0.3) ? { mostPerWeek: 2 } : {}),
    },
  };
}
