/**
 * Two ways to check parsed JSON, both ending in a FormatError that names the path. Large foreign lists are checked by
 * hand, entry by entry: a zod schema would take several times as long as everything else that loading a graph does.
 */
import type { z } from 'zod';
import { FormatError, show } from './format-error.ts';

type Steps = readonly PropertyKey[];

const pathOf = (steps: Steps): string =>
  steps.reduce<string>((at, step) => at + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`), '$');

/** The value as the schema gives it. @throws FormatError for the first thing that is wrong. */
export function checkJson<T extends z.ZodType>(schema: T, value: unknown, file: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  let found: unknown = value;
  for (const step of issue.path) found = (found as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[step];
  return createShapes(file).refuse(expectation(issue), found, issue.path);
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `a value of type ${issue.expected}`;
  if (issue.code === 'invalid_value') return issue.values.map((value) => show(value)).join(' or ');
  if (issue.code === 'too_small' && issue.origin === 'string') return 'text that is not empty';
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}

/** Checks of single values of a file; `steps` is the way to the value. Each throws a FormatError. */
export function createShapes(file: string) {
  function refuse(expected: string, got: unknown, steps: Steps): never {
    const advice = 'correct the value or check that this is the right file';
    throw new FormatError('bad-value', file, { path: pathOf(steps) }, { expected, got: show(got), advice });
  }
  return {
    refuse,
    list: (value: unknown, ...steps: Steps): readonly unknown[] =>
      Array.isArray(value) ? value : refuse('a list', value, steps),
    record: (value: unknown, ...steps: Steps): Readonly<Record<string, unknown>> =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Readonly<Record<string, unknown>>)
        : refuse('an object', value, steps),
    id: (value: unknown, ...steps: Steps): string =>
      (typeof value === 'string' && value !== '') || Number.isFinite(value)
        ? String(value)
        : refuse('an id (text that is not empty)', value, steps),
    /** Undefined for a missing, null or empty text. */
    words: (value: unknown, ...steps: Steps): string | undefined =>
      value === undefined || value === null || value === ''
        ? undefined
        : typeof value === 'string'
          ? value
          : refuse('text', value, steps),
    positive: (value: unknown, ...steps: Steps): number | undefined =>
      value === undefined || value === null
        ? undefined
        : typeof value === 'number' && value > 0
          ? value
          : refuse('a number greater than 0', value, steps),
    strength: (value: unknown, ...steps: Steps): 'hard' | 'soft' =>
      value === 'hard' || value === 'soft' ? value : refuse('"hard" or "soft"', value, steps),
  };
}
