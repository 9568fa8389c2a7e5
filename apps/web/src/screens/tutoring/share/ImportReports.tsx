/** What came of a file: what was read, whose entry changed, what was refused and why. */
import { Alert, Group, List, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImportReport, RosterReport } from '../../../api/schedule-services.ts';
import { FoldedTable } from '../../../components/FoldedTable.tsx';
import { formatNumber, plural } from '../../../components/format.ts';

interface ReportProps {
  readonly title: string;
  readonly refused: number;
  readonly notes: readonly string[];
  readonly children: ReactNode;
}

const Report = ({ title, refused, notes, children }: ReportProps) => (
  <Alert
    color={refused > 0 ? 'yellow' : 'teal'}
    role="status"
    icon={<IconCheck size={18} aria-hidden />}
    title={refused > 0 ? `${title}; ${plural(refused, 'entry', 'entries')} refused` : title}
  >
    <Stack gap="xs">
      {notes.length > 0 && (
        <List size="sm">
          {notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      {children}
    </Stack>
  </Alert>
);

export const AvailabilityReport = ({ report }: { readonly report: ImportReport }) => (
  <Report
    title={`${formatNumber(report.read)} read, the times of ${plural(report.changed, 'person', 'people')} changed`}
    refused={report.rejected}
    notes={report.notes}
  >
    {report.people.length > 0 && (
      <FoldedTable
        summary="Whose times changed"
        label="Whose times changed"
        columns={['Name', 'Times before', 'Times now']}
        rows={report.people.map(({ name, before, after }) => [name, before, after])}
      />
    )}
    {report.rejects.length > 0 && (
      <FoldedTable
        summary="What was refused"
        label="What was refused"
        columns={['Line', 'Expected', 'Got']}
        rows={report.rejects.map(({ line, expected, got }) => [line ?? '–', expected, got])}
      />
    )}
  </Report>
);

const KINDS: Readonly<Record<RosterReport['kind'], string>> = {
  bulk: 'A whole register was read',
  delta: 'Changes to a register were read',
  empty: 'The package holds no people',
};

export const RosterReportView = ({ report }: { readonly report: RosterReport }) => (
  <Report title={KINDS[report.kind]} refused={report.rejected} notes={report.notes}>
    <Group gap="lg">
      {(['learners', 'tutors'] as const).map((who) => (
        <Text key={who} size="sm">
          {who === 'learners' ? 'Learners' : 'Tutors'}: {formatNumber(report[who].added)} new,{' '}
          {formatNumber(report[who].changed)} changed, {formatNumber(report[who].removed)} gone
        </Text>
      ))}
      <Text size="sm">{plural(report.groups, 'group')}</Text>
    </Group>
    {report.diagnostics.length > 0 && (
      <FoldedTable
        summary="What was refused, and warnings"
        label="Diagnostics"
        columns={['File', 'Row', 'Field', 'What', 'Code']}
        rows={report.diagnostics.map(({ file, row, field, message, code }) => [
          file,
          row ?? '–',
          field ?? '–',
          message,
          code,
        ])}
      />
    )}
  </Report>
);
