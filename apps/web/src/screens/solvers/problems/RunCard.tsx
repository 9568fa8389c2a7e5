/** One run on a problem file: how far it is, the curves, the figures, and what they are measured by. */
import { Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useCallback, useState } from 'react';
import { Link } from 'react-router';
import { useJob, viewOfJob } from '../../../api/jobs.ts';
import { type ProblemRunView, problemRunQuery, problemRunsQuery, setTarget } from '../../../api/problem-runs.ts';
import { Failure, Loaded } from '../../../app/Loaded.tsx';
import { Card } from '../../../components/Card.tsx';
import { FoldedTable } from '../../../components/FoldedTable.tsx';
import { formatDuration, formatTime } from '../../../components/format.ts';
import { JobProgress } from '../../../components/JobProgress.tsx';
import { ProblemText } from '../../../components/ProblemText.tsx';
import { RunCurves } from './RunCurves.tsx';
import { RunTable } from './RunTable.tsx';
import { sayFile, sayObjective, sayTarget } from './words.ts';

const TargetForm = ({ run }: { readonly run: ProblemRunView }) => {
  const client = useQueryClient();
  const [typed, setTyped] = useState<number | ''>('');
  const change = useMutation({
    mutationFn: (objective: number | null) => setTarget(run.id, objective),
    onSuccess: (view) => client.setQueryData(problemRunQuery(run.id).queryKey, view),
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (typed !== '') change.mutate(typed);
  };
  return (
    <form onSubmit={submit} aria-label="Target">
      <Group align="flex-end" gap="sm">
        <NumberInput
          label={`Best known ${run.file.objectiveName}`}
          size="xs"
          w={180}
          value={typed}
          onChange={(value) => setTyped(typeof value === 'number' ? value : '')}
        />
        <Button type="submit" size="xs" variant="default" disabled={typed === ''} loading={change.isPending}>
          Measure by it
        </Button>
        {run.target?.from === 'typed in' && (
          <Button size="xs" variant="default" onClick={() => change.mutate(null)}>
            Measure by the best of these solves
          </Button>
        )}
      </Group>
      {change.isError && <ProblemText error={change.error} />}
    </form>
  );
};

const STATES = { waiting: 'waits', running: 'runs now', ended: 'ended', 'not run': 'not run' } as const;

const Record = ({ runId }: { readonly runId: string | null }) =>
  runId === null ? '–' : <Link to={`/records/runs/${runId}`}>the run</Link>;

const Solves = ({ run }: { readonly run: ProblemRunView }) => (
  <FoldedTable
    summary="Every single solve"
    label="Every single solve"
    columns={['Solver', 'Seed', 'State', 'Answer', 'Proven bound', 'Best found after', 'Took', 'Record']}
    rows={run.solves.map((solve) => [
      solve.solver,
      String(solve.seed),
      solve.failed ?? STATES[solve.state],
      solve.objective !== null && !solve.feasible
        ? `${sayObjective(solve.objective)}, breaks constraints`
        : sayObjective(solve.objective ?? solve.trace.at(-1)?.objective ?? null),
      sayObjective(solve.bound),
      solve.bestAtSeconds === null ? '–' : formatDuration(solve.bestAtSeconds),
      solve.wallSeconds === null ? '–' : formatDuration(solve.wallSeconds),
      <Record key="record" runId={solve.runId} />,
    ])}
  />
);

const Explained = ({ run }: { readonly run: ProblemRunView }) => (
  <Text size="xs" c="dimmed">
    Target: {sayTarget(run)}. TTS99 is the time by which a solver that is started again and again reaches the target
    with 99 % certainty, with a 95 % interval (Wilson); the length of one try is the one that does best here. Few solves
    make wide intervals.
  </Text>
);

const Body = ({ run }: { readonly run: ProblemRunView }) => (
  <Stack gap="md">
    {run.status === 'failed' && <Alert color="red">{run.problem ?? 'The run did not come to its end.'}</Alert>}
    {run.status === 'cancelled' && <Alert color="gray">Cancelled: what had ended by then is shown.</Alert>}
    <RunCurves run={run} />
    <RunTable run={run} />
    <Explained run={run} />
    <TargetForm run={run} />
    <Solves run={run} />
  </Stack>
);

const Progress = ({ jobId, runId }: { readonly jobId: string; readonly runId: number }) => {
  const client = useQueryClient();
  const { job, error, cancel } = useJob(
    jobId,
    useCallback(() => {
      void client.invalidateQueries({ queryKey: problemRunQuery(runId).queryKey });
      void client.invalidateQueries({ queryKey: problemRunsQuery.queryKey });
    }, [client, runId]),
  );
  if (error) return <Failure error={error} />;
  return job && <JobProgress job={viewOfJob(job)} onCancel={() => cancel.mutate()} cancelling={cancel.isPending} />;
};

export const RunCard = ({ runId }: { readonly runId: number }) => {
  const query = useQuery(problemRunQuery(runId));
  const run = query.data;
  return (
    <Card
      title={run ? `Solvers on ${run.file.name}` : 'Solvers on a file'}
      note={
        run &&
        `${sayFile(run.file)}. ${formatDuration(run.seconds)} each, seeds from ${run.seed}, ${formatTime(run.createdAt)}.`
      }
    >
      <Stack gap="md">
        {run?.status === 'running' && run.jobId && <Progress jobId={run.jobId} runId={run.id} />}
        <Loaded query={query} what="the run" height={420}>
          {(view) => <Body run={view} />}
        </Loaded>
      </Stack>
    </Card>
  );
};
