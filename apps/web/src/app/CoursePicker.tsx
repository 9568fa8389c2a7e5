/** Which course all screens show. */
import { Select } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useLocation, useNavigate } from 'react-router';
import { useSession } from './session.tsx';
import { useCourse } from './useCourse.ts';

export const CoursePicker = () => {
  const { course, courses } = useCourse();
  const { person, chooseCourse } = useSession();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  // A learner belongs to one course.
  if (courses.length === 0 || person?.role === 'learner') return null;
  const choose = (id: number): void => {
    // The learner who is looked at is not in the other course.
    if (pathname.startsWith('/learner/')) void navigate(`/learner?course=${id}`);
    else chooseCourse(id);
  };
  return (
    <Select
      aria-label="Course"
      size="xs"
      w={{ base: 150, sm: 230 }}
      allowDeselect={false}
      searchable={courses.length > 8}
      data={courses.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={course === null ? null : String(course.id)}
      onChange={(id) => id !== null && choose(Number(id))}
      leftSection={<IconBook2 size={15} aria-hidden />}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
    />
  );
};
