/** Finds the command, runs it, prints its result. Apart from `main.ts` so that tests can call it with their own streams. */
import { CancelledError, type Command, type CommandResult, UsageError } from './command.ts';
import { helpFor, helpForAll, usageOf } from './help.ts';
import { parseWords } from './options.ts';
import { createProgress } from './progress.ts';

export interface CliStreams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { isTTY?: boolean; write(text: string): unknown };
}

/** Runs one command line; returns the exit code. */
export async function runCli(
  commands: readonly Command[],
  words: readonly string[],
  streams: CliStreams,
  signal: AbortSignal,
): Promise<number> {
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h' || words[0] === 'help') {
    streams.stdout.write(`${helpForAll(commands)}\n`);
    return words.length === 0 ? 2 : 0;
  }
  const command = findCommand(commands, words);
  if (command === undefined) {
    streams.stderr.write(`qurriculum: expected a command, got "${words.join(' ')}".\n\n${helpForAll(commands)}\n`);
    return 2;
  }
  const progress = createProgress(streams.stderr);
  try {
    const { positionals, options } = parseWords(command, words.slice(command.name.split(' ').length));
    if (options['help'] === true) {
      streams.stdout.write(`${helpFor(command)}\n`);
      return 0;
    }
    const print = (result: CommandResult): void => {
      progress.end();
      const output = options['json'] === true ? JSON.stringify(result.json, null, 2) : result.text;
      if (output !== '') streams.stdout.write(`${output}\n`);
    };
    const result = await command.run({
      positionals,
      options,
      json: options['json'] === true,
      signal,
      progress: progress.report,
      note(text) {
        progress.end();
        streams.stderr.write(`${text}\n`);
      },
      print,
    });
    if (result !== null) print(result);
    progress.end();
    return result?.exitCode ?? 0;
  } catch (error) {
    progress.end();
    return reportFailure(command, error, streams, signal);
  }
}

/** The longest name that the words begin with: 'trace evaluate' before 'trace'. */
function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  return commands
    .filter((command) => command.name.split(' ').every((part, i) => words[i] === part))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

function reportFailure(command: Command, error: unknown, streams: CliStreams, signal: AbortSignal): number {
  if (error instanceof UsageError) {
    streams.stderr.write(`${error.message}\n${usageOf(command)}\nqurriculum ${command.name} --help tells more.\n`);
    return 2;
  }
  if (signal.aborted && !(error instanceof CancelledError)) {
    streams.stderr.write(`${command.name}: cancelled; nothing was changed.\n`);
    return 1;
  }
  streams.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['QURRICULUM_DEBUG'] !== undefined && error instanceof Error) streams.stderr.write(`${error.stack}\n`);
  return 1;
}
