/** What the store keeps of a problem file, in a column of text: text as it is, bytes of binary formats in base64. */
import { type FileFormat, isBinaryFormat } from '@qurriculum/problems';

/** A file that was read, so that its bytes are text where its format is; a byte order mark is kept. */
export const contentOf = (bytes: Buffer, format: FileFormat): string =>
  bytes.toString(isBinaryFormat(format) ? 'base64' : 'utf8');

export const storedBytes = (content: string, format: FileFormat): Buffer =>
  Buffer.from(content, isBinaryFormat(format) ? 'base64' : 'utf8');
