/** Who gets what: load of tutors, access of groups, what is wanted and not held, and what a rule costs. */
import { SimpleGrid, Stack } from '@mantine/core';
import { Card } from '../../../components/Card.tsx';
import { Unmet } from '../needs/Unmet.tsx';
import type { Tutoring } from '../useTutoring.ts';
import { AccessPlot } from './AccessPlot.tsx';
import { LoadPlot } from './LoadPlot.tsx';
import { RulePrice } from './RulePrice.tsx';

export const FairnessTab = ({ tutoring }: { readonly tutoring: Tutoring }) => {
  const { fairness, runId, updatedAt } = tutoring.plan;
  const origin = {
    how: 'Counted in the working plan as it is now; every count can be checked in the calendars.',
    ...(runId === null ? {} : { runId }),
    at: updatedAt,
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Card title="Tutors" origin={origin}>
          <LoadPlot load={fairness.load} />
        </Card>
        <Card title="Groups" origin={origin}>
          <AccessPlot access={fairness.access} />
        </Card>
      </SimpleGrid>
      <Unmet tutoring={tutoring} />
      {tutoring.setting.may.plan && <RulePrice tutoring={tutoring} />}
    </Stack>
  );
};
