/** Problem files: dropped, looked at, put to the solvers, followed live, and the runs that were made before. */
import { Alert, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import {
  type FileFormat,
  findProblemFile,
  type ProblemRuns,
  problemRunsQuery,
  sendProblemFile,
} from '../../../api/problem-runs.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { Card } from '../../../components/Card.tsx';
import { DropZone } from '../../../components/DropZone.tsx';
import { formatBytes } from '../../../components/format.ts';
import { ProblemText } from '../../../components/ProblemText.tsx';
import { EarlierRuns } from './EarlierRuns.tsx';
import { RunCard } from './RunCard.tsx';
import { SolveForm } from './SolveForm.tsx';
import { sayFile } from './words.ts';

const BY_NAME = 'by its name';

/** The run that is looked at, in the address: a reload shows it again. */
const useChosenRun = () => {
  const [search, setSearch] = useSearchParams();
  const chosen = Number(search.get('run'));
  const choose = (runId: number | null): void =>
    setSearch((was) => {
      const next = new URLSearchParams(was);
      if (runId === null) next.delete('run');
      else next.set('run', String(runId));
      return next;
    });
  return { chosen: Number.isInteger(chosen) && chosen > 0 ? chosen : null, choose };
};

const useFile = () => {
  const [format, setFormat] = useState<FileFormat | null>(null);
  const look = useMutation({
    mutationFn: (given: File | number) =>
      typeof given === 'number' ? findProblemFile(given) : sendProblemFile(given, format),
  });
  return { format, setFormat, look };
};

interface BringProps {
  readonly data: ProblemRuns;
  readonly file: ReturnType<typeof useFile>;
  readonly onStarted: (runId: number) => void;
}

const Bring = ({ data, file: { format, setFormat, look }, onStarted }: BringProps) => (
  <Card title="A problem file" note="Optimisation problems from elsewhere, to see what each solver makes of them.">
    <Stack gap="md">
      <DropZone
        label="Problem file"
        hint={`Formats: ${data.formats.join(', ')}; at most ${formatBytes(data.limits.mostBytes)}.`}
        onFiles={([file]) => look.mutate(file)}
      />
      <Select
        label="Format"
        size="xs"
        w={180}
        allowDeselect={false}
        data={[BY_NAME, ...data.formats]}
        value={format ?? BY_NAME}
        onChange={(value) => setFormat(data.formats.find((known) => known === value) ?? null)}
      />
      {look.isPending && (
        <Text size="sm" role="status">
          Reading the file…
        </Text>
      )}
      {look.isError && <ProblemText error={look.error} />}
      {look.data && (
        <>
          <Alert color="gray" title={look.data.file.name} role="status">
            {sayFile(look.data.file)}. {formatBytes(look.data.file.bytes)}.
          </Alert>
          <SolveForm key={look.data.file.id} inspected={look.data} offer={data} onStarted={onStarted} />
        </>
      )}
    </Stack>
  </Card>
);

export const ProblemFiles = () => {
  const client = useQueryClient();
  const query = useQuery(problemRunsQuery);
  const { chosen, choose } = useChosenRun();
  const file = useFile();
  const onStarted = (runId: number): void => {
    choose(runId);
    void client.invalidateQueries({ queryKey: problemRunsQuery.queryKey });
  };
  return (
    <Loaded query={query} what="the problem files" height={480}>
      {(data) => (
        <Stack gap="md">
          <Bring data={data} file={file} onStarted={onStarted} />
          {chosen !== null && <RunCard key={chosen} runId={chosen} />}
          <Card title="Earlier runs">
            <EarlierRuns
              runs={data.runs}
              current={chosen}
              onShow={choose}
              onAgain={(fileId) => file.look.mutate(fileId)}
              onRemoved={(runId) => runId === chosen && choose(null)}
            />
          </Card>
        </Stack>
      )}
    </Loaded>
  );
};
