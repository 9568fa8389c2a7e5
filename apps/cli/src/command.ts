/**
 * What a command of `qurriculum` is. One file per command in commands/; `main.ts` finds, parses, runs and prints.
 * Exit codes: 0 done, 1 failed, 2 bad usage. Results go to stdout, everything else to stderr.
 */

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help: FILE, N, SECONDS. */
  readonly value?: string;
  readonly description: string;
  /** Takes every following word up to the next option, and may be repeated: `--train a.csv b.csv`. */
  readonly variadic?: boolean;
}

export interface CommandContext {
  readonly positionals: readonly string[];
  /** Values of the options as typed; read them through `options.ts`. */
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  /** True with --json: the result is printed as one JSON document. */
  readonly json: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Shows progress on stderr; `fraction` from 0 to 1. */
  progress(label: string, fraction: number): void;
  /** A line on stderr: a warning, a hint. */
  note(text: string): void;
}

export interface CommandResult {
  /** Printed with --json. */
  readonly json: unknown;
  /** Printed without. */
  readonly text: string;
}

export interface Command {
  /** The words that call it: 'trace evaluate'. */
  readonly name: string;
  readonly summary: string;
  /** What follows the name: 'FILE --solver NAME [--time S]'. */
  readonly usage: string;
  /** Paragraphs for --help: what it reads, what it prints, an example. */
  readonly details?: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  run(context: CommandContext): Promise<CommandResult>;
}

/** The command line is wrong: exit code 2, and the message is followed by the usage. */
export class UsageError extends Error {
  readonly code = 'bad-usage';
}
