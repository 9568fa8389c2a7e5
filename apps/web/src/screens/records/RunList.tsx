/** Every stored run, the newest first; each opens with its inputs, versions, seed, budget and cost. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type RunSummary, runsQuery } from '../../api/runs.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatDuration, formatTime } from '../../components/format.ts';

const COLUMNS: readonly Column<RunSummary>[] = [
  {
    key: 'subject',
    header: 'Run',
    rowHeader: true,
    sort: (row) => `${row.kind} ${row.subject}`,
    cell: (row) => (
      <Anchor component={Link} to={`/records/runs/${encodeURIComponent(row.id)}`} size="sm">
        {row.kind}: {row.subject}
      </Anchor>
    ),
  },
  { key: 'at', header: 'When', sort: (row) => row.startedAt, cell: (row) => formatTime(row.startedAt) },
  {
    key: 'time',
    header: 'Took',
    align: 'right',
    sort: (row) => row.wallSeconds,
    cell: (row) => (row.wallSeconds === null ? '–' : formatDuration(row.wallSeconds)),
  },
];

export const RunList = () => {
  const query = useQuery(runsQuery);
  return (
    <Loaded query={query} what="the runs" height={220}>
      {(runs) => (
        <DataTable
          label="Runs"
          noun="run"
          pageSize={20}
          rows={runs}
          columns={COLUMNS}
          rowKey={(row) => row.id}
          searchText={(row) => `${row.kind} ${row.subject}`}
          empty={
            <EmptyState title="Nothing computed yet">
              Imports, fits, plans and comparisons stand here as soon as there are any.
            </EmptyState>
          }
        />
      )}
    </Loaded>
  );
};
