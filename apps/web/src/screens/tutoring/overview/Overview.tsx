/**
 * One week of all tutors at once, by the ARIA grid pattern: a row for each, a column for each slot. A number is a session
 * with so many learners; Enter or a click leads to that tutor's own calendar.
 */
import { Text, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import type { SessionView } from '../../../api/schedule.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { plural } from '../../../components/format.ts';
import { useGridWalk } from '../../../components/useGridWalk.ts';
import { sayNames, seatKey } from '../calendar/view.ts';
import type { WeekGrid } from '../calendar/week.ts';
import type { Tutoring } from '../useTutoring.ts';
import classes from './Overview.module.css';
import { columnsOf, type OverviewColumn, type OverviewRow, rowsOf } from './rows.ts';

export interface OverviewProps {
  readonly tutoring: Tutoring;
  /** '19 to 25 October 2026' */
  readonly label: string;
  readonly grid: WeekGrid;
  /** Asked for a tutor's own calendar; with a session where one was asked for. */
  readonly onOpen: (tutorId: string, session: SessionView | null) => void;
}

const Heads = ({ columns }: { readonly columns: readonly OverviewColumn[] }) => (
  <thead>
    <tr>
      <th className={classes['name']} rowSpan={2} scope="col">
        Tutor
      </th>
      {[...Map.groupBy(columns, ({ day }) => day.day)].map(([day, own]) => (
        <th key={day} scope="colgroup" colSpan={own.length} className={classes['day']} abbr={own[0].day.spoken}>
          {own[0].day.weekday} <span className={classes['quiet']}>{own[0].day.date}</span>
        </th>
      ))}
    </tr>
    <tr>
      {columns.map(({ slot, from, isFirst }) => (
        <th key={slot.id} scope="col" className={classes['time']} data-first={isFirst || undefined}>
          <span>{from}</span>
        </th>
      ))}
    </tr>
  </thead>
);

const sayCell = ({ name, cells }: OverviewRow, at: number, column: OverviewColumn): string => {
  const when = `${name}, ${column.day.spoken}, ${column.from}`;
  const { session, isAway } = cells[at];
  if (session === null) return `${when}: ${isAway ? 'not available' : 'free'}`;
  const who = sayNames(session.members.map((member) => member.name));
  const where = session.roomName === null ? '' : `, ${session.roomName}`;
  // With the number that stands in the cell: what is seen can be said to it.
  const many = plural(session.members.length, 'learner');
  return `${when}: ${session.skill.name} with ${many}, ${who}${where}${isAway ? '; not available then' : ''}`;
};

interface RowProps {
  readonly row: OverviewRow;
  readonly index: number;
  readonly columns: readonly OverviewColumn[];
  readonly published: ReadonlySet<string> | null;
  /** Column that Tab leads to, where it is in this row. */
  readonly stop: number | null;
}

const Row = ({ row, index, columns, published, stop }: RowProps) => (
  <tr>
    <th scope="row" className={classes['name']}>
      {row.name} <span className={classes['quiet']}>{row.sessions}</span>
      <VisuallyHidden> sessions this week</VisuallyHidden>
    </th>
    {row.cells.map(({ session, isAway }, column) => (
      <td
        key={columns[column].slot.id}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells of an ARIA grid are what is walked and opened
        role="gridcell"
        tabIndex={stop === column ? 0 : -1}
        aria-label={sayCell(row, column, columns[column])}
        data-row={index}
        data-column={column}
        data-first={columns[column].isFirst || undefined}
        data-away={isAway || undefined}
        data-busy={session !== null || undefined}
        data-changed={
          (session !== null &&
            published !== null &&
            session.members.some(({ learnerId }) => !published.has(seatKey(session, learnerId)))) ||
          undefined
        }
        className={classes['cell']}
      >
        {session?.members.length}
      </td>
    ))}
  </tr>
);

const useOverview = ({ tutoring, grid, onOpen }: OverviewProps) => {
  const { setting, index } = tutoring;
  const columns = useMemo(() => columnsOf(grid), [grid]);
  const rows = useMemo(() => rowsOf(setting.tutors, columns, index.bySlot), [setting, columns, index]);
  const { table, handlers, stop, looked } = useGridWalk(
    { rows: rows.length, columns: columns.length },
    ({ row, column }) => onOpen(rows[row].id, rows[row].cells[column].session),
  );
  const said =
    looked === null || !rows[looked.row] || !columns[looked.column]
      ? 'Point at a place, or walk with the arrow keys. Enter or a click leads to the tutor’s own calendar.'
      : sayCell(rows[looked.row], looked.column, columns[looked.column]);
  return { columns, rows, table, stop, handlers, said };
};

export const Overview = (props: OverviewProps) => {
  const { tutoring, label } = props;
  const { columns, rows, table, stop, handlers, said } = useOverview(props);
  if (rows.length === 0) return <EmptyState title="No tutors yet">Add some under People and times.</EmptyState>;
  return (
    <div>
      <div className={classes['scroll']}>
        <table
          ref={table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked as a grid
          role="grid"
          aria-label={`All tutors, ${label}`}
          className={classes['grid']}
          {...handlers}
        >
          <Heads columns={columns} />
          <tbody>
            {rows.map((row, index) => (
              <Row
                key={row.id}
                row={row}
                index={index}
                columns={columns}
                published={tutoring.index.published}
                stop={index === stop.row ? stop.column : null}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes['said']} aria-hidden>
        {said}
      </p>
      <Text size="xs" c="dimmed">
        A number is a session with so many learners; underlined, it is not published yet. Hatched: not available.
      </Text>
    </div>
  );
};
