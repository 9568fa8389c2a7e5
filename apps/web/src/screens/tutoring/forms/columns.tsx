/** Columns and buttons that tables of people, rooms and things share. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Column } from '../../../components/DataTable.tsx';
import { formatNumber } from '../../../components/format.ts';

/** What is edited: null for nothing, without an id for one that is not there yet. */
export type Edited<Id> = { readonly id: Id | null } | null;

export const editColumn = <Row extends { readonly name: string }>(onEdit: (row: Row) => void): Column<Row> => ({
  key: 'edit',
  header: 'Change',
  cell: (row) => (
    <Button size="compact-xs" variant="default" aria-label={`Change ${row.name}`} onClick={() => onEdit(row)}>
      Change
    </Button>
  ),
});

export const nameColumn = <Row extends { readonly name: string }>(header: string): Column<Row> => ({
  ...{ key: 'name', header, rowHeader: true },
  sort: (row) => row.name,
  cell: (row) => row.name,
});

export const numberColumn = <Row,>(key: string, header: string, value: (row: Row) => number): Column<Row> => ({
  ...{ key, header, align: 'right' as const, sort: value },
  cell: (row) => formatNumber(value(row)),
});

export const AddButton = ({ label, onClick }: { readonly label: string; readonly onClick: () => void }) => (
  <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={onClick}>
    {label}
  </Button>
);
