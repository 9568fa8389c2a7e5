/**
 * Dragging a session with mouse or pen, by pointer events. Touch scrolls instead: there a session is moved by its button
 * and a tap on the place, which needs no drag (WCAG 2.2, 2.5.7).
 */
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { type Place, placeOf } from '../../../components/grid-walk.ts';

/** A pointer that moved less, in CSS pixels, clicked. */
const CLICK_PIXELS = 6;

interface Drag {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly over: Place | null;
}

export interface SessionDragOptions {
  /** Nothing can be dragged. */
  readonly fixed: boolean;
  readonly onStart: (key: string) => void;
  readonly onOver: (over: Place | null) => void;
  /** `over` is null where it was let go outside the cells. */
  readonly onEnd: (key: string, over: Place | null) => void;
}

const samePlace = (one: Place | null, other: Place | null): boolean =>
  one?.row === other?.row && one?.column === other?.column;

export const useSessionDrag = ({ fixed, onStart, onOver, onEnd }: SessionDragOptions) => {
  const [drag, setDrag] = useState<Drag | null>(null);
  const from = useRef<{ key: string; x: number; y: number } | null>(null);
  // The click that a browser sends after a drag is not one.
  const dragged = useRef(false);

  const cancel = (): void => {
    from.current = null;
    setDrag(null);
  };
  const end = useRef(onEnd);
  end.current = onEnd;
  const dragging = drag?.key;
  useEffect(() => {
    if (dragging === undefined) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      from.current = null;
      setDrag(null);
      end.current(dragging, null);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [dragging]);

  const handlers = (key: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      dragged.current = false;
      if (fixed || event.button !== 0 || event.pointerType === 'touch') return;
      from.current = { key, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const began = from.current;
      if (began === null || began.key !== key) return;
      const { clientX: x, clientY: y } = event;
      if (drag === null && Math.hypot(x - began.x, y - began.y) < CLICK_PIXELS) return;
      if (drag === null) {
        dragged.current = true;
        onStart(key);
      }
      const over = placeOf(document.elementFromPoint(x, y));
      if (drag === null || !samePlace(over, drag.over)) onOver(over);
      setDrag({ key, x, y, over });
    },
    onPointerUp: (): void => {
      const done = drag;
      cancel();
      // After the click that belongs to this drag, which comes at once.
      setTimeout(() => {
        dragged.current = false;
      });
      if (done) onEnd(done.key, done.over);
    },
    onPointerCancel: (): void => {
      const done = drag;
      cancel();
      if (done) onEnd(done.key, null);
    },
  });

  return { drag, handlers, wasDrag: (): boolean => dragged.current };
};
