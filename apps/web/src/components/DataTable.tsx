/**
 * A table for hundreds of rows: sortable by buttons in its head, searched, paged, its head sticking to the top. Plain
 * table markup underneath, so keyboards and screen readers need nothing special.
 */
import { Group, Pagination, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import classes from './DataTable.module.css';
import { formatNumber, plural } from './format.ts';
import { findRows, type SortBy, sortRows } from './table-rows.ts';

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What to sort by; absent: the column cannot be sorted. */
  readonly sort?: (row: Row) => string | number | null | undefined;
  readonly align?: 'left' | 'right';
  /** True for the column that names the row. */
  readonly rowHeader?: boolean;
  /** Hidden below 48em; say there only what is also elsewhere. */
  readonly wideOnly?: boolean;
}

export interface DataTableProps<Row> {
  /** Says what the table holds, for people who do not see where it stands. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly initialSort?: SortBy;
  /** The text of a row that the search looks at; absent: no search. */
  readonly searchText?: (row: Row) => string;
  /** How many rows there are where only some are at hand; default: all of them are. */
  readonly total?: number;
  /** 'learner', 'skill': for the count below. */
  readonly noun: string;
  readonly pageSize?: number;
  /** Shown instead of the table when there are no rows at all. */
  readonly empty: ReactNode;
  /** Marks one row as the one that is looked at. */
  readonly currentKey?: string | null;
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly sortBy: SortBy | null;
  readonly onSort: (key: string) => void;
}

const Head = <Row,>({ column, sortBy, onSort }: HeadProps<Row>) => {
  const active = sortBy?.key === column.key;
  const Icon = !active ? IconArrowsSort : sortBy.descending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      data-align={column.align}
      data-wide={column.wideOnly || undefined}
      aria-sort={active ? (sortBy.descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sort ? (
        <UnstyledButton
          className={classes['sort']}
          onClick={() => onSort(column.key)}
          data-active={active || undefined}
        >
          {column.header}
          <Icon size={13} aria-hidden />
        </UnstyledButton>
      ) : (
        column.header
      )}
    </th>
  );
};

const useRows = <Row,>(props: DataTableProps<Row>) => {
  const { rows, columns, searchText, pageSize = 50 } = props;
  const [sortBy, setSortBy] = useState<SortBy | null>(props.initialSort ?? null);
  const [query, setQuery] = useState('');
  const [page, setPage] = useState(1);
  const found = useMemo(
    () => (searchText && query ? findRows(rows, query, searchText) : rows),
    [rows, query, searchText],
  );
  const sorted = useMemo(() => {
    const sort = columns.find((column) => column.key === sortBy?.key)?.sort;
    return sort && sortBy ? sortRows(found, sort, sortBy.descending) : found;
  }, [found, columns, sortBy]);
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const current = Math.min(page, pages);
  const toggle = (key: string): void => {
    setSortBy((was) => ({ key, descending: was?.key === key ? !was.descending : false }));
    setPage(1);
  };
  const search = (text: string): void => {
    setQuery(text);
    setPage(1);
  };
  const shown = sorted.slice((current - 1) * pageSize, current * pageSize);
  return { sortBy, toggle, query, search, sorted, shown, pages, current, setPage };
};

export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { label, rows, columns, rowKey, searchText, noun, empty, currentKey } = props;
  const view = useRows(props);
  if (rows.length === 0) return <>{empty}</>;
  return (
    <div className={classes['root']}>
      {searchText && (
        <TextInput
          size="xs"
          maw={280}
          aria-label={`Find in ${label}`}
          placeholder="Find"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={view.query}
          onChange={(event) => view.search(event.currentTarget.value)}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse */}
      <section className={classes['scroll']} tabIndex={0} aria-label={label}>
        <table className={classes['table']}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.key} column={column} sortBy={view.sortBy} onSort={view.toggle} />
              ))}
            </tr>
          </thead>
          <tbody>
            {view.shown.map((row) => (
              <tr key={rowKey(row)} aria-current={currentKey === rowKey(row) || undefined}>
                {columns.map((column) => {
                  const Cell = column.rowHeader ? 'th' : 'td';
                  return (
                    <Cell
                      key={column.key}
                      scope={column.rowHeader ? 'row' : undefined}
                      data-align={column.align}
                      data-wide={column.wideOnly || undefined}
                    >
                      {column.cell(row)}
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" role="status">
          {view.query
            ? `${formatNumber(view.sorted.length)} of ${plural(props.total ?? rows.length, noun)}`
            : plural(props.total ?? rows.length, noun)}
        </Text>
        {view.pages > 1 && (
          <Pagination
            size="sm"
            total={view.pages}
            value={view.current}
            onChange={view.setPage}
            siblings={1}
            boundaries={1}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            getItemProps={(page) => ({ 'aria-label': `Page ${page}` })}
          />
        )}
      </Group>
    </div>
  );
};
