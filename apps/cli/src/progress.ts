/** Progress on stderr: one line that is rewritten on a terminal, a line every ten percent elsewhere. */

import type { LongWork } from '@qurriculum/learner';
import type { CommandContext } from './command.ts';

export interface Progress {
  /** `fraction` from 0 to 1; null shows the label alone. */
  report(label: string, fraction: number | null): void;
  /** Clears the line, so that what follows starts at the margin. */
  end(): void;
}

export function createProgress(stream: { isTTY?: boolean; write(text: string): unknown }): Progress {
  let lastLabel = '';
  let lastPercent = -1;
  let open = false;
  return {
    report(label, fraction) {
      const percent = fraction === null ? -1 : Math.floor(Math.min(1, Math.max(0, fraction)) * 100);
      const step = stream.isTTY ? 1 : 10;
      if (label === lastLabel && percent < lastPercent + step) return;
      lastLabel = label;
      lastPercent = percent < 0 ? percent : percent - (percent % step);
      const line = percent < 0 ? `${label} ...` : `${label} ${percent} %`;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${line}`);
        open = true;
      } else {
        stream.write(`${line}\n`);
      }
    },
    end() {
      if (open) stream.write('\r\u001b[K');
      open = false;
    },
  };
}

/** What a long computation of a command takes: stops with the command, shows its share under a label. */
export const workUnder = (context: Pick<CommandContext, 'signal' | 'progress'>, label: string): LongWork => ({
  signal: context.signal,
  onProgress: (fraction) => context.progress(label, fraction),
});
