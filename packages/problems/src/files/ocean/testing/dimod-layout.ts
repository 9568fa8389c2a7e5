/** The bytes of dimod's files by the text of `to_file`, for tests: apart from the writers that they are held to. */

export const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
export const i32 = (...values: number[]): Buffer => Buffer.from(Int32Array.from(values).buffer);
export const f64 = (...values: number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);

/** By dimod's text of the format: magic, version, length, JSON, newline, spaces to a multiple of 64. */
export function head(magic: string, json: string, version = '\x02\x00'): Buffer {
  const length = Math.ceil((magic.length + 7 + json.length) / 64) * 64 - magic.length - 6;
  return Buffer.concat([text(magic + version), u32(length), text(`${json}\n`.padEnd(length))]);
}

/** A section: magic, length with the padding, data, spaces. */
export function part(magic: string, data: Buffer): Buffer {
  const wide = magic === 'QUAD' ? 12 : 8;
  const length = Math.ceil((wide + data.length) / 64) * 64 - wide;
  const sizes = wide === 12 ? [u32(length), u32(0)] : [u32(length)];
  return Buffer.concat([text(magic), ...sizes, data, Buffer.alloc(length - data.length, ' ')]);
}
