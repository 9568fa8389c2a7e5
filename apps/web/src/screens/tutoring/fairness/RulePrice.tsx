/** What a rule costs: the plan with it and without it, worked out with the same effort. */
import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { priceOfRule, type RuleName } from '../../../api/schedule-proposals.ts';
import { Card } from '../../../components/Card.tsx';
import { Figure } from '../../../components/Figure.tsx';
import type { Tutoring } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';
import { POINTS } from '../words.ts';

const RULES: Readonly<Record<RuleName, string>> = {
  mostPerDay: 'Most sessions of a learner on one day',
  mostPerWeek: 'Most sessions of a learner in one week',
  bufferMinutes: 'Free minutes between two sessions',
  levelWidth: 'How alike learners in a group must be',
  apart: 'Learners who are kept apart',
  alone: 'Learners who learn only alone',
  least: 'Least sessions of a tutor',
  most: 'Most sessions of a tutor',
  pins: 'Everything that is pinned',
};

export const RulePrice = ({ tutoring }: { readonly tutoring: Tutoring }) => {
  const { courseId, version } = tutoring;
  const [rule, setRule] = useState<RuleName>('pins');
  const price = useMutation({ mutationFn: () => priceOfRule(courseId, { version, rule }) });
  const { data } = price;
  return (
    <Card title="What does a rule cost?" note="Only asked: no rule is changed by it.">
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <Select
            label="Rule"
            w={300}
            maw="100%"
            allowDeselect={false}
            data={Object.entries(RULES).map(([value, label]) => ({ value, label }))}
            value={rule}
            onChange={(next) => {
              setRule((next ?? rule) as RuleName);
              price.reset();
            }}
          />
          <Button variant="default" loading={price.isPending} onClick={() => price.mutate()}>
            Work it out
          </Button>
        </Group>
        <WriteProblem courseId={courseId} error={price.error} onLoaded={price.reset} />
        {data && (
          <Alert role="status">
            <Text size="sm">{data.text}</Text>
            <Group gap="xl" mt="xs">
              <Figure
                label="Without the rule the plan gains"
                value={data.price}
                unit="points"
                {...(data.between ? { interval: { low: data.between.least, high: data.between.most } } : {})}
                origin={{ how: POINTS, ...(data.runIds[0] ? { runId: data.runIds[0] } : {}) }}
              />
              <Figure label="Sessions more" value={data.sessions} />
            </Group>
          </Alert>
        )}
      </Stack>
    </Card>
  );
};
