/** What came of an import, file by file, with every row that was left out and why. */
import { Anchor, Badge, Group, List, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { type FileReportView, type ImportView, rejectsPath } from '../../api/records.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { formatDuration, formatNumber, plural } from '../../components/format.ts';
import classes from './FileList.module.css';
import { KIND_WORDS } from './FileList.tsx';

type Reject = ImportView['rejects'][number];

const STATUS_WORDS: Readonly<Record<FileReportView['status'], string>> = {
  waiting: 'waiting',
  reading: 'being read',
  imported: 'imported',
  'already-imported': 'was imported before, nothing added',
  refused: 'refused',
  cancelled: 'cancelled',
};

/** "40,213 rows, 12 left out, 240 learners": only what is there. */
const countsOf = (file: FileReportView): string =>
  (
    [
      [file.rows, 'row'],
      [file.learners, 'learner'],
      [file.items, 'exercise'],
      [file.skills, 'skill'],
      [file.prerequisites, 'prerequisite'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, noun]) => plural(count, noun))
    .join(', ');

const Notes = ({ title, notes }: { readonly title?: string; readonly notes: readonly string[] }) =>
  notes.length === 0 ? null : (
    <div>
      {title && (
        <Text size="xs" fw={600}>
          {title}
        </Text>
      )}
      <List size="xs">
        {notes.map((note) => (
          <List.Item key={note}>{note}</List.Item>
        ))}
      </List>
    </div>
  );

const FileReport = ({ file }: { readonly file: FileReportView }) => (
  <li className={classes['file']}>
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {file.name}
        </Text>
        <Badge size="sm" radius="sm" variant="default" tt="none">
          {KIND_WORDS[file.kind]}
        </Badge>
        <Text size="xs" c="dimmed">
          {STATUS_WORDS[file.status]} · {formatDuration(file.seconds)}
        </Text>
      </Group>
      {file.problem && (
        <Text size="sm" role="alert" className={classes['problem']}>
          {file.problem}
        </Text>
      )}
      {countsOf(file) !== '' && (
        <Text size="sm">
          {countsOf(file)}
          {file.rejected > 0 && `; ${formatNumber(file.rejected)} left out`}
        </Text>
      )}
      <Notes notes={file.notes} />
      <Notes title="Prerequisites left out to break cycles" notes={file.dropped} />
    </Stack>
  </li>
);

const COLUMNS: readonly Column<Reject>[] = [
  { key: 'file', header: 'File', rowHeader: true, cell: (row) => row.file, wideOnly: true },
  { key: 'line', header: 'Line', align: 'right', sort: (row) => row.line, cell: (row) => formatNumber(row.line) },
  { key: 'column', header: 'Column', sort: (row) => row.column, cell: (row) => row.column ?? 'the whole line' },
  { key: 'expected', header: 'Expected', cell: (row) => row.expected },
  { key: 'got', header: 'Got', cell: (row) => <code>{row.got}</code> },
];

export const ImportReport = ({ report }: { readonly report: ImportView }) => (
  <Stack gap="sm">
    <ul className={classes['files']} aria-label="What came of each file">
      {report.files.map((file) => (
        <FileReport key={file.name} file={file} />
      ))}
    </ul>
    {report.rejects.length > 0 && (
      <Stack gap={4}>
        <Group justify="space-between">
          <Text size="sm" fw={600}>
            Rows that were left out
          </Text>
          <Anchor href={rejectsPath(report.id)} download size="sm">
            All of them as a file
          </Anchor>
        </Group>
        <DataTable
          label="Rows that were left out"
          noun="row"
          rows={report.rejects}
          columns={COLUMNS}
          rowKey={(row) => `${row.file}:${row.line}:${row.column}`}
          empty={null}
        />
      </Stack>
    )}
    {report.course && (
      <Anchor component={Link} to={`/class?course=${report.course.id}`} size="sm">
        See the class of {report.course.name}
      </Anchor>
    )}
  </Stack>
);
