/** The error of cognitive diagnosis: a stable code for programs, a sentence for people. */

export type DiagnosisErrorCode = 'BAD_Q_MATRIX' | 'BAD_PREREQUISITE' | 'BAD_SIZE' | 'BAD_FILE' | 'TOO_LARGE';

export class DiagnosisError extends Error {
  readonly code: DiagnosisErrorCode;

  constructor(code: DiagnosisErrorCode, message: string) {
    super(message);
    this.name = 'DiagnosisError';
    this.code = code;
  }
}
