/** Fields of vendors' JSON, checked: whatever is not as the protocol says is a BAD_RESPONSE that names the field. */
import { RemoteError } from './remote-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

function wrong(where: string, expected: string, value: unknown): RemoteError {
  const got = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  return new RemoteError(
    'BAD_RESPONSE',
    `${where}: expected ${expected} in the answer, got ${got}; the vendor's protocol may have changed, report it.`,
  );
}

export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
  return value as Fields;
}

export function textField(fields: Fields, name: string, where: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw wrong(`${where} ${name}`, 'a text', value);
  return value;
}

export function numberField(fields: Fields, name: string, where: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(`${where} ${name}`, 'a number', value);
  return value;
}

/** A number that the vendor may leave out. */
export function optionalNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function listField(fields: Fields, name: string, where: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw wrong(`${where} ${name}`, 'a list', value);
  return value;
}

export function numbersOf(value: unknown, where: string): number[] {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'number' && Number.isFinite(each))) {
    throw wrong(where, 'a list of numbers', value);
  }
  return value;
}

/** One of the words of a vendor's vocabulary, translated. */
export function wordField<Meaning>(
  fields: Fields,
  name: string,
  meanings: Readonly<Record<string, Meaning>>,
  where: string,
): Meaning {
  const word = textField(fields, name, where);
  if (!Object.hasOwn(meanings, word)) throw wrong(`${where} ${name}`, Object.keys(meanings).join(' or '), word);
  return meanings[word];
}
