/** Reading the command line: words to options, options to numbers and names, each refusal in words. */
import { type Command, type CommandContext, type OptionSpec, UsageError } from './command.ts';

const shared: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
  help: { type: 'boolean', description: 'print this help' },
};

/** All options of a command, with those that every command has. */
export const optionsOf = (command: Command): Readonly<Record<string, OptionSpec>> => ({
  ...command.options,
  ...shared,
});

export interface ParsedWords {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/**
 * Splits the words after a command's name into positionals and options. `--name value`, `--name=value`; `--` ends options.
 * @throws {UsageError} for an unknown option or a missing value.
 */
export function parseWords(command: Command, words: readonly string[]): ParsedWords {
  const specs = optionsOf(command);
  const positionals: string[] = [];
  const options: Record<string, string | boolean | string[] | undefined> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--') {
      positionals.push(...words.slice(i + 1));
      break;
    }
    if (word === '-h') options['help'] = true;
    else if (word.startsWith('--')) i = takeOption(command, specs, words, i, options);
    else positionals.push(word);
  }
  return { positionals, options };
}

/** Takes the option at `words[at]` with its values; returns the index of the last word used. */
function takeOption(
  command: Command,
  specs: Readonly<Record<string, OptionSpec>>,
  words: readonly string[],
  at: number,
  options: Record<string, string | boolean | string[] | undefined>,
): number {
  const [name, inline] = splitOnce(words[at].slice(2));
  const spec = specs[name];
  if (spec === undefined) {
    const known = Object.keys(specs).map((key) => `--${key}`);
    throw new UsageError(`${command.name}: expected one of ${known.join(', ')}, got --${name}.`);
  }
  if (spec.type === 'boolean') {
    if (inline !== undefined) throw new UsageError(`${command.name}: --${name} takes no value, got "${inline}".`);
    options[name] = true;
    return at;
  }
  const values = inline === undefined ? [] : [inline];
  let last = at;
  while ((spec.variadic || values.length === 0) && last + 1 < words.length && !words[last + 1].startsWith('--')) {
    values.push(words[++last]);
  }
  if (values.length === 0) {
    throw new UsageError(`${command.name}: expected ${spec.value ?? 'a value'} after --${name}, got nothing.`);
  }
  const before = options[name];
  options[name] = spec.variadic ? [...(Array.isArray(before) ? before : []), ...values] : values[0];
  return last;
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

type Context = Pick<CommandContext, 'options'>;

/** A text option, or undefined. */
export function textOption(context: Context, name: string): string | undefined {
  const value = context.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A text option that must be there. */
export function requiredText(context: Context, name: string): string {
  const value = textOption(context, name);
  if (value === undefined) throw new UsageError(`expected --${name}, got none; add --${name} and its value.`);
  return value;
}

/** All values of a variadic option. */
export function listOption(context: Context, name: string): readonly string[] {
  const value = context.options[name];
  return Array.isArray(value) ? value : [];
}

/** True when a boolean option was given. */
export const flag = (context: Context, name: string): boolean => context.options[name] === true;

export interface NumberRange {
  readonly least?: number;
  readonly most?: number;
  readonly integer?: boolean;
}

/** A number option within its range, or the fallback when it was not given. */
export function numberOption<Fallback>(
  context: Context,
  name: string,
  fallback: Fallback,
  range: NumberRange = {},
): number | Fallback {
  const text = textOption(context, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  const { least = -Infinity, most = Infinity, integer = false } = range;
  if (
    text.trim() === '' ||
    !Number.isFinite(value) ||
    value < least ||
    value > most ||
    (integer && !Number.isInteger(value))
  ) {
    const kind = integer ? 'a whole number' : 'a number';
    const between = Number.isFinite(most)
      ? ` from ${least} to ${most}`
      : Number.isFinite(least)
        ? ` of at least ${least}`
        : '';
    throw new UsageError(`--${name}: expected ${kind}${between}, got "${text}".`);
  }
  return value;
}

/** A text option out of a list, or the fallback. */
export function choiceOption<Choice extends string>(
  context: Context,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const text = textOption(context, name);
  if (text === undefined) return fallback;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`--${name}: expected one of ${choices.join(', ')}, got "${text}".`);
  return found;
}

/** The one positional argument a command takes. */
export function onePositional(context: Pick<CommandContext, 'positionals'>, what: string): string {
  if (context.positionals.length !== 1) {
    const got = context.positionals.length === 0 ? 'none' : context.positionals.join(' ');
    throw new UsageError(`expected one ${what}, got ${got}.`);
  }
  return context.positionals[0];
}
