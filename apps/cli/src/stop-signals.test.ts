import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onStop } from './stop-signals.ts';

function stopper() {
  const source = new EventEmitter();
  const calls: string[] = [];
  let milliseconds = 0;
  onStop(
    source,
    () => calls.push('first'),
    () => calls.push('second'),
    () => milliseconds,
  );
  return { calls, send: (signal: string) => source.emit(signal), pass: (ms: number) => (milliseconds += ms) };
}

describe('onStop', () => {
  it('takes what arrives within a second for one key stroke', () => {
    const { calls, send, pass } = stopper();
    send('SIGINT');
    pass(20);
    send('SIGINT');
    send('SIGTERM');
    pass(900);
    send('SIGINT');
    expect(calls).toEqual(['first']);
  });

  it('ends at the next one', () => {
    const { calls, send, pass } = stopper();
    send('SIGINT');
    pass(1500);
    send('SIGINT');
    expect(calls).toEqual(['first', 'second']);
  });

  it('stops when the process above is gone, which is no second stroke', () => {
    const gone = stopper();
    gone.send('disconnect');
    expect(gone.calls).toEqual(['first']);

    const { calls, send, pass } = stopper();
    send('SIGTERM');
    pass(5000);
    send('disconnect');
    expect(calls).toEqual(['first']);
  });
});
