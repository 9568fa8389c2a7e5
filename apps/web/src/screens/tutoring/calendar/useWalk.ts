/** Walking a week by keys and pointing at it: one stop takes the focus, arrow keys move it. */
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject, useState } from 'react';
import { type Place, placeAfter, placeOf } from '../../../components/grid-walk.ts';
import { slotAt } from './places.ts';
import type { CalendarSession } from './sessions.ts';
import type { useHolding } from './useHolding.ts';
import type { Stop } from './WeekCell.tsx';
import type { WeekGrid } from './week.ts';

export type SessionsBySlot = ReadonlyMap<string, readonly CalendarSession[]>;

/** The one stop that Tab leads to: where the focus last was, else the shown session, else the first session or cell. */
const stopOf = (grid: WeekGrid, bySlot: SessionsBySlot, focus: Stop | null, selected: string | null): Stop | null => {
  const keysAt = (place: Place): readonly string[] =>
    (bySlot.get(slotAt(grid, place)?.id ?? '') ?? []).map(({ key }) => key);
  if (focus && focus.place.row < grid.rows.length && focus.place.column < grid.days.length) {
    return { place: focus.place, key: keysAt(focus.place).find((key) => key === focus.key) ?? null };
  }
  const places = grid.rows.flatMap((_, row) => grid.days.map((__, column) => ({ row, column })));
  const wanted = places.find((place) => selected !== null && keysAt(place).includes(selected));
  if (wanted) return { place: wanted, key: selected };
  const first = places.find((place) => keysAt(place).length > 0) ?? places[0];
  return first ? { place: first, key: null } : null;
};

const keyOf = (target: EventTarget | null): string | null =>
  (target instanceof Element && target.closest<HTMLElement>('[data-key]')?.dataset['key']) || null;

/** The next session in the same cell, where several stand in one; null where the key leads out of it. */
const besides = (from: EventTarget, key: string): HTMLElement | null => {
  const step = key === 'ArrowDown' ? 'nextElementSibling' : key === 'ArrowUp' ? 'previousElementSibling' : null;
  const next = step && keyOf(from) !== null ? (from as HTMLElement)[step] : null;
  return next instanceof HTMLElement ? next : null;
};

export interface WalkOptions {
  readonly grid: WeekGrid;
  readonly bySlot: SessionsBySlot;
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly held: string | null;
  readonly onHold: (key: string | null) => void;
  readonly holding: ReturnType<typeof useHolding>;
  /** True for the click that a browser sends after a drag. */
  readonly wasDrag: () => boolean;
  readonly fixed: boolean;
}

export const useWalk = (table: RefObject<HTMLTableElement | null>, options: WalkOptions) => {
  const { grid, bySlot, selected, onSelect, held, onHold, holding, wasDrag, fixed } = options;
  const [focus, setFocus] = useState<Stop | null>(null);

  const move = (event: KeyboardEvent, from: Place): boolean => {
    const beside = besides(event.target, event.key);
    const next = placeAfter(event.key, from, { rows: grid.rows.length, columns: grid.days.length });
    if (beside === null && next === null) return false;
    if (beside) beside.focus();
    else if (next) {
      const cell = table.current?.querySelector(`[data-row="${next.row}"][data-column="${next.column}"]`);
      const stops = cell?.matches('[data-stop]') ? [cell] : [...(cell?.querySelectorAll('[data-stop]') ?? [])];
      const stop = stops[event.key === 'ArrowUp' ? stops.length - 1 : 0];
      if (stop instanceof HTMLElement) stop.focus();
      holding.over(next);
    }
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = placeOf(event.target);
    if (at === null) return;
    const key = keyOf(event.target);
    if (event.key === 'Enter' || event.key === ' ') {
      if (held !== null) holding.drop(held, at);
      else if (key !== null) {
        if (fixed) onSelect(key);
        else onHold(key);
      }
    } else if (event.key === 'Escape' && held !== null) holding.putBack(held);
    else if (!move(event, at)) return;
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent): void => {
    const place = placeOf(event.target);
    const key = keyOf(event.target);
    if (place === null) return;
    setFocus({ place, key });
    if (key !== null && held === null) onSelect(key);
  };
  const onClick = (event: MouseEvent): void => {
    const at = placeOf(event.target);
    // No detail: a click that a key made, which is handled above.
    if (at === null || event.detail === 0 || wasDrag()) return;
    const key = keyOf(event.target);
    if (held !== null) holding.drop(held, at);
    else if (key !== null) onSelect(key);
  };
  return { stop: stopOf(grid, bySlot, focus, selected), handlers: { onKeyDown, onFocus, onClick } };
};
