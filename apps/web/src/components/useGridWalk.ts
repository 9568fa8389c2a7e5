/** A table that is walked as one: a single place takes the focus, and the cell under pointer or focus is looked at. */
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import { type Place, placeAfter, placeOf, placeWithin, type Walkable } from './grid-walk.ts';

/**
 * @param open what Enter, the space bar or a click on a place does.
 * @returns handlers for the table, the one place that Tab leads to, and the place that is looked at.
 */
export const useGridWalk = (size: Walkable, open: (at: Place) => void) => {
  const table = useRef<HTMLTableElement>(null);
  const [focus, setFocus] = useState<Place>({ row: 0, column: size.first ?? 0 });
  const [looked, setLooked] = useState<Place | null>(null);
  const handlers = {
    onKeyDown: (event: KeyboardEvent): void => {
      const at = placeOf(event.target);
      if (at === null) return;
      if (event.key === 'Enter' || event.key === ' ') open(at);
      else {
        const next = placeAfter(event.key, at, size);
        if (next === null) return;
        table.current?.querySelector<HTMLElement>(`[data-row="${next.row}"][data-column="${next.column}"]`)?.focus();
      }
      event.preventDefault();
    },
    onFocus: (event: FocusEvent): void => {
      const at = placeOf(event.target);
      if (at === null) return;
      setFocus(at);
      setLooked(at);
    },
    onPointerOver: (event: PointerEvent): void => setLooked(placeOf(event.target)),
    onPointerLeave: (): void => setLooked(null),
    onClick: (event: MouseEvent): void => {
      const at = placeOf(event.target);
      if (at !== null) open(at);
    },
  };
  return { table, handlers, stop: placeWithin(focus, size), looked };
};
