/**
 * Ctrl-C and its like. On a terminal the signal reaches every process of the group, and those above this one pass theirs
 * on: what arrives within a second of the first is the same key stroke.
 */
import type { EventEmitter } from 'node:events';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SAME_STROKE_MS = 1000;

/** The part of `process` that is used here; a test gives its own. */
export type SignalSource = Pick<EventEmitter, 'on'> & { readonly channel?: { unref?(): void } | null };

/**
 * Calls `first` once, `second` for a signal that comes more than a second later. The end of the process that started
 * this one (kill -9 of it closes the channel between them) counts as the first.
 */
export function onStop(source: SignalSource, first: () => void, second: () => void, now = performance.now): void {
  let since: number | null = null;
  const stop = (): void => {
    const at = now.call(performance);
    if (since === null) {
      since = at;
      first();
    } else if (at - since > SAME_STROKE_MS) {
      second();
    }
  };
  for (const signal of signals) source.on(signal, stop);
  source.on('disconnect', () => {
    if (since === null) stop();
  });
  // Listening for the end of the channel must not keep a command that is done from ending.
  source.channel?.unref?.();
}
