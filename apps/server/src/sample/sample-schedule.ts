/** Tutoring on the sample course: simulated tutors, rooms and hours, so that there is something to plan from the first day. */
import { slotsFromWeek } from '@qurriculum/decisions';
import { createRandom, type Random } from '@qurriculum/random';
import type { Kysely } from 'kysely';
import type { LearnerSetting, RoomSetting, TutorSetting } from '../resources/schedules/setting-schema.ts';
import { changeWithin, firstSetting, readSchedule, writeLearner } from '../scheduling/rows.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';

const TIME_ZONE = 'Europe/Madrid';
const WEEKS = 4;
/** Learners of the morning classes come in the afternoon, and the other way round. */
const MORNING = ['09:00', '09:50', '10:40', '11:30'] as const;
const AFTERNOON = ['15:00', '15:50', '16:40', '17:30'] as const;
const SESSION_MINUTES = 45;
const DAY = 86_400_000;

const tutorNames = [
  'Beatriz Alonso',
  'Thomas Weber',
  'Aisha Rahman',
  'Henrik Dahl',
  'Carla Moretti',
  'Samuel Osei',
  'Ewa Nowak',
  'Daniel Cohen',
  'Laura Vidal',
  'Kenji Mori',
  'Helen Price',
  'Marcus Lind',
] as const;

const rooms: readonly RoomSetting[] = [
  { id: 'library-1', name: 'Library 1', seats: 4, features: ['step-free'], site: 'Main building', available: null },
  { id: 'library-2', name: 'Library 2', seats: 4, features: ['step-free'], site: 'Main building', available: null },
  { id: 'room-12', name: 'Room 12', seats: 8, features: ['projector'], site: 'Main building', available: null },
  { id: 'room-14', name: 'Room 14', seats: 2, features: [], site: 'Main building', available: null },
  { id: 'annexe', name: 'Annexe', seats: 6, features: ['step-free', 'projector'], site: 'Annexe', available: null },
];

/** Makes it once, on a course without a schedule; dates begin with the Monday after `now`. */
export async function storeSampleSchedule(store: Store, course: number, seed: number, now: Date): Promise<void> {
  if ((await readSchedule(store.db, course)).version > 0) return;
  const random = createRandom(seed).fork('schedule');
  const slots = sampleSlots(now);
  const skills = await skillsByDomain(store.db, course);
  const learners = await store.db
    .selectFrom('learner')
    .select(['id', 'group_label'])
    .where('course_id', '=', course)
    .where('simulated', '=', true)
    .orderBy('id')
    .execute();
  const ids = slots.map(({ id }) => id);
  const tutors = tutorNames.map((name, k) => sampleTutor(name, k, skills, ids, random.fork('tutor', k)));
  await store.transaction((transaction) =>
    changeWithin(transaction, { courseId: course, version: 0, person: 'engineer:Qurriculum' }, async (_, { db }) => {
      for (const [k, { id, group_label }] of learners.entries()) {
        await writeLearner(db, course, id, sampleLearner(group_label === 'Morning', ids, random.fork('learner', k)));
      }
      const rules = { mostPerDay: 1, mostPerWeek: 3, bufferMinutes: 5, levelWidth: 0.3 };
      const travelMinutes: [string, string, number][] = [['Main building', 'Annexe', 10]];
      const setting = {
        ...firstSetting,
        timeZone: TIME_ZONE,
        slots,
        tutors,
        rooms,
        rules: { ...rules, travelMinutes },
      };
      return { text: 'Made simulated tutors, rooms and hours.', setting, result: null };
    }),
  );
}

function sampleSlots(now: Date) {
  const day = Math.floor(now.getTime() / DAY);
  // 1970-01-01 was a Thursday: days since a Monday are (day + 3) mod 7.
  const monday = day + 7 - ((day + 3) % 7);
  const times = [...MORNING, ...AFTERNOON].map((start) => [start, later(start)] as const);
  const from = new Date(monday * DAY).toISOString().slice(0, 10);
  return slotsFromWeek({ timeZone: TIME_ZONE, from, weeks: WEEKS, days: [1, 2, 3, 4, 5], times });
}

function later(start: string): string {
  const minutes = 60 * Number(start.slice(0, 2)) + Number(start.slice(3)) + SESSION_MINUTES;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

async function skillsByDomain(db: Kysely<Database>, course: number): Promise<number[][]> {
  const rows = await db
    .selectFrom('skill')
    .select(['id', 'domain'])
    .where('course_id', '=', course)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return [...Map.groupBy(rows, (row) => row.domain).values()].map((own) => own.map(({ id }) => id));
}

/** Each teaches about half of the domains; whole half days are free, as people are. */
function sampleTutor(
  name: string,
  k: number,
  domains: readonly (readonly number[])[],
  slots: readonly string[],
  random: Random,
): TutorSetting {
  const first = k % domains.length;
  const taught = domains.filter((_, domain) => domain === first || random.chance(0.45));
  const quality = 0.7 + 0.3 * random.next();
  const rounded = (value: number): number => Math.round(100 * value) / 100;
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    skills: taught
      .flat()
      .map((skillId) => ({ skillId, quality: rounded(Math.min(1, quality + 0.1 * random.normal() * 0.5)) })),
    available: freeHalfDays(slots, 0.35, random),
    most: 24 + 4 * random.integer(4),
    least: 2,
    cost: 1 + random.integer(3),
    languages: k % 3 === 0 ? ['Spanish', 'English'] : [],
    access: [],
    groupSize: k % 4 === 3 ? 1 : 3,
  };
}

function sampleLearner(isMorning: boolean, slots: readonly string[], random: Random): LearnerSetting {
  const own = slots.filter((id) => (isMorning ? AFTERNOON : MORNING).some((time) => id.endsWith(time)));
  return {
    available: freeHalfDays(own, 0.5, random),
    priority: 1,
    languages: random.chance(0.08) ? ['Spanish'] : [],
    access: random.chance(0.05) ? ['step-free'] : [],
    company: random.chance(0.15) ? 'alone' : 'any',
    apart: [],
    needs: null,
  };
}

/** The same weekday and half of the day, week by week, less the odd week. */
function freeHalfDays(slots: readonly string[], share: number, random: Random): string[] {
  const half = (id: string): string =>
    `${new Date(`${id.slice(0, 10)}T00:00:00Z`).getUTCDay()}${id.slice(11) < '12:00'}`;
  const isFree = new Map([...new Set(slots.map(half))].map((key) => [key, random.chance(share)]));
  return slots.filter((id) => isFree.get(half(id)) === true && !random.chance(0.05));
}
