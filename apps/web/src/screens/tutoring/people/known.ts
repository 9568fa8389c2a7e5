/** Words that are in use already, so that the same thing is not called by two names. */
import type { ScheduleLearnerView, ScheduleView } from '../../../api/schedule.ts';

const distinct = (words: readonly string[]): string[] =>
  [...new Set(words)].sort((one, other) => one.localeCompare(other, 'en'));

type People = readonly Pick<ScheduleLearnerView, 'languages' | 'access' | 'group'>[];

/** What rooms offer and people need of them. */
export const featuresOf = ({ rooms, tutors }: ScheduleView, learners: People = []): string[] =>
  distinct([...rooms.flatMap(({ features }) => features), ...[...tutors, ...learners].flatMap(({ access }) => access)]);

export const languagesOf = ({ tutors }: ScheduleView, learners: People = []): string[] =>
  distinct([...tutors, ...learners].flatMap(({ languages }) => languages));

export const sitesOf = ({ rooms }: Pick<ScheduleView, 'rooms'>): string[] =>
  distinct(rooms.flatMap(({ site }) => site ?? []));

export const groupsOf = (learners: People): string[] => distinct(learners.flatMap(({ group }) => group ?? []));
