/** Which course all screens show. */
import { Select } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useSession } from './session.tsx';
import { useCourse } from './useCourse.ts';

export const CoursePicker = () => {
  const { course, courses } = useCourse();
  const { chooseCourse } = useSession();
  if (courses.length === 0) return null;
  return (
    <Select
      aria-label="Course"
      size="xs"
      w={{ base: 150, sm: 230 }}
      allowDeselect={false}
      searchable={courses.length > 8}
      data={courses.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={course === null ? null : String(course.id)}
      onChange={(id) => id !== null && chooseCourse(Number(id))}
      leftSection={<IconBook2 size={15} aria-hidden />}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
    />
  );
};
