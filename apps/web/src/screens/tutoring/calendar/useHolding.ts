/** A session that was picked up in the calendar: what is said of the places that it is taken over, put back, dropped. */
import { type RefObject, useEffect, useState } from 'react';
import type { Place } from '../../../components/grid-walk.ts';
import { CLOSED, sayPlace, slotAt } from './places.ts';
import type { CalendarSession, PlaceHint } from './sessions.ts';
import type { WeekGrid } from './week.ts';

export interface HoldingOptions {
  readonly grid: WeekGrid;
  readonly sessions: readonly CalendarSession[];
  readonly held: string | null;
  readonly onHold: (key: string | null) => void;
  readonly hint: (key: string, slotId: string) => PlaceHint;
  readonly onDrop: (key: string, slotId: string) => void;
}

const IDLE =
  'Drag a session to another time, or walk with the arrow keys and press Enter to pick one up. What would change is shown first.';

export const useHolding = (table: RefObject<HTMLTableElement | null>, options: HoldingOptions) => {
  const { grid, sessions, held, onHold, hint, onDrop } = options;
  const [said, setSaid] = useState(IDLE);
  const titleOf = (key: string): string => sessions.find((session) => session.key === key)?.title ?? 'The session';

  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when a session is picked up, here or by a button beside
  useEffect(() => {
    if (held === null) return;
    setSaid(
      `${titleOf(held)} picked up. Arrow keys or the pointer choose a place, Enter drops it, Escape puts it back.`,
    );
    if (table.current?.contains(document.activeElement)) return;
    table.current?.querySelector<HTMLElement>('[data-held]')?.focus();
  }, [held]);

  const over = (at: Place): void => {
    if (held === null) return;
    const slot = slotAt(grid, at);
    setSaid(`${sayPlace(grid, at)}: ${slot === null ? CLOSED : hint(held, slot.id).words}.`);
  };
  const putBack = (key: string): void => {
    onHold(null);
    setSaid(`${titleOf(key)} put back. Nothing was changed.`);
  };
  const drop = (key: string, at: Place | null): void => {
    const slot = at && slotAt(grid, at);
    if (!at || slot?.id === sessions.find((session) => session.key === key)?.slotId) {
      putBack(key);
    } else if (!slot) {
      setSaid(`${sayPlace(grid, at)}: ${CLOSED}. Choose another place, or Escape to put it back.`);
    } else {
      onHold(null);
      setSaid(`${titleOf(key)}, ${sayPlace(grid, at)}: see what would change.`);
      onDrop(key, slot.id);
    }
  };
  return { said, over, putBack, drop };
};
