/**
 * The way to the server: every request of the app goes through `request`, which names the person who asks, turns
 * refusals into `ProblemError` and tells a server that is gone from one that says no.
 */
import type { AppType } from '@qurriculum/server/api';
import { hc } from 'hono/client';
import { ProblemError, readProblem } from './problem.ts';

let person: string | null = null;

/** Who asks, for every later request. Set by the person picker. */
export const actAs = (id: string | null): void => {
  person = id;
};

/** `fetch` with the person's header; rejects with a `ProblemError` for refusals and for a server that is gone. */
export const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  const headers = new Headers(init?.headers);
  if (person !== null) headers.set('x-qurriculum-person', encodeURIComponent(person));
  let response: Response;
  try {
    response = await fetch(input, { ...init, headers });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw new ProblemError({
      title: 'The server does not answer',
      status: 0,
      detail:
        'The server does not answer. Start it with `npm start` on the machine it runs on; this page reconnects by itself.',
    });
  }
  if (!response.ok) throw await readProblem(response);
  return response;
};

/** The server's routes by their addresses, typed by the server itself. */
export const api = hc<AppType>(window.location.origin, { fetch: send }).api;
