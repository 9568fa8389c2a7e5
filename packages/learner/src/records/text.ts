/**
 * From the bytes of a file to text in chunks: gzip (RFC 1952) is recognised by its first bytes, whatever the name, and
 * unpacked by the platform's DecompressionStream; text is UTF-8, or UTF-16 with a byte-order mark. Constant memory.
 */
import { RecordFileError } from './errors.ts';

/** Bytes of a file, from wherever: a Node stream, a web stream, a fetch body, a generator. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

export interface TextStream {
  readonly gzip: boolean;
  /** Bytes taken from the source so far, before unpacking. */
  bytesRead(): number;
  readonly chunks: AsyncGenerator<string, void>;
}

/** Opens a file; fails with `empty-file`, `binary-file`, here or while reading with `not-utf8`, `damaged-gzip`. */
export async function openText(file: string, source: ByteSource): Promise<TextStream> {
  let bytes = 0;
  const counted = (async function* () {
    for await (const chunk of iterate(source)) {
      bytes += chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  })();
  const packed = await peek(counted, 2);
  const gzip = packed.head[0] === 0x1f && packed.head[1] === 0x8b;
  const plain = await peek(gzip ? gunzip(file, packed.stream) : packed.stream, 512);
  if (plain.head.length === 0) {
    await plain.stream.return();
    throw new RecordFileError(
      'empty-file',
      file,
      `expected learning records, got no bytes in ${file}; check the export.`,
    );
  }
  try {
    const encoding = detectEncoding(file, plain.head);
    return { gzip, bytesRead: () => bytes, chunks: decode(file, encoding, plain.stream) };
  } catch (error) {
    await plain.stream.return();
    throw error;
  }
}

type Bytes = AsyncGenerator<Uint8Array, void>;

async function* iterate(source: ByteSource): Bytes {
  if (Symbol.asyncIterator in source) {
    yield* source;
    return;
  }
  // Safari's ReadableStream is not iterable.
  const reader = (source as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** The first `length` bytes (fewer where there are no more) and the whole stream again. */
async function peek(stream: Bytes, length: number): Promise<{ head: Uint8Array; stream: Bytes }> {
  const seen: Uint8Array[] = [];
  let total = 0;
  while (total < length) {
    const { done, value } = await stream.next();
    if (done) break;
    seen.push(value);
    total += value.length;
  }
  const head = new Uint8Array(total);
  let offset = 0;
  for (const chunk of seen) {
    head.set(chunk, offset);
    offset += chunk.length;
  }
  const whole = (async function* () {
    // The try covers the first part too: whoever stops after it still closes the source.
    try {
      if (total > 0) yield head;
      yield* stream;
    } finally {
      await stream.return();
    }
  })();
  return { head, stream: whole };
}

async function* gunzip(file: string, packed: Bytes): Bytes {
  const input = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await packed.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await packed.return();
    },
  });
  const unpacked = iterate(input.pipeThrough(new DecompressionStream('gzip')));
  try {
    yield* unpacked;
  } catch (cause) {
    throw new RecordFileError(
      'damaged-gzip',
      file,
      `expected a whole gzip file, got one that ends early, is damaged or has more behind its end in ${file}; copy or pack it again.`,
      { cause },
    );
  }
}

function detectEncoding(file: string, head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Text has no control characters but tab, line feed, form feed, carriage return; every binary format has soon.
  const control = head.findIndex((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13);
  if (control >= 0) {
    const zip = head[0] === 0x50 && head[1] === 0x4b;
    throw new RecordFileError(
      'binary-file',
      file,
      `expected delimited text, plain or gzip, got ${zip ? 'a ZIP archive or spreadsheet' : `a binary file (byte ${head[control]} at ${control})`} in ${file}; export it as CSV or TSV.`,
    );
  }
  return 'utf-8';
}

async function* decode(file: string, encoding: string, bytes: Bytes): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const convert = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined
        ? decoder.decode()
        : decoder.decode(chunk as Uint8Array<ArrayBuffer>, { stream: true });
    } catch (cause) {
      // Replacement characters would silently make two learners one.
      throw new RecordFileError('not-utf8', file, `expected UTF-8, got other bytes in ${file}; save it as UTF-8.`, {
        cause,
      });
    }
  };
  try {
    for await (const chunk of bytes) {
      const text = convert(chunk);
      if (text !== '') yield text;
    }
    const rest = convert();
    if (rest !== '') yield rest;
  } finally {
    await bytes.return();
  }
}
