/** All figures of a comparison, a row a solver. */
import { Group, Text } from '@mantine/core';
import type { ComparisonView } from '../../api/solvers.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { formatInterval, formatNumber, plural, sharedDecimals } from '../../components/format.ts';
import { KIND_COLOURS, KIND_WORDS } from './kinds.ts';

type Compared = ComparisonView['solvers'][number];

const WithInterval = ({
  value,
  unit,
}: {
  readonly value: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly unit?: string;
}) => {
  if (value === null) return '–';
  const style = { unit, decimals: unit === '%' ? 1 : sharedDecimals(value) };
  return (
    <>
      <div>{formatNumber(value.mean, style)}</div>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {formatInterval(value, style)}
      </Text>
    </>
  );
};

/** A figure of a solver that took at least one problem; null where it took none and there is nothing to average. */
const took = <Figure,>(row: Compared, figure: Figure): Figure | null => (row.points.length === 0 ? null : figure);

const columnsFor = (champion: string): Column<Compared>[] => [
  {
    key: 'name',
    header: 'Solver',
    rowHeader: true,
    sort: (row) => row.name,
    cell: (row) => (
      <Group gap={6} wrap="nowrap">
        <svg width="10" height="10" aria-hidden>
          <circle cx="5" cy="5" r="5" style={{ fill: KIND_COLOURS[row.kind] }} />
        </svg>
        <span>
          {row.name}
          {row.name === champion && ' (champion)'}
          <Text size="xs" c="dimmed">
            {KIND_WORDS[row.kind]}
          </Text>
        </span>
      </Group>
    ),
  },
  {
    key: 'objective',
    header: 'Worth, points',
    align: 'right',
    sort: (row) => took(row, row.objective)?.mean,
    cell: (row) => <WithInterval value={took(row, row.objective)} />,
  },
  {
    key: 'bound',
    header: 'Proven bound',
    align: 'right',
    sort: (row) => row.bound?.mean,
    cell: (row) => <WithInterval value={row.bound} />,
  },
  {
    key: 'gap',
    header: 'Gap',
    align: 'right',
    sort: (row) => row.gap?.mean,
    cell: (row) => <WithInterval value={row.gap} unit="%" />,
  },
  {
    key: 'feasible',
    header: 'Valid plans',
    align: 'right',
    sort: (row) => row.feasible?.mean,
    cell: (row) => <WithInterval value={row.feasible} unit="%" />,
  },
  {
    key: 'time',
    header: 'Time, s',
    align: 'right',
    sort: (row) => row.wallSeconds.mean,
    cell: (row) => <WithInterval value={took(row, row.wallSeconds)} />,
  },
  {
    key: 'refused',
    header: 'Not taken',
    cell: (row) => (row.refused === null ? '' : `${plural(row.refused.count, 'problem')}: ${row.refused.reason}`),
  },
];

export interface SolverTableProps {
  readonly solvers: readonly Compared[];
  readonly champion: string;
}

export const SolverTable = ({ solvers, champion }: SolverTableProps) => (
  <DataTable
    label="Figures of every solver"
    noun="solver"
    rows={solvers}
    columns={columnsFor(champion)}
    rowKey={(row) => row.name}
    initialSort={{ key: 'objective', descending: true }}
    empty={null}
  />
);
