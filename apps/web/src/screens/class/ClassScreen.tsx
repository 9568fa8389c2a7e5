/** The teacher's screen: who needs help with what and why, and the class as a map of learners by skills. */
import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { helpQuery } from '../../api/class.ts';
import type { CourseSummary } from '../../api/courses.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { NoCourse } from '../../app/NoCourse.tsx';
import { Page } from '../../app/Page.tsx';
import { useCourse } from '../../app/useCourse.ts';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { Card } from '../../components/Card.tsx';
import { plural } from '../../components/format.ts';
import { EffortList } from './EffortList.tsx';
import { HeatMap } from './HeatMap.tsx';
import { HelpList } from './HelpList.tsx';
import { InterveneDialog, type Intervention } from './InterveneDialog.tsx';
import { Exercises } from './items/Exercises.tsx';
import { PlanEverybody } from './PlanEverybody.tsx';
import { Prerequisites } from './Prerequisites.tsx';

const CourseClass = ({ course }: { readonly course: CourseSummary }) => {
  const help = useQuery(helpQuery(course.id));
  const [intervention, setIntervention] = useState<Intervention | null>(null);
  return (
    <Stack gap="md">
      <Card title="Who needs help" note="The most urgent first." origin={help.data && { how: help.data.rule }}>
        <Loaded query={help} what="who needs help" height={240}>
          {(data) => <HelpList needs={data.needs} onIntervene={setIntervention} />}
        </Loaded>
      </Card>
      <EffortList courseId={course.id} />
      <Card title="Next steps for everybody">
        <PlanEverybody courseId={course.id} learners={course.learners} />
      </Card>
      <Card title="Learners and skills">
        <HeatMap courseId={course.id} onIntervene={setIntervention} />
      </Card>
      <Exercises courseId={course.id} onIntervene={setIntervention} />
      <Card
        title="Prerequisites"
        note="What has to come before what. Switch off what is not so: later plans keep to it."
      >
        <Prerequisites courseId={course.id} />
      </Card>
      <InterveneDialog courseId={course.id} intervention={intervention} onClose={() => setIntervention(null)} />
    </Stack>
  );
};

export const ClassScreen = () => {
  const { course, loading, error } = useCourse();
  return (
    <Page
      title="Class"
      purpose={
        course && (
          <Group gap="xs">
            <Text span inherit>
              {course.name}, {plural(course.learners, 'learner')}
            </Text>
            {course.simulated && <SimulatedBadge />}
          </Group>
        )
      }
    >
      {course ? <CourseClass key={course.id} course={course} /> : <NoCourse loading={loading} error={error} />}
    </Page>
  );
};
