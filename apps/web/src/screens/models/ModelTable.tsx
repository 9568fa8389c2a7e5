/** All figures of an evaluation, a row a model. */
import { Group, Text } from '@mantine/core';
import type { EvaluatedModel } from '../../api/models.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { formatDuration, formatInterval, formatNumber } from '../../components/format.ts';
import { kindColour } from './kinds.ts';

const DECIMALS = { decimals: 3 };

const WithInterval = ({ value }: { readonly value: EvaluatedModel['auc'] }) =>
  value === null ? (
    '–'
  ) : (
    <>
      <div>{formatNumber(value.mean, DECIMALS)}</div>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {formatInterval(value, DECIMALS)}
      </Text>
    </>
  );

const columnsFor = (champion: string): Column<EvaluatedModel>[] => [
  {
    key: 'name',
    header: 'Model',
    rowHeader: true,
    sort: (row) => row.name,
    cell: (row) => (
      <Group gap={6} wrap="nowrap" align="flex-start">
        <svg width="10" height="10" aria-hidden style={{ flex: 'none', marginTop: 5 }}>
          <circle cx="5" cy="5" r="5" style={{ fill: kindColour(row) }} />
        </svg>
        <span>
          {row.name}
          {row.name === champion && ' (champion)'}
          <Text size="xs" c="dimmed" maw={380}>
            {row.description}
          </Text>
        </span>
      </Group>
    ),
  },
  {
    key: 'auc',
    header: 'AUC',
    align: 'right',
    sort: (row) => row.auc?.mean,
    cell: (row) => <WithInterval value={row.auc} />,
  },
  {
    key: 'nll',
    header: 'Log loss',
    align: 'right',
    sort: (row) => row.nll.mean,
    cell: (row) => <WithInterval value={row.nll} />,
  },
  {
    key: 'ece',
    header: 'Calibration error',
    align: 'right',
    sort: (row) => row.ece.mean,
    cell: (row) => <WithInterval value={row.ece} />,
  },
  {
    key: 'first',
    header: 'AUC, first attempts',
    align: 'right',
    sort: (row) => row.firstAttempts.auc,
    cell: (row) => (row.firstAttempts.auc === null ? '–' : formatNumber(row.firstAttempts.auc, DECIMALS)),
  },
  {
    key: 'means',
    header: 'Mastery is',
    cell: (row) => (row.masteryMeans === 'known' ? 'the chance that it is known' : 'the chance of a right answer'),
    wideOnly: true,
  },
  {
    key: 'seconds',
    header: 'Fit',
    align: 'right',
    sort: (row) => row.fitSeconds,
    cell: (row) => formatDuration(row.fitSeconds),
  },
];

export interface ModelTableProps {
  readonly models: readonly EvaluatedModel[];
  readonly champion: string;
}

export const ModelTable = ({ models, champion }: ModelTableProps) => (
  <DataTable
    label="Figures of every model"
    noun="model"
    rows={models}
    columns={columnsFor(champion)}
    rowKey={(row) => row.name}
    initialSort={{ key: 'nll', descending: false }}
    empty={null}
  />
);
