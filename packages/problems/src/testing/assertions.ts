/** What the conformance suite asserts with: errors that say what was expected and what came. */

/** @throws Error when it does not hold. */
export function requireThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`solverConformance: ${what}`);
}

/** Equal to the bit, in every part. */
export function requireEqual(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [canonical(actual), canonical(expected)];
  if (got !== wanted) {
    throw new Error(`solverConformance: expected ${what} to be ${wanted.slice(0, 400)}, got ${got.slice(0, 400)}`);
  }
}

/** Bit-exact text: JSON prints the shortest decimals that read back as the same float64. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    ArrayBuffer.isView(part) ? Array.from(part as Float64Array) : part,
  );
}
