/**
 * Errors of the server as the screens show them: RFC 9457 problem details with one entry per field, and the two cases
 * in which there are none, a server that does not answer and an answer that is not ours.
 */

/** One fault of a request: which field, and what was expected there. */
export interface FieldFault {
  /** Name of the field as the request has it, `options.map.skill` for a nested one; empty for the whole. */
  readonly field: string;
  readonly detail: string;
}

/** RFC 9457 section 3, with the extension members `code` and `errors`. */
export interface ProblemDetails {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly FieldFault[];
}

/** A request that the server refused, or that did not reach it (`status` 0). */
export class ProblemError extends Error {
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** True when no answer came at all: the server is stopped, or the network is away. */
export const isUnreachable = (error: unknown): boolean => error instanceof ProblemError && error.problem.status === 0;

/** True when what was asked for does not exist. */
export const isNotFound = (error: unknown): boolean => error instanceof ProblemError && error.problem.status === 404;

/** True when the server has to know who asks first. */
export const isPersonMissing = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'person-missing';

/** The faults by field, for forms: the first one per field. */
export const faultsByField = (error: unknown): Readonly<Record<string, string>> => {
  if (!(error instanceof ProblemError)) return {};
  const faults: Record<string, string> = {};
  for (const { field, detail } of error.problem.errors ?? []) faults[field] ??= detail;
  return faults;
};

/** What to say of any error, in one sentence. */
export const sayError = (error: unknown): string => {
  if (error instanceof ProblemError) return error.problem.detail ?? error.problem.title;
  return error instanceof Error ? error.message : String(error);
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const readFaults = (value: unknown): FieldFault[] =>
  Array.isArray(value)
    ? value.filter(isRecord).map((fault) => ({
        field: String(fault['field'] ?? fault['pointer'] ?? '').replace(/^#?\//, ''),
        detail: String(fault['detail'] ?? fault['message'] ?? ''),
      }))
    : [];

/** Reads a refusal. A body that is no problem document (a proxy's page, say) still gives a sentence. */
export const readProblem = async (response: Response): Promise<ProblemError> => {
  const body: unknown = await response.json().catch(() => null);
  if (!isRecord(body) || typeof body['title'] !== 'string') {
    const detail = `The server answered ${response.status} ${response.statusText} without saying why.`;
    return new ProblemError({ title: 'Unexpected answer', status: response.status, detail });
  }
  return new ProblemError({
    title: body['title'],
    status: response.status,
    ...(typeof body['detail'] === 'string' ? { detail: body['detail'] } : {}),
    ...(typeof body['code'] === 'string' ? { code: body['code'] } : {}),
    errors: readFaults(body['errors']),
  });
};
