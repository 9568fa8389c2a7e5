/** The working plan in figures, and the ways to make it anew: a week or the whole term, or after something happened. */
import { Alert, Button, Group, List, Menu, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { type PlanBody, startPlanning } from '../../../api/schedule-proposals.ts';
import { Card } from '../../../components/Card.tsx';
import { Figure } from '../../../components/Figure.tsx';
import { formatNumber, formatTime } from '../../../components/format.ts';
import { sayPerson } from '../../../components/person-name.ts';
import { type Week, weekEnd } from '../calendar/week.ts';
import { EventsDialog } from '../repair/EventsDialog.tsx';
import type { Tutoring } from '../useTutoring.ts';
import { POINTS } from '../words.ts';
import { PlanningProgress } from './PlanningProgress.tsx';
import { ProposalDialog } from './ProposalDialog.tsx';
import { type Proposed, usePlanning } from './usePlanning.ts';

const Figures = ({ tutoring }: { readonly tutoring: Tutoring }) => {
  const { plan, setting } = tutoring;
  const { figures, fairness, runId, simulated } = plan;
  const { wanted, met } = fairness.access;
  const caveats = simulated ? (['simulated'] as const) : undefined;
  return (
    <Group gap="xl" align="flex-start">
      <Figure
        label="Sessions planned"
        value={figures.sessions}
        caveats={caveats}
        note={`for ${formatNumber(setting.learners)} learners`}
      />
      <Figure
        label="Wanted sessions that are held"
        value={wanted === 0 ? null : met / wanted}
        unit="%"
        note={`${formatNumber(met)} of ${formatNumber(wanted)}`}
      />
      <Figure
        label="Worth of the plan"
        value={figures.objective}
        unit="points"
        origin={{ how: POINTS, ...(runId === null ? {} : { runId }), at: plan.updatedAt }}
        note={figures.quality}
      />
    </Group>
  );
};

const Broken = ({ violations }: { readonly violations: Tutoring['plan']['violations'] }) =>
  violations.length === 0 ? null : (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title="Something was changed that this plan does not fit any more"
    >
      <List size="sm">
        {violations.slice(0, MOST_VIOLATIONS).map(({ rule, message }) => (
          <List.Item key={`${rule} ${message}`}>{message}</List.Item>
        ))}
      </List>
      {violations.length > MOST_VIOLATIONS && (
        <Text size="sm">And {formatNumber(violations.length - MOST_VIOLATIONS)} more.</Text>
      )}
      <Text size="sm" mt={4}>
        Plan again, or say what happened: both find a plan that fits.
      </Text>
    </Alert>
  );

/** More are counted, not listed. */
const MOST_VIOLATIONS = 5;

export interface PlanCardProps {
  readonly tutoring: Tutoring;
  /** The week that is on screen. */
  readonly week: Week;
}

export const PlanCard = ({ tutoring, week }: PlanCardProps) => {
  const { courseId, version, plan, setting } = tutoring;
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const [happened, setHappened] = useState(false);
  const planning = usePlanning(
    courseId,
    // Not taken by itself: what would change is shown first.
    (body: Pick<PlanBody, 'from' | 'to'>) => startPlanning(courseId, { ...body, version, accept: false }),
    setProposed,
  );
  const close = (taken: boolean): void => {
    setProposed(null);
    if (taken) notifications.show({ message: 'The plan was taken over. Publish it when people should see it.' });
  };
  return (
    <Card
      title="Plan"
      note={`Last changed by ${sayPerson(plan.updatedBy)}, ${formatTime(plan.updatedAt)}`}
      actions={
        setting.may.plan && (
          <Group gap="xs">
            <Button variant="default" onClick={() => setHappened(true)}>
              Something happened
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button loading={planning.busy} rightSection={<IconChevronDown size={14} aria-hidden />}>
                  Plan again
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => planning.begin.mutate({ from: week.monday, to: weekEnd(week) })}>
                  This week: {week.label}
                </Menu.Item>
                <Menu.Item onClick={() => planning.begin.mutate({})}>The whole term</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        )
      }
    >
      <Stack gap="sm">
        <Figures tutoring={tutoring} />
        <Broken violations={plan.violations} />
        <PlanningProgress courseId={courseId} planning={planning} />
      </Stack>
      <ProposalDialog courseId={courseId} timeZone={setting.timeZone} proposed={proposed} onClose={close} />
      <EventsDialog
        tutoring={tutoring}
        week={week}
        opened={happened}
        onClose={() => setHappened(false)}
        onProposal={(next) => {
          setHappened(false);
          setProposed(next);
        }}
      />
    </Card>
  );
};
