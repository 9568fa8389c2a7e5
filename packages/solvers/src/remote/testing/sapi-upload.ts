/** The upload half of SAPI: parts that are held to their checksums, put together by `combine`. */
import { createHash } from 'node:crypto';
import type { Reply, SeenRequest } from './vendor-server.ts';

export interface UploadStandIn {
  /** Whole uploads by name. */
  readonly files: Map<string, Buffer>;
  /** The answer to a request of an upload; null for other requests. */
  answer(request: SeenRequest): Reply | null;
}

const md5 = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest();

export function uploadStandIn(): UploadStandIn {
  const files = new Map<string, Buffer>();
  const open = new Map<string, { readonly size: number; readonly parts: Buffer[] }>();
  return {
    files,
    answer({ method, path, headers, body, bytes }) {
      const [, place, kind, id, what, number] = path.split('/');
      if (place !== 'bqm' || kind !== 'multipart') return null;
      if (method === 'POST' && id === undefined) {
        const name = `upload-${open.size + 1}`;
        open.set(name, { size: JSON.parse(body).size, parts: [] });
        return { json: { id: name } };
      }
      const { size, parts } = open.get(id)!;
      if (method === 'PUT' && what === 'part') {
        if (headers['content-type'] !== 'application/octet-stream') return { status: 415 };
        if (headers['content-md5'] !== md5(bytes).toString('base64')) return { status: 400, text: 'checksum' };
        parts[Number(number) - 1] = bytes;
        return { json: {} };
      }
      const whole = Buffer.concat(parts);
      const checksum = md5(Buffer.concat(parts.map(md5))).toString('hex');
      const sizes = parts.every((part, k) => k === parts.length - 1 || part.length === 5 * 2 ** 20);
      if (JSON.parse(body).checksum !== checksum || whole.length !== size || !sizes) return { status: 400 };
      files.set(id, whole);
      return { json: {} };
    },
  };
}
