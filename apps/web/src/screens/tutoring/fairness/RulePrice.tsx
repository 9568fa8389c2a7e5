/** What a rule costs: the plan with it and without it, worked out with the same effort. */
import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { hasEnded, useJob, viewOfJob } from '../../../api/jobs.ts';
import { type RuleName, rulePriceQuery, startRulePrice } from '../../../api/schedule-proposals.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { Card } from '../../../components/Card.tsx';
import { Figure } from '../../../components/Figure.tsx';
import { JobProgress } from '../../../components/JobProgress.tsx';
import { ProblemText } from '../../../components/ProblemText.tsx';
import type { Tutoring } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';
import { POINTS } from '../words.ts';
import { rulesInForce } from './rules-in-force.ts';

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

/** Nothing else on the screen follows from a price. */
const nothingToDo = (): void => {};

const Price = ({ courseId, jobId }: { readonly courseId: number; readonly jobId: string }) => {
  const price = useQuery(rulePriceQuery(courseId, jobId));
  return (
    <Loaded query={price} what="the price" height={80}>
      {(data) => (
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
    </Loaded>
  );
};

export const RulePrice = ({ tutoring }: { readonly tutoring: Tutoring }) => {
  const { courseId, version } = tutoring;
  const offered = useMemo(() => rulesInForce(tutoring), [tutoring]);
  const [chosen, setRule] = useState<RuleName>(offered[0]);
  const rule = offered.includes(chosen) ? chosen : offered[0];
  const [jobId, setJobId] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () => startRulePrice(courseId, { version, rule }),
    onSuccess: (sent) => setJobId(sent.jobId),
  });
  const { job, error, cancel } = useJob(jobId, nothingToDo);
  const busy = start.isPending || (job !== undefined && !hasEnded(job));
  return (
    <Card title="What does a rule cost?" note="Only asked: no rule is changed by it. Rules that are set are offered.">
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <Select
            label="Rule"
            w={300}
            maw="100%"
            allowDeselect={false}
            disabled={busy}
            data={offered.map((value) => ({ value, label: RULES[value] }))}
            value={rule}
            onChange={(next) => {
              setRule((next ?? rule) as RuleName);
              setJobId(null);
              start.reset();
            }}
          />
          <Button variant="default" loading={busy} disabled={offered.length === 0} onClick={() => start.mutate()}>
            Work it out
          </Button>
        </Group>
        <WriteProblem courseId={courseId} error={start.error} onLoaded={start.reset} />
        <ProblemText error={error} />
        {job && job.state !== 'done' && (
          <JobProgress job={viewOfJob(job)} onCancel={() => cancel.mutate()} cancelling={cancel.isPending} />
        )}
        {job?.state === 'done' && <Price courseId={courseId} jobId={job.id} />}
      </Stack>
    </Card>
  );
};
