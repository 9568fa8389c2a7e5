/** What goes wrong with solvers elsewhere: a stable code for programs, a sentence for people, never a credential. */
import type { JobHandle } from './job.ts';

export type RemoteErrorCode =
  /** Credentials are missing. */
  | 'NOT_CONFIGURED'
  /** The vendor refused the credentials: wrong or expired. */
  | 'UNAUTHORISED'
  /** Asked too often (429), and waiting did not help. */
  | 'THROTTLED'
  /** 5xx, and repeating did not help. */
  | 'UNAVAILABLE'
  /** The connection broke, and repeating did not help or was not safe. */
  | 'NETWORK'
  /** The vendor refused the request as it stands (other 4xx). */
  | 'REJECTED'
  /** An answer that is not what the protocol says. */
  | 'BAD_RESPONSE'
  | 'JOB_FAILED'
  | 'JOB_CANCELLED'
  /** The estimate is above the caller's limit. */
  | 'COST_LIMIT'
  /** The price is older than the caller's limit, or its age is not known. */
  | 'PRICE_STALE'
  /** No price is known. */
  | 'PRICE_UNKNOWN'
  /** A job handle of another solver, problem or version. */
  | 'BAD_HANDLE'
  /** The problem does not fit on the device. */
  | 'DOES_NOT_FIT'
  /** The time given to `solve` was over before the vendor answered. */
  | 'OUT_OF_TIME';

export class RemoteError extends Error {
  readonly code: RemoteErrorCode;
  /** The job concerned, where one was accepted: it may be polled or resumed. */
  readonly handle: JobHandle | undefined;
  constructor(code: RemoteErrorCode, message: string, handle?: JobHandle) {
    super(message);
    this.name = 'RemoteError';
    this.code = code;
    this.handle = handle;
  }
}
