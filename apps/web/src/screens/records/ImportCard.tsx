/** Brings files in: choose, look at what they were taken for, correct the columns, start, follow, report. */
import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { coursesQuery } from '../../api/courses.ts';
import { viewOfJob } from '../../api/jobs.ts';
import { faultsByField } from '../../api/problem.ts';
import type { ImportBody } from '../../api/records.ts';
import { Failure } from '../../app/Loaded.tsx';
import { Card } from '../../components/Card.tsx';
import { DropZone } from '../../components/DropZone.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { ProblemText } from '../../components/ProblemText.tsx';
import { ColumnMapping } from './ColumnMapping.tsx';
import { FileList } from './FileList.tsx';
import { ImportReport } from './ImportReport.tsx';
import { type ColumnMap, columnsOf, mapOf, notReady } from './import-draft.ts';
import { useImport } from './useImport.ts';

const NEW_COURSE = 'new';

interface Options {
  readonly courseId: string;
  readonly courseName: string;
  readonly strict: boolean;
  readonly breakCycles: boolean;
}

const NO_OPTIONS: Options = { courseId: NEW_COURSE, courseName: '', strict: false, breakCycles: false };

const bodyOf = (options: Options, map: ColumnMap): ImportBody => ({
  ...(options.courseId === NEW_COURSE ? {} : { courseId: Number(options.courseId) }),
  ...(options.courseId === NEW_COURSE && options.courseName.trim() !== ''
    ? { courseName: options.courseName.trim() }
    : {}),
  ...(Object.keys(map).length > 0 ? { map } : {}),
  strict: options.strict,
  breakCycles: options.breakCycles,
});

interface OptionsFormProps {
  readonly options: Options;
  readonly onChange: (options: Options) => void;
  readonly faults: Readonly<Record<string, string>>;
}

const OptionsForm = ({ options, onChange, faults }: OptionsFormProps) => {
  const courses = useQuery(coursesQuery);
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        <Select
          label="Into the course"
          allowDeselect={false}
          data={[
            { value: NEW_COURSE, label: 'A new course' },
            ...(courses.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={options.courseId}
          onChange={(courseId) => onChange({ ...options, courseId: courseId ?? NEW_COURSE })}
          error={faults['courseId']}
        />
        {options.courseId === NEW_COURSE && (
          <TextInput
            label="Its name"
            placeholder="as the first file"
            value={options.courseName}
            onChange={(event) => onChange({ ...options, courseName: event.currentTarget.value })}
            error={faults['courseName']}
          />
        )}
      </Group>
      <Checkbox
        label="Refuse a file at its first bad row"
        description="Otherwise bad rows are left out and listed."
        checked={options.strict}
        onChange={(event) => onChange({ ...options, strict: event.currentTarget.checked })}
      />
      <Checkbox
        label="Break cycles of prerequisites"
        description="Otherwise a graph in which a skill needs itself is refused, with the cycle named."
        checked={options.breakCycles}
        onChange={(event) => onChange({ ...options, breakCycles: event.currentTarget.checked })}
      />
    </Stack>
  );
};

const Draft = ({ job }: { readonly job: ReturnType<typeof useImport> }) => {
  const [options, setOptions] = useState(NO_OPTIONS);
  const [chosen, setChosen] = useState<ColumnMap>({});
  const map = mapOf(job.files, chosen);
  const columns = columnsOf(job.files);
  const wait = notReady(job.files, map);
  const faults = faultsByField(job.start.error);
  return (
    <Stack gap="md">
      <DropZone
        label="Files to import"
        hint="Answers as CSV or TSV, also gzip; skill graphs as JSON or CSV; OATutor exercises as JSON."
        multiple
        onFiles={(files) => job.add.mutate(files)}
      />
      {job.add.isError && <Failure error={job.add.error} />}
      {job.files.length > 0 && (
        <>
          <FileList files={job.files} onTakeOut={job.takeOut} />
          {columns.length > 0 && <ColumnMapping columns={columns} map={map} onChange={setChosen} faults={faults} />}
          <OptionsForm options={options} onChange={setOptions} faults={faults} />
          {job.start.isError && <ProblemText error={job.start.error} />}
          <Group gap="sm">
            <Button
              onClick={() => job.start.mutate(bodyOf(options, map))}
              disabled={wait !== null}
              loading={job.start.isPending}
            >
              Import
            </Button>
            <Button variant="default" onClick={job.reset}>
              Start over
            </Button>
            {wait && (
              <Text size="sm" c="dimmed" role="status">
                {wait}
              </Text>
            )}
          </Group>
        </>
      )}
    </Stack>
  );
};

const Followed = ({ job }: { readonly job: ReturnType<typeof useImport> }) => {
  const { follow, report } = job;
  const running = follow.job !== undefined && ['waiting', 'running'].includes(viewOfJob(follow.job).state);
  return (
    <Stack gap="md">
      {follow.error && <Failure error={follow.error} />}
      {follow.job && (
        <JobProgress
          job={viewOfJob(follow.job)}
          onCancel={() => follow.cancel.mutate()}
          cancelling={follow.cancel.isPending}
        />
      )}
      {!running && report.data && <ImportReport report={report.data} />}
      {!running && (
        <Group>
          <Button variant="default" onClick={job.reset}>
            Import more
          </Button>
        </Group>
      )}
    </Stack>
  );
};

export const ImportCard = () => {
  const job = useImport();
  return (
    <Card title="Import" note="A file is taken in whole or not at all; the same file twice adds nothing.">
      {job.started ? <Followed job={job} /> : <Draft job={job} />}
    </Card>
  );
};
