/** All figures of a run on a problem file, a row a solver: the same as the curves, readable without colour. */
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ProblemRunView, ProblemSolver } from '../../../api/problem-runs.ts';
import { type Column, DataTable } from '../../../components/DataTable.tsx';
import { formatDuration, formatNumber } from '../../../components/format.ts';
import { KIND_COLOURS, KIND_WORDS } from '../kinds.ts';
import { sayCost, sayObjective, sayTime, sayTimeInterval } from './words.ts';

/** A figure with a line below. */
const Two = ({ first, second }: { readonly first: ReactNode; readonly second: ReactNode }) => (
  <>
    <div>{first}</div>
    <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
      {second}
    </Text>
  </>
);

const share = (value: number | null): string =>
  value === null ? '–' : value < 1e-9 && value > -1e-9 ? '0 %' : formatNumber(value, { unit: '%', decimals: 3 });

const Broken = ({ row }: { readonly row: ProblemSolver }) => {
  if (row.failure !== null && row.best === null) return <span>{row.failure}</span>;
  if (row.violations.length > 0) {
    const shown = row.violations.slice(0, 3).map(({ name, amount }) => `${name} (by ${formatNumber(amount)})`);
    const more = row.violations.length > 3 ? ` and ${row.violations.length - 3} more` : '';
    return (
      <span>
        {shown.join(', ')}
        {more}
      </span>
    );
  }
  return row.ended === 0 ? '–' : 'none';
};

const columnsFor = ({ repeats, bound }: ProblemRunView): Column<ProblemSolver>[] => [
  {
    key: 'solver',
    header: 'Solver',
    rowHeader: true,
    sort: (row) => row.solver,
    cell: (row) => (
      <Group gap={6} wrap="nowrap">
        <svg width="10" height="10" aria-hidden style={{ flex: 'none' }}>
          <circle cx="5" cy="5" r="5" style={{ fill: KIND_COLOURS[row.kind] }} />
        </svg>
        <span>
          {row.solver}
          <Text size="xs" c="dimmed">
            {KIND_WORDS[row.kind]}
          </Text>
        </span>
      </Group>
    ),
  },
  {
    key: 'best',
    header: 'Best',
    align: 'right',
    sort: (row) => row.behindTarget,
    cell: (row) => <Two first={sayObjective(row.best)} second={`${row.ended} of ${repeats} solves`} />,
  },
  {
    key: 'gap',
    header: bound === null ? 'Gap (no bound)' : 'Gap to the bound',
    align: 'right',
    sort: (row) => row.gap,
    cell: (row) => share(row.gap),
  },
  {
    key: 'behind',
    header: 'Behind the target',
    align: 'right',
    sort: (row) => row.behindTarget,
    cell: (row) => share(row.behindTarget),
  },
  {
    key: 'time',
    header: 'Best found after',
    align: 'right',
    sort: (row) => row.bestAtSeconds,
    cell: (row) => (row.bestAtSeconds === null ? '–' : formatDuration(row.bestAtSeconds)),
  },
  {
    key: 'tts',
    header: 'TTS99',
    align: 'right',
    sort: (row) => row.timeToSolution?.seconds.mean,
    cell: ({ timeToSolution: time }) =>
      time === null ? '–' : <Two first={sayTime(time)} second={sayTimeInterval(time)} />,
  },
  {
    key: 'reached',
    header: 'Target reached',
    align: 'right',
    sort: (row) => row.timeToSolution?.successes,
    cell: ({ timeToSolution: time }) =>
      time === null ? (
        '–'
      ) : (
        <Two first={`${time.successes} of ${time.runs}`} second={`within ${formatDuration(time.runSeconds)}`} />
      ),
  },
  { key: 'broken', header: 'Broken constraints', cell: (row) => <Broken row={row} /> },
  {
    key: 'cost',
    header: 'Cost, all solves',
    align: 'right',
    sort: (row) => row.cost.wallSeconds,
    cell: (row) => sayCost(row.cost),
  },
];

export const RunTable = ({ run }: { readonly run: ProblemRunView }) => (
  <DataTable
    label="Figures of the solvers on this file"
    noun="solver"
    rows={run.solvers}
    columns={columnsFor(run)}
    rowKey={(row) => row.solver}
    initialSort={{ key: 'best', descending: false }}
    empty={null}
  />
);
