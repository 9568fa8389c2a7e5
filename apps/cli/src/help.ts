/** The help texts: all commands, or one of them. */
import type { Command } from './command.ts';
import { optionsOf } from './options.ts';

export function helpForAll(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    'Usage: qurriculum COMMAND [arguments]',
    '',
    'Personalises learning, and finds out honestly whether quantum or hybrid optimisers help.',
    '',
    ...lines,
    '',
    'qurriculum COMMAND --help tells more. Every command has --json.',
    'Exit codes: 0 done, 1 failed, 2 bad usage. Progress goes to stderr.',
  ].join('\n');
}

export function helpFor(command: Command): string {
  const specs = Object.entries(optionsOf(command));
  const label = (name: string, value: string | undefined, variadic: boolean | undefined): string =>
    `--${name}${value === undefined ? '' : ` ${value}${variadic ? '...' : ''}`}`;
  const rows = specs.map(([name, spec]) => [
    label(name, spec.type === 'string' ? (spec.value ?? 'VALUE') : undefined, spec.variadic),
    spec.description,
  ]);
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    usageOf(command),
    '',
    command.summary,
    ...(command.details === undefined ? [] : ['', command.details]),
    '',
    'Options:',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
  ].join('\n');
}

export const usageOf = (command: Command): string => `Usage: qurriculum ${command.name} ${command.usage}`.trimEnd();
