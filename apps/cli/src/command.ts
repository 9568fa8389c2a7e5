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
  /** Shows progress on stderr; `fraction` from 0 to 1, or null where the end is not known. */
  progress(label: string, fraction: number | null): void;
  /** A line on stderr: a warning, a hint. */
  note(text: string): void;
  /** Prints a result at once: for a command that goes on afterwards and returns null. */
  print(result: CommandResult): void;
}

export interface CommandResult {
  /** Printed with --json. */
  readonly json: unknown;
  /** Printed without. */
  readonly text: string;
  /** 1 where there is a result to print, but not the one that was asked for. Default 0. */
  readonly exitCode?: 0 | 1;
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
  /** Null where everything has been printed. */
  run(context: CommandContext): Promise<CommandResult | null>;
}

/** The command line is wrong: exit code 2, and the message is followed by the usage. */
export class UsageError extends Error {
  readonly code = 'bad-usage';
}

/** Ctrl-C, where a command can say what was done until then; without it the text is "nothing was changed". */
export class CancelledError extends Error {
  readonly code = 'cancelled';
}
