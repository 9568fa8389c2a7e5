/**
 * A form over something that others may change too: only what was typed is kept apart, everything else follows the newest.
 * So a reload loses nothing that was typed, and saving takes back nothing that somebody else set meanwhile.
 */
import { useState } from 'react';

export interface Entered<T> {
  /** The newest, with what was typed in its place. */
  readonly value: T;
  readonly change: (next: Partial<T>) => void;
  /** Forgets what was typed: it was stored, or is not wanted any more. */
  readonly clear: () => void;
}

export const useEntered = <T extends object>(newest: T): Entered<T> => {
  const [entered, setEntered] = useState<Partial<T>>({});
  return {
    value: { ...newest, ...entered },
    change: (next) => setEntered((was) => ({ ...was, ...next })),
    clear: () => setEntered({}),
  };
};
