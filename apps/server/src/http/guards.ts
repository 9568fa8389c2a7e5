/**
 * What every request passes before a route sees it. The server has no accounts yet, so it must not be reachable by
 * other sites through the person's own browser: a name that is not this machine's (DNS rebinding) and an Origin that
 * is not the page's own (cross-site requests) are refused.
 */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { problemRunLimits } from '../problem-runs/options.ts';
import { PERSON_HEADER, readPerson } from './person.ts';
import { Problem } from './problem.ts';
import type { ApiEnv } from './router.ts';

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** JSON bodies are small; only files that are uploaded may be large. */
const JSON_LIMIT = 1 << 20;
const UPLOAD_LIMIT = 4 * 2 ** 30;
const UPLOADS = /^\/api\/imports\/[^/]+\/files$/;
/** Read whole; the exact limit is the resource's own. */
const PROBLEM_UPLOAD_LIMIT = 2 * problemRunLimits.mostBytes;
const PROBLEM_UPLOADS = '/api/problem-files';
/** Calendars, tables and rosters of a schedule, read whole. */
const SCHEDULE_UPLOAD_LIMIT = 64 * 2 ** 20;
const SCHEDULE_UPLOADS = /^\/api\/courses\/\d+\/schedule\/imports\/[a-z]+$/;

/** Refuses names other than this machine's, unless the server was opened to others. */
export function hostGuard(insecure: boolean): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    const name = host.replace(/:\d+$/, '');
    if (!insecure && !LOOPBACK_NAMES.has(name)) {
      throw new Problem('wrong-host', `Host: expected 127.0.0.1 or localhost, got ${host || 'nothing'}.`);
    }
    await next();
  };
}

/** Refuses what a browser sends on behalf of another site. */
export function originGuard(): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const origin = context.req.header('origin');
    const fetchSite = context.req.header('sec-fetch-site');
    const isRead = context.req.method === 'GET' || context.req.method === 'HEAD';
    const isForeign = origin !== undefined && hostOf(origin) !== context.req.header('host');
    if (isForeign || (!isRead && fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none')) {
      throw new Problem('foreign-origin', `Origin: expected this server's own pages, got ${origin ?? fetchSite}.`);
    }
    await next();
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

export function sizeGuard(): MiddlewareHandler<ApiEnv> {
  const refuse = (limit: number) => (): never => {
    throw new Problem('too-large', `Body: expected at most ${limit} bytes; send a smaller one.`);
  };
  const small = bodyLimit({ maxSize: JSON_LIMIT, onError: refuse(JSON_LIMIT) });
  const large = bodyLimit({ maxSize: UPLOAD_LIMIT, onError: refuse(UPLOAD_LIMIT) });
  const problem = bodyLimit({ maxSize: PROBLEM_UPLOAD_LIMIT, onError: refuse(PROBLEM_UPLOAD_LIMIT) });
  const schedule = bodyLimit({ maxSize: SCHEDULE_UPLOAD_LIMIT, onError: refuse(SCHEDULE_UPLOAD_LIMIT) });
  return (context, next) => {
    const { path } = context.req;
    if (SCHEDULE_UPLOADS.test(path)) return schedule(context, next);
    return (UPLOADS.test(path) ? large : path === PROBLEM_UPLOADS ? problem : small)(context, next);
  };
}

/** Inline styles are the component library's; 'wasm-unsafe-eval' lets the page run our own kernels. */
export function headers(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    // The server speaks plain HTTP on the loopback address; a browser must not remember otherwise.
    strictTransportSecurity: false,
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
  });
}

export function personReader(): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    context.set('person', readPerson(context.req.header(PERSON_HEADER)));
    await next();
  };
}

/** One line a request, for whoever asked for it: no bodies, no names. */
export function requestLog(write: (line: string) => void): MiddlewareHandler {
  return async (context, next) => {
    const start = performance.now();
    await next();
    const milliseconds = (performance.now() - start).toFixed(0);
    write(
      `${new Date().toISOString()} ${context.req.method} ${context.req.path} ${context.res.status} ${milliseconds} ms`,
    );
  };
}
