/** Commands called inside the test's own process: their exit code and what they wrote. */
import { runCli } from '../cli.ts';
import type { Command } from '../command.ts';

export async function callCli(commands: readonly Command[], ...words: string[]) {
  let out = '';
  let err = '';
  const streams = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  };
  const code = await runCli(commands, words, streams, new AbortController().signal);
  return { code, out, err };
}
