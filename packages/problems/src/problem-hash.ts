/**
 * A problem's name for run records: SHA-256 (FIPS 180-4) over a canonical byte form. Equal problems have equal hashes
 * however they were built, since `createBqm` and `createCqm` sort and sum their entries; labels and names count.
 *
 * Form: the line "qurriculum-problem 1", then fields in the order below; a text field is its JSON and a zero byte, a
 * number field is little-endian float64 with -0 written as 0, preceded by its count as one float64.
 */
import type { Problem } from './solver.ts';

/** Hex SHA-256 of the problem. */
export async function problemHash(problem: Problem): Promise<string> {
  const bytes = canonicalBytes(problem);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function canonicalBytes(problem: Problem): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [new TextEncoder().encode('qurriculum-problem 1\n')];
  const text = (value: unknown): void => {
    parts.push(new TextEncoder().encode(`${JSON.stringify(value)}\0`));
  };
  const numbers = (values: ArrayLike<number>): void => {
    const view = new DataView(new ArrayBuffer(8 * values.length + 8));
    view.setFloat64(0, values.length, true);
    // Adding 0 turns -0 into 0.
    for (let i = 0; i < values.length; i++) view.setFloat64(8 * i + 8, values[i] + 0, true);
    parts.push(new Uint8Array(view.buffer));
  };
  if (problem.type === 'bqm') {
    text(['bqm', problem.vartype, problem.variables]);
    for (const column of [problem.linear, problem.rowStart, problem.neighbour, problem.bias]) numbers(column);
    numbers([problem.offset]);
  } else {
    text(['cqm', problem.variables.map(({ name, kind, lower, upper }) => [name, kind, lower, upper])]);
    const { first, second, coefficient } = problem.quadratic;
    for (const column of [problem.linear, first, second, coefficient]) numbers(column);
    numbers([problem.offset]);
    for (const row of problem.constraints) {
      text([row.name, row.sense]);
      numbers(row.variables);
      numbers(row.coefficients);
      numbers([row.rhs]);
      // Only where there are products: hashes of models without them stay what they were.
      if (!row.quadratic) continue;
      text(['quadratic']);
      for (const column of [row.quadratic.first, row.quadratic.second, row.quadratic.coefficient]) numbers(column);
    }
  }
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
