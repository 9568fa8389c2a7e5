/** The learner's screen: next steps with reasons, practice, goals, skill map. Staff choose a learner first. */
import { Anchor, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { type LearnerView, learnerQuery } from '../../api/learners.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { Page } from '../../app/Page.tsx';
import { learnerIdOf, useSession } from '../../app/session.tsx';
import { EstimatedBadge, SimulatedBadge } from '../../components/Badges.tsx';
import { Card } from '../../components/Card.tsx';
import { Effort } from './Effort.tsx';
import { LearnerChooser } from './LearnerChooser.tsx';
import { LearnerMap } from './LearnerMap.tsx';
import classes from './LearnerScreen.module.css';
import { Misconceptions } from './Misconceptions.tsx';
import { NextSteps } from './NextSteps.tsx';
import { Practice } from './Practice.tsx';
import { Progress } from './Progress.tsx';
import { QuizCard } from './quiz/QuizCard.tsx';

/** What is being practised; `round` makes "practise" on the same skill begin anew. */
interface Practising {
  readonly skillId: number;
  readonly skillName: string;
  readonly round: number;
}

const Purpose = ({ learner }: { readonly learner: LearnerView }) => (
  <Group gap="xs">
    {learner.course.name}
    {learner.simulated && <SimulatedBadge />}
    {(learner.course.prerequisites === 'estimated' || learner.course.prerequisites === 'mixed') && (
      <Group gap={4}>
        prerequisites <EstimatedBadge />
      </Group>
    )}
  </Group>
);

const LearnerBody = ({ learner, isSelf }: { readonly learner: LearnerView; readonly isSelf: boolean }) => {
  const [practising, setPractising] = useState<Practising | null>(null);
  const practise = (skillId: number, skillName: string): void =>
    setPractising((was) => ({ skillId, skillName, round: (was?.round ?? 0) + 1 }));
  // An answer is evidence about who gives it: nobody practises in somebody else's name.
  const canPractise = isSelf && learner.course.canPractise;
  return (
    <Stack gap="md">
      <div className={classes['columns']}>
        <Card title="Next steps">
          <NextSteps learner={learner} onPractise={canPractise ? practise : undefined} />
        </Card>
        <Stack gap="md">
          {practising ? (
            <Practice
              key={`${practising.skillId}-${practising.round}`}
              learnerId={learner.id}
              skillId={practising.skillId}
              skillName={practising.skillName}
              onClose={() => setPractising(null)}
            />
          ) : (
            <Card title="Where you are">
              <Progress learner={learner} />
            </Card>
          )}
          <QuizCard
            learnerId={learner.id}
            isSelf={isSelf}
            canAsk={learner.course.canPractise}
            onPractise={canPractise ? practise : undefined}
          />
          {!isSelf && <Effort learnerId={learner.id} />}
          <Misconceptions learnerId={learner.id} isSelf={isSelf} onPractise={canPractise ? practise : undefined} />
        </Stack>
      </div>
      <Card title="Skill map">
        <LearnerMap learnerId={learner.id} onPractise={canPractise ? practise : undefined} />
      </Card>
    </Stack>
  );
};

const OneLearner = ({ learnerId, isSelf }: { readonly learnerId: number; readonly isSelf: boolean }) => {
  const learner = useQuery(learnerQuery(learnerId));
  const { courseId, chooseCourse } = useSession();
  const ownCourse = learner.data?.course.id;
  useEffect(() => {
    if (ownCourse !== undefined && ownCourse !== courseId) chooseCourse(ownCourse, true);
  }, [ownCourse, courseId, chooseCourse]);
  return (
    <Page
      title={learner.data?.name ?? 'Learner'}
      purpose={learner.data && <Purpose learner={learner.data} />}
      actions={
        !isSelf && (
          <Anchor component={Link} to="/learner" size="sm">
            All learners
          </Anchor>
        )
      }
    >
      <Loaded query={learner} what="the learner" height={420}>
        {(data) => <LearnerBody learner={data} isSelf={isSelf} />}
      </Loaded>
    </Page>
  );
};

export const LearnerScreen = () => {
  const { learnerId } = useParams();
  const { person } = useSession();
  const self = learnerIdOf(person);
  const chosen = learnerId === undefined ? self : Number(learnerId);
  if (chosen === null || !Number.isInteger(chosen)) return <LearnerChooser />;
  return <OneLearner key={chosen} learnerId={chosen} isSelf={self === chosen} />;
};
