/**
 * Values of Ocean's JSON documents, and labels as `serialize_variable` of dimod/variables.py writes them: texts and numbers
 * as they are, tuples as lists. Here labels are text: 4 is "4", ("a", 1) is '["a",1]'.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a label; null for what no label can be. */
export function labelText(label: unknown): string | null {
  if (typeof label === 'string' || typeof label === 'number') return `${label}`;
  return Array.isArray(label) ? JSON.stringify(label) : null;
}

/** What is written for a label: a whole number becomes one again, any other text stays text. */
export function labelValue(label: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(label) ? Number(label) : label;
}

/** A value in an error, cut where it is long. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
