/**
 * One week of one tutor, learner or room, by the ARIA grid pattern: one stop takes the focus, arrow keys move it, Enter
 * picks a session up, Enter on another place drops it there, Escape puts it back. Dropping only asks: what a move does is
 * shown by whoever listens, before anything changes.
 */
import { VisuallyHidden } from '@mantine/core';
import { IconArrowsMove } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { Place } from '../../../components/grid-walk.ts';
import { type HoldingOptions, useHolding } from './useHolding.ts';
import { useSessionDrag } from './useSessionDrag.ts';
import { useWalk } from './useWalk.ts';
import classes from './WeekCalendar.module.css';
import { WeekCell } from './WeekCell.tsx';
import type { WeekGrid } from './week.ts';

/** `held`: the session that was picked up; it stays in its place until the move is accepted. */
export interface WeekCalendarProps extends HoldingOptions {
  /** 'Ms Okafor, 19 to 25 October 2026' */
  readonly label: string;
  /** Slots in which the one whom the calendar is about cannot be there. */
  readonly off: ReadonlySet<string>;
  /** The session that is shown beside the calendar. */
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  /** Sessions cannot be picked up: whoever looks may not move them. */
  readonly fixed?: boolean;
}

const Days = ({ grid }: { readonly grid: WeekGrid }) => (
  <thead>
    <tr>
      <th scope="col" className={classes['corner']}>
        <VisuallyHidden>Time</VisuallyHidden>
      </th>
      {grid.days.map((day) => (
        <th key={day.day} scope="col" className={classes['day']} abbr={day.spoken}>
          {day.weekday} <span className={classes['date']}>{day.date}</span>
        </th>
      ))}
    </tr>
  </thead>
);

const useWeek = (props: WeekCalendarProps) => {
  const { grid, sessions, selected, onSelect, held, onHold, fixed = false } = props;
  const table = useRef<HTMLTableElement>(null);
  const [over, setOver] = useState<Place | null>(null);
  const holding = useHolding(table, props);
  const { drag, handlers, wasDrag } = useSessionDrag({
    fixed,
    onStart: onHold,
    onOver: (at) => {
      setOver(at);
      if (at) holding.over(at);
    },
    onEnd: (key, at) => {
      setOver(null);
      holding.drop(key, at);
    },
  });
  const bySlot = useMemo(() => Map.groupBy(sessions, ({ slotId }) => slotId), [sessions]);
  const walk = useWalk(table, { grid, bySlot, selected, onSelect, held, onHold, holding, wasDrag, fixed });
  return { table, over, drag, pointer: handlers, bySlot, walk, said: holding.said };
};

export const WeekCalendar = (props: WeekCalendarProps) => {
  const { label, grid, sessions, off, selected, held, hint, fixed } = props;
  const week = useWeek(props);
  return (
    <div>
      <div className={classes['scroll']}>
        <table
          ref={week.table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked as a grid
          role="grid"
          aria-label={label}
          className={classes['grid']}
          data-holding={held !== null || undefined}
          data-fixed={fixed || undefined}
          {...week.walk.handlers}
        >
          <Days grid={grid} />
          <tbody>
            {grid.rows.map((row, rowIndex) => (
              <tr key={row.key}>
                <th scope="row" className={classes['time']}>
                  {row.from}
                  <span className={classes['until']}>
                    <VisuallyHidden>to </VisuallyHidden>
                    {row.to}
                  </span>
                </th>
                {row.slots.map((slot, column) => (
                  <WeekCell
                    key={grid.days[column].day}
                    grid={grid}
                    place={{ row: rowIndex, column }}
                    slot={slot}
                    sessions={slot === null ? [] : (week.bySlot.get(slot.id) ?? [])}
                    away={slot !== null && off.has(slot.id)}
                    stop={week.walk.stop}
                    selected={selected}
                    held={held}
                    hint={held === null || slot === null ? null : hint(held, slot.id)}
                    over={week.over?.row === rowIndex && week.over.column === column}
                    handlers={week.pointer}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes['said']} role="status">
        {fixed ? 'Choose a session to see more of it; arrow keys walk about.' : week.said}
      </p>
      {week.drag && (
        <div
          className={classes['ghost']}
          aria-hidden
          style={{ transform: `translate(${week.drag.x + 8}px, ${week.drag.y + 8}px)` }}
        >
          <IconArrowsMove size={14} />
          {sessions.find(({ key }) => key === week.drag?.key)?.title}
        </div>
      )}
    </div>
  );
};
