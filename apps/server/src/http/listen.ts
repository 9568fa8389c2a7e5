/** The port: taken before anything slow is done, answered with "starting" until the application is there. */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';

export type ServerErrorCode = 'port-in-use' | 'address-refused' | 'port-refused';

/** The address cannot be served; the text says what to do. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: ServerErrorCode;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly insecure: boolean;
}

type Fetch = (request: Request) => Response | Promise<Response>;

export interface Listener {
  readonly address: string;
  /** From now on requests go to the application. */
  serve(fetch: Fetch): void;
  /** Resolves once open requests are answered, or cut after a grace of two seconds. */
  close(): Promise<void>;
}

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|::1)$/;
const CLOSE_GRACE_MS = 2_000;

export async function listen({ port, host, insecure }: ListenOptions): Promise<Listener> {
  if (!insecure && !LOOPBACK.test(host)) {
    throw new ServerError(
      'address-refused',
      `start: expected a loopback address, got ${host}; there are no accounts yet, so serving other machines needs --insecure.`,
    );
  }
  let current: Fetch = starting;
  const server = createAdaptorServer({ fetch: (request) => current(request) }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound ? bound.port : port;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    serve(fetch) {
      current = fetch;
    },
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    const message = `start: port ${port} is in use by another program; stop that one, or choose another port with --port.`;
    return new ServerError('port-in-use', message, { cause: error });
  }
  const message = `start: expected to listen on ${host} port ${port}, got "${error.message}"; choose another with --port.`;
  return new ServerError('port-refused', message, { cause: error });
}

const PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><meta http-equiv="refresh" content="1" /><title>Qurriculum</title></head>
  <body><main><h1>Qurriculum is starting</h1><p>The database is being opened; this page comes back by itself.</p></main></body>
</html>`;

function starting(request: Request): Response {
  const headers = { 'retry-after': '1', 'cache-control': 'no-store' };
  if (!new URL(request.url).pathname.startsWith('/api/')) {
    return new Response(PAGE, { status: 503, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
  }
  const detail = 'The server is starting; ask again in a second.';
  const problem = {
    type: '/api/docs#problem-unavailable',
    title: 'The server cannot answer now',
    status: 503,
    code: 'unavailable',
    detail,
  };
  return Response.json(problem, { status: 503, headers: { ...headers, 'content-type': 'application/problem+json' } });
}
