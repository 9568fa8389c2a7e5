/** Why a learner has nobody for a need, whatever the others do: the first hurdle that nobody passes, in words. */
import type { ScheduleLearner, ScheduleNeed, SchedulePin, ScheduleState, ScheduleTutor } from '../types.ts';
import { shareLanguage } from './options.ts';

/** Stable codes of the hurdles, in the order in which they are met. */
export type NoOptionCode =
  | 'no-tutor'
  | 'no-language'
  | 'learner-unavailable'
  | 'tutor-unavailable'
  | 'no-common-slot'
  | 'no-room'
  | 'possible';

type Wanted = Pick<SchedulePin, 'tutor' | 'slot' | 'room'>;

/** The hurdle as a code; 'possible' where there is none. */
export function noOptionCode(
  state: ScheduleState,
  learner: ScheduleLearner,
  need: ScheduleNeed,
  wanted: Wanted = {},
): NoOptionCode {
  const teaching = state.tutors.filter(
    ({ id, skills }) => (wanted.tutor ?? id) === id && Object.hasOwn(skills, need.skill),
  );
  if (teaching.length === 0) return 'no-tutor';
  const speaking = teaching.filter((tutor) => shareLanguage(learner, tutor));
  if (speaking.length === 0) return 'no-language';
  const asked = (ids: readonly string[]): string[] => ids.filter((id) => (wanted.slot ?? id) === id);
  const own = new Set(asked(learner.available));
  if (own.size === 0) return 'learner-unavailable';
  if (speaking.every(({ available }) => asked(available).length === 0)) return 'tutor-unavailable';
  const meetings = speaking.flatMap((tutor) =>
    tutor.available.filter((slot) => own.has(slot)).map((slot) => ({ tutor, slot })),
  );
  if (meetings.length === 0) return 'no-common-slot';
  return meetings.some(({ tutor, slot }) => hasRoom(state, learner, tutor, slot, wanted.room)) ? 'possible' : 'no-room';
}

function hasRoom(
  { rooms = [] }: ScheduleState,
  learner: ScheduleLearner,
  tutor: ScheduleTutor,
  slot: string,
  wanted: string | undefined,
): boolean {
  if (rooms.length === 0) return true;
  const asked = [...(learner.access ?? []), ...(tutor.access ?? [])];
  return rooms.some(
    ({ id, features = [], available }) =>
      (wanted ?? id) === id && (available?.includes(slot) ?? true) && asked.every((each) => features.includes(each)),
  );
}

/** Tutors named where more are not worth reading. */
const NAMED = 3;

/** Who could help once somebody says what they teach or when: " (Ana Ruiz has no hours)"; nothing where there is nobody. */
function sayLacking(tutors: readonly ScheduleTutor[], what: 'hours' | 'skills'): string {
  if (tutors.length === 0) return '';
  const names = tutors.slice(0, NAMED).map(({ id, name }) => name ?? id);
  const more = tutors.length > NAMED ? ` and ${tutors.length - NAMED} more` : '';
  return ` (${names.join(', ')}${more} ${tutors.length === 1 ? 'has' : 'have'} no ${what})`;
}

/** The same in words, as they stand after a colon. */
export function whyNoOption(
  state: ScheduleState,
  learner: ScheduleLearner,
  need: ScheduleNeed,
  wanted: Wanted = {},
): string {
  const name = (entry: { readonly id: string; readonly name?: string }): string => entry.name ?? entry.id;
  const tutor = wanted.tutor === undefined ? 'nobody' : `${wanted.tutor} does not`;
  const unskilled = state.tutors.filter(({ skills }) => Object.keys(skills).length === 0);
  const withoutHours = state.tutors.filter(
    ({ skills, available }) => Object.hasOwn(skills, need.skill) && available.length === 0,
  );
  const noHours = sayLacking(withoutHours, 'hours');
  const words: Record<NoOptionCode, string> = {
    'no-tutor':
      wanted.tutor === undefined
        ? `nobody teaches ${need.skill}${sayLacking(unskilled, 'skills')}`
        : `${wanted.tutor} does not teach ${need.skill}`,
    'no-language': `${tutor} ${wanted.tutor === undefined ? 'who teaches it speaks' : 'speak'} a language of ${name(learner)}`,
    'learner-unavailable':
      wanted.slot === undefined
        ? `${name(learner)} has no free slot`
        : `${name(learner)} is not free in ${wanted.slot}`,
    'tutor-unavailable':
      wanted.slot === undefined
        ? `nobody who teaches ${need.skill} has a free slot${noHours}`
        : `no tutor for it is free in ${wanted.slot}`,
    'no-common-slot': `nobody who teaches ${need.skill} is free when ${name(learner)} is${noHours}`,
    'no-room': 'no room that suits both is free then',
    possible: 'it could be met',
  };
  return words[noOptionCode(state, learner, need, wanted)];
}
