/** Finds one learner of the course by name. The server searches: a course may have thousands. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { peopleQuery } from '../api/courses.ts';
import { sayError } from '../api/problem.ts';
import type { Person } from './session.tsx';
import { useCourse } from './useCourse.ts';

/** Names listed at once; typing narrows them. */
const LISTED = 30;
const TYPING_MILLISECONDS = 200;

export interface ChooseLearnerProps {
  readonly value: Person | null;
  readonly onChange: (learner: Person | null) => void;
}

/** Options that hold the chosen learner even where the list of those found does not. */
const withChosen = (found: readonly Person[], chosen: Person | null): readonly Person[] =>
  chosen !== null && !found.some(({ person }) => person === chosen.person) ? [chosen, ...found] : found;

export const ChooseLearner = ({ value, onChange }: ChooseLearnerProps) => {
  const { course } = useCourse();
  const [typed, setTyped] = useState('');
  const [waited] = useDebouncedValue(typed, TYPING_MILLISECONDS);
  // The name of the learner who is chosen stands in the field and is no search.
  const search = waited === value?.name ? '' : waited;
  const query = useQuery({ ...peopleQuery(course?.id, search, LISTED), enabled: course !== null });
  const learners = withChosen(query.data?.filter(({ role }) => role === 'learner') ?? [], value);
  return (
    <Select
      label="Which learner"
      description={course ? `Learners of ${course.name}` : 'Choose a course first'}
      placeholder="Type a name"
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={learners.map(({ person, name }) => ({ value: person, label: name }))}
      value={value?.person ?? null}
      onChange={(chosen) => onChange(learners.find(({ person }) => person === chosen) ?? null)}
      disabled={course === null}
      nothingFoundMessage={query.isPending ? 'Loading' : 'Nobody has that name'}
      error={query.isError ? sayError(query.error) : undefined}
    />
  );
};
