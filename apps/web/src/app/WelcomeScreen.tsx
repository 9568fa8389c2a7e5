/** The first page for somebody who has not said who they are: what this is, and who they come as. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { coursesQuery } from '../api/courses.ts';
import { Card } from '../components/Card.tsx';
import { plural } from '../components/format.ts';
import { NoCourse } from './NoCourse.tsx';
import { Page } from './Page.tsx';
import { PersonForm } from './PersonForm.tsx';
import classes from './WelcomeScreen.module.css';

export const WelcomeScreen = () => {
  const courses = useQuery(coursesQuery);
  return (
    <div className={classes['narrow']}>
      <Page
        title="Welcome"
        purpose="Qurriculum works out what each learner should do next, says why, and shows how good its planning is."
      >
        {courses.data && courses.data.length > 0 ? (
          <Text size="sm" c="dimmed">
            Here now: {courses.data.map(({ name, learners }) => `${name} (${plural(learners, 'learner')})`).join(', ')}.
          </Text>
        ) : (
          <NoCourse loading={courses.isPending} error={courses.error} />
        )}
        <Card title="Who are you?">
          <PersonForm onDone={() => {}} />
        </Card>
      </Page>
    </div>
  );
};
