/** No plan yet: makes the first one, or says what is missing before one can be made. */
import { Button, Stack } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { ScheduleView } from '../../api/schedule.ts';
import { startPlanning } from '../../api/schedule-proposals.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { plural } from '../../components/format.ts';
import { PlanningProgress } from './plan/PlanningProgress.tsx';
import { type Proposed, usePlanning } from './plan/usePlanning.ts';

export interface FirstPlanProps {
  readonly setting: ScheduleView;
  readonly onSetUp: () => void;
  /** What was found could not become the plan by itself. */
  readonly onProposal: (proposed: Proposed) => void;
}

const missingIn = ({ slots, tutors, learners }: ScheduleView): string | null => {
  if (slots.length === 0) return 'Say first in which weeks and at which times sessions can be held.';
  if (tutors.length === 0) return 'Add tutors first, by hand or from a file.';
  return learners === 0 ? 'Say first when learners can come, by hand or from a file.' : null;
};

export const FirstPlan = ({ setting, onSetUp, onProposal }: FirstPlanProps) => {
  const { courseId, version } = setting;
  const start = useCallback(() => startPlanning(courseId, { version, accept: true }), [courseId, version]);
  const planning = usePlanning(courseId, start, onProposal);
  const missing = missingIn(setting);
  if (!setting.may.plan) {
    return (
      <EmptyState title="No plan yet" icon={<IconCalendarPlus size={20} />}>
        Sessions stand here once somebody who plans them has done so.
      </EmptyState>
    );
  }
  if (missing !== null) {
    return (
      <EmptyState
        title="No sessions yet"
        icon={<IconCalendarPlus size={20} />}
        action={<Button onClick={onSetUp}>People and times</Button>}
      >
        {missing}
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <EmptyState
        title="No plan yet"
        icon={<IconCalendarPlus size={20} />}
        action={
          <Button loading={planning.busy} onClick={() => planning.begin.mutate(undefined)}>
            Plan the term
          </Button>
        }
      >
        {plural(setting.learners, 'learner')}, {plural(setting.tutors.length, 'tutor')} and{' '}
        {plural(setting.slots.length, 'time')} are known. Planning finds who should teach whom, when and where. Nobody
        sees the plan before it is published.
      </EmptyState>
      <PlanningProgress courseId={courseId} planning={planning} />
    </Stack>
  );
};
