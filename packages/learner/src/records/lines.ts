/** Lines from chunks of text, numbered from 1, with a bound on their length so that memory is bounded too. */
import { RecordFileError } from './errors.ts';

export interface LineBlock {
  /** 1-based number of the first line. */
  readonly first: number;
  /** Without their line ends (LF or CR LF). */
  readonly lines: readonly string[];
}

export interface LineCutter {
  /** The lines that the chunk completes. */
  push(chunk: string): LineBlock;
  /** What is left after the last line end, if anything. */
  finish(): LineBlock;
}

export function createLineCutter(file: string, maxLineLength: number): LineCutter {
  let rest = '';
  let next = 1;

  function check(line: string, index: number): void {
    if (line.length <= maxLineLength) return;
    throw new RecordFileError(
      'line-too-long',
      file,
      `expected lines of at most ${maxLineLength} characters, got a longer one at ${file}:${next + index}; check its line ends and quotes.`,
      { line: next + index },
    );
  }

  function block(lines: string[]): LineBlock {
    const first = next;
    lines.forEach((line, index) => {
      check(line, index);
      if (line.endsWith('\r')) lines[index] = line.slice(0, -1);
    });
    next += lines.length;
    return { first, lines };
  }

  return {
    push(chunk) {
      const lines = chunk.split('\n');
      lines[0] = rest + lines[0];
      rest = lines.pop() as string;
      const complete = block(lines);
      check(rest, 0);
      return complete;
    },
    finish() {
      const last = rest === '' ? [] : [rest];
      rest = '';
      return block(last);
    },
  };
}
