/** What goes wrong with schedules before any search: a stable code for programs, a sentence for people. */

export type ScheduleErrorCode = 'BAD_STATE' | 'BAD_PINS' | 'BAD_EVENT' | 'BAD_PLAN' | 'BAD_QUESTION' | 'BAD_CALENDAR';

export class ScheduleError extends Error {
  readonly code: ScheduleErrorCode;
  constructor(code: ScheduleErrorCode, message: string) {
    super(message);
    this.name = 'ScheduleError';
    this.code = code;
  }
}
