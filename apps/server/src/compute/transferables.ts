/** Smaller buffers are copied: cheaper than moving them. */
const LEAST_BYTES = 65_536;
/** How deep in plain data buffers are looked for. */
const DEPTH = 4;

/** The large array buffers in plain data, which move between threads instead of being copied: a million rows stay cheap. */
export function transferables(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found, 0);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>, depth: number): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength > LEAST_BYTES) found.add(value.buffer);
  } else if (depth < DEPTH && value !== null && typeof value === 'object') {
    for (const part of Object.values(value)) collect(part, found, depth + 1);
  }
}
