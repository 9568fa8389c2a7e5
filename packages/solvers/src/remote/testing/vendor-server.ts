/** A vendor on this machine: a node:http server whose answers the test decides, and a platform with a clock of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Platform } from '@qurriculum/problems';
import { createNodePlatform } from '../../platform/node.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The body as it came, for uploads. */
  readonly bytes: Buffer;
}

/** 'cut' closes the connection without an answer, 'half' in the middle of one. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Record<string, string>;
      readonly json?: unknown;
      readonly text?: string;
    }
  | 'cut'
  | 'half';

export interface VendorServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Answers the next requests out of turn, one each: faults. */
  readonly faults: Reply[];
  close(): Promise<void>;
}

export async function startVendor(answer: (request: SeenRequest) => Reply): Promise<VendorServer> {
  const seen: SeenRequest[] = [];
  const faults: Reply[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const { method = '', url = '', headers } = request;
      const body = bytes.toString('utf8');
      const one: SeenRequest = { method, path: url, headers, body, bytes };
      seen.push(one);
      const reply = faults.shift() ?? answer(one);
      if (reply === 'cut') {
        request.socket.destroy();
        return;
      }
      if (reply === 'half') {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('{"status":');
        setTimeout(() => request.socket.destroy(), 5);
        return;
      }
      response.writeHead(reply.status ?? 200, reply.headers);
      response.end(reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    seen,
    faults,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** 22 November 2024, within every price limit that tests set. */
const TODAY = Date.UTC(2024, 10, 22) / 1000;

export interface FakePlatform extends Platform {
  /** Seconds of every wait so far: none of them was waited. */
  readonly waits: number[];
}

/** Real network, a clock that moves only by waiting, and an environment of the test's own. */
export function fakePlatform(environment: Readonly<Record<string, string>> = {}): FakePlatform {
  const waits: number[] = [];
  let elapsed = 0;
  return {
    ...createNodePlatform(),
    waits,
    now: () => elapsed,
    wallTime: () => TODAY + elapsed,
    async wait(seconds, signal) {
      signal?.throwIfAborted();
      waits.push(seconds);
      elapsed += seconds;
    },
    environment: (name) => environment[name],
  };
}
