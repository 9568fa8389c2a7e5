/**
 * Shapes of JSON values: each checks a value, naming the place of what is wrong, and writes itself as JSON Schema (draft
 * 2020-12). One description for both, so that the published schema cannot drift from what the reader takes.
 */
import { isObject, shown } from '@qurriculum/problems';
import { ScheduleError } from '../error.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Shape {
  readonly schema: JsonSchema;
  /** @throws ScheduleError BAD_STATE that begins with the place. */
  check(value: unknown, place: string): void;
}

function fault(place: string, expected: string, value: unknown): ScheduleError {
  return new ScheduleError('BAD_STATE', `${place}: expected ${expected}, got ${shown(value)}; correct the file.`);
}

/** A text that is not empty. */
export const text = (about: string): Shape => ({
  schema: { type: 'string', minLength: 1, description: about },
  check(value, place) {
    if (typeof value !== 'string' || value === '') throw fault(place, 'a text that is not empty', value);
  },
});

export interface NumberLimits {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

/** A number within inclusive limits. */
export const number = (about: string, { least, most, whole = false }: NumberLimits): Shape => ({
  schema: { type: whole ? 'integer' : 'number', minimum: least, maximum: most, description: about },
  check(value, place) {
    const isNumber = typeof value === 'number' && value >= least && value <= most;
    if (!isNumber || (whole && !Number.isInteger(value))) {
      throw fault(place, `${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`, value);
    }
  },
});

/** One of some texts. */
export const oneOf = (about: string, choices: readonly string[]): Shape => ({
  schema: { enum: choices, description: about },
  check(value, place) {
    if (!choices.includes(value as string)) throw fault(place, `one of ${choices.join(', ')}`, value);
  },
});

/** ISO 8601 (RFC 3339, seconds optional) with an offset; no day that its month does not have. */
const INSTANT =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export const instant = (about: string): Shape => ({
  schema: { type: 'string', pattern: INSTANT.source, description: about },
  check(value, place) {
    const [, year, month, day] = (typeof value === 'string' && INSTANT.exec(value)) || [];
    const exists = year !== undefined && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    if (!exists) throw fault(place, 'an instant with an offset such as "2026-10-25T09:00:00+01:00"', value);
  },
});

/** A list of one shape; `unique`: no text twice. */
export const list = (about: string, item: Shape, options: { unique?: boolean; least?: number } = {}): Shape => ({
  schema: {
    ...{ type: 'array', items: item.schema, description: about },
    ...(options.unique ? { uniqueItems: true } : {}),
    ...(options.least === undefined ? {} : { minItems: options.least }),
  },
  check(value, place) {
    if (!Array.isArray(value)) throw fault(place, 'a list', value);
    if (value.length < (options.least ?? 0)) throw fault(place, `at least ${options.least} entries`, value);
    for (const [k, each] of value.entries()) item.check(each, `${place}[${k}]`);
    if (!options.unique) return;
    const seen = new Set<unknown>();
    for (const [k, each] of value.entries()) {
      if (seen.has(each)) throw fault(`${place}[${k}]`, 'each entry once', each);
      seen.add(each);
    }
  },
});

/** A list of fixed length, each place with its own shape. */
export const tuple = (about: string, items: readonly Shape[]): Shape => ({
  schema: {
    ...{ type: 'array', prefixItems: items.map(({ schema }) => schema), items: false },
    ...{ minItems: items.length, description: about },
  },
  check(value, place) {
    if (!Array.isArray(value) || value.length !== items.length) throw fault(place, `${items.length} entries`, value);
    for (const [k, item] of items.entries()) item.check(value[k], `${place}[${k}]`);
  },
});

/** An object whose keys are ids. */
export const record = (about: string, item: Shape): Shape => ({
  schema: { type: 'object', additionalProperties: item.schema, description: about },
  check(value, place) {
    if (!isObject(value)) throw fault(place, 'an object', value);
    for (const [key, each] of Object.entries(value)) item.check(each, `${place}.${key}`);
  },
});

/** An object with named fields. A field that nobody knows is a slip of the pen, and is refused. */
export const object = (
  about: string,
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape => {
  const all = { ...required, ...optional };
  return {
    schema: {
      ...{ type: 'object', description: about },
      properties: Object.fromEntries(Object.entries(all).map(([key, { schema }]) => [key, schema])),
      ...{ required: Object.keys(required), additionalProperties: false },
    },
    check(value, place) {
      if (!isObject(value)) throw fault(place, 'an object', value);
      for (const key of Object.keys(value)) {
        if (!Object.hasOwn(all, key)) throw fault(place, `the fields ${Object.keys(all).join(', ')}`, key);
      }
      for (const [key, shape] of Object.entries(all)) {
        if (value[key] !== undefined) shape.check(value[key], `${place}.${key}`);
        else if (Object.hasOwn(required, key)) throw fault(`${place}.${key}`, 'a value', undefined);
      }
    },
  };
};

/** Objects told apart by one field: the shapes by the value of that field. */
export const variants = (about: string, field: string, shapes: Readonly<Record<string, Shape>>): Shape => ({
  schema: { oneOf: Object.values(shapes).map(({ schema }) => schema), description: about },
  check(value, place) {
    if (!isObject(value)) throw fault(place, 'an object', value);
    const kind = value[field];
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) {
      throw fault(`${place}.${field}`, `one of ${Object.keys(shapes).join(', ')}`, kind);
    }
    shapes[kind].check(value, place);
  },
});
