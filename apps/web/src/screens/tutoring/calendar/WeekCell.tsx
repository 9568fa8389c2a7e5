/** One cell of a week: its sessions as buttons, or the cell itself as the place where the focus stops. */
import { VisuallyHidden } from '@mantine/core';
import { IconPencil, IconPin } from '@tabler/icons-react';
import type { Place } from '../../../components/grid-walk.ts';
import { CLOSED, sayPlace } from './places.ts';
import { type CalendarSession, type PlaceHint, sayMarks } from './sessions.ts';
import type { useSessionDrag } from './useSessionDrag.ts';
import classes from './WeekCalendar.module.css';
import type { WeekGrid, WeekSlot } from './week.ts';

type Handlers = ReturnType<typeof useSessionDrag>['handlers'];

interface BlockProps {
  readonly session: CalendarSession;
  readonly words: string;
  readonly focusable: boolean;
  readonly selected: boolean;
  readonly held: boolean;
  readonly pointer: ReturnType<Handlers>;
}

const Block = ({ session, words, focusable, selected, held, pointer }: BlockProps) => (
  <button
    type="button"
    data-stop
    data-key={session.key}
    tabIndex={focusable ? 0 : -1}
    aria-pressed={held}
    aria-current={selected || undefined}
    data-changed={session.changed || undefined}
    data-held={held || undefined}
    className={classes['session']}
    {...pointer}
  >
    <span className={classes['title']}>
      {session.pinned && <IconPin size={12} aria-hidden />}
      {session.changed && <IconPencil size={12} aria-hidden />}
      <span>{session.title}</span>
    </span>
    <span className={classes['people']}>{session.people}</span>
    {session.place !== '' && <span className={classes['people']}>{session.place}</span>}
    <VisuallyHidden>{[sayMarks(session), words].filter((part) => part !== '').join(', ')}</VisuallyHidden>
  </button>
);

/** Where Tab leads to: a place, and in it the session with this key, or the first. */
export interface Stop {
  readonly place: Place;
  readonly key: string | null;
}

export interface WeekCellProps {
  readonly grid: WeekGrid;
  readonly place: Place;
  readonly slot: WeekSlot | null;
  readonly sessions: readonly CalendarSession[];
  /** The one whom the calendar is about cannot be there. */
  readonly away: boolean;
  readonly stop: Stop | null;
  readonly selected: string | null;
  readonly held: string | null;
  /** What is known of this place for the session that is held; null while none is. */
  readonly hint: PlaceHint | null;
  /** A session is dragged over it. */
  readonly over: boolean;
  readonly handlers: Handlers;
}

export const WeekCell = (props: WeekCellProps) => {
  const { grid, place, slot, sessions, away, stop, selected, held, hint } = props;
  const words = sayPlace(grid, place);
  const here = stop !== null && stop.place.row === place.row && stop.place.column === place.column;
  const empty = slot === null ? CLOSED : away ? 'not available' : 'nothing planned';
  const alone = sessions.length === 0;
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells of an ARIA grid are what is walked
      role="gridcell"
      data-row={place.row}
      data-column={place.column}
      data-closed={slot === null || undefined}
      data-off={away || undefined}
      data-hint={hint === null ? undefined : hint.free ? 'free' : 'taken'}
      data-over={props.over || undefined}
      className={classes['cell']}
      data-stop={alone || undefined}
      tabIndex={alone ? (here ? 0 : -1) : undefined}
      aria-label={alone ? `${words}: ${empty}` : undefined}
    >
      {sessions.map((session, index) => (
        <Block
          key={session.key}
          session={session}
          words={words}
          focusable={here && (stop.key === null ? index === 0 : stop.key === session.key)}
          selected={selected === session.key}
          held={held === session.key}
          pointer={props.handlers(session.key)}
        />
      ))}
    </td>
  );
};
