/**
 * Errors as problem details (RFC 9457): `type` leads to the list of problems on the API page, `code` is the same for
 * programs, `errors` names the fields. What a parser or a database says never gets out; unforeseen errors carry a
 * number that the server's log has too.
 */
import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isDatabaseLost } from '../store/errors.ts';

export interface FieldFault {
  /** Path of the field as the request has it, `skills.2.name`; empty for the whole. */
  readonly field: string;
  /** What was expected there. */
  readonly detail: string;
}

export const problemSchema = z
  .object({
    type: z.string().openapi({ description: 'Leads to the description of this kind of problem.' }),
    title: z.string(),
    status: z.number().int(),
    code: z.string().openapi({ description: 'Stable, for programs.' }),
    detail: z.string().openapi({ description: 'What was expected, what came, and what to do.' }),
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
    id: z.string().optional().openapi({ description: 'Finds an unforeseen error in the log of the server.' }),
  })
  .openapi('Problem');

/** Every kind of problem: its status, and a title that is the same each time. */
const kinds = {
  'invalid-request': [400, 'The request is not as it should be'],
  'person-missing': [401, 'It is not known who asks'],
  'not-allowed': [403, 'This person may not do this'],
  'foreign-origin': [403, 'The request comes from another site'],
  'not-found': [404, 'There is no such thing'],
  conflict: [409, 'The request does not fit the present state'],
  'too-large': [413, 'The request is too large'],
  'wrong-host': [421, 'The server does not answer to this name'],
  unprocessable: [422, 'The request cannot be carried out'],
  internal: [500, 'Something unforeseen happened'],
  unavailable: [503, 'The server cannot answer now'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ProblemCode = keyof typeof kinds;

/** Thrown by routes and services; becomes the answer. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldFault[];

  constructor(code: ProblemCode, detail: string, errors: readonly FieldFault[] = []) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }
}

/** For what a request names and is not there: `notFound('course', 12)`. */
export function notFound(what: string, id: string | number): Problem {
  return new Problem('not-found', `${what}: expected one that exists, got ${id}; it may have been removed.`);
}

/** The row, or a problem that says it is not there. */
export function orNotFound<T>(row: T | undefined, what: string, id: string | number): T {
  if (row === undefined) throw notFound(what, id);
  return row;
}

/** The status of each kind, and what it means, for the API page. */
export function problemKinds(): { code: ProblemCode; status: number; title: string }[] {
  return Object.entries(kinds).map(([code, [status, title]]) => ({ code: code as ProblemCode, status, title }));
}

/** Descriptions of a route's refusals, to be spread into its `responses`: `...problems('not-found')`. */
export function problems(...codes: ProblemCode[]) {
  const content = { 'application/problem+json': { schema: problemSchema } };
  const described: Record<number, { description: string; content: typeof content }> = {};
  for (const code of ['invalid-request' as const, ...codes]) {
    const [status, title] = kinds[code];
    described[status] = { description: title, content };
  }
  return described;
}

/** Whatever was thrown, as the answer; unforeseen errors also go to `report` with their number. */
export function answerError(context: Context, error: unknown, report: (line: string) => void): Response {
  if (error instanceof Problem) return answer(context, error);
  if (error instanceof HTTPException) return answer(context, fromHttpException(error));
  if (isDatabaseLost(error)) {
    report(`${new Date().toISOString()} database: ${describe(error)}`);
    return answer(context, new Problem('unavailable', 'The database does not answer; try again in a moment.'));
  }
  const id = randomUUID();
  report(`${new Date().toISOString()} error ${id} ${context.req.method} ${context.req.path}: ${describe(error)}`);
  const detail = `The server met an error that it did not expect; its log has it under ${id}.`;
  return answer(context, new Problem('internal', detail), id);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function fromHttpException(error: HTTPException): Problem {
  const known = problemKinds().find((kind) => kind.status === error.status);
  if (known?.status === 400) {
    const fault = { field: '', detail: 'expected a body of well-formed JSON' };
    return new Problem('invalid-request', 'The body is not well-formed JSON; correct it and send it again.', [fault]);
  }
  return new Problem(known?.code ?? 'invalid-request', known?.title ?? 'The request was refused.');
}

function answer(context: Context, { code, message, errors }: Problem, id?: string): Response {
  const [status, title] = kinds[code];
  const body = {
    type: `/api/docs#problem-${code}`,
    title,
    status,
    code,
    detail: message,
    ...(errors.length > 0 && { errors }),
    ...(id !== undefined && { id }),
  };
  return context.json(body, status, { 'content-type': 'application/problem+json' });
}

/** The faults of a request that does not fit its schema. */
export function invalidRequest(place: string, error: z.core.$ZodError): Problem {
  const faults = error.issues.map((issue) => ({ field: issue.path.join('.'), detail: issue.message }));
  const first = faults[0];
  const detail = first ? `${place} ${first.field}: ${first.detail}`.replace(' :', ':') : 'The request does not fit.';
  return new Problem('invalid-request', detail, faults);
}
