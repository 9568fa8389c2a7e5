/** What a check of a timetable answers, whatever the format. */
import type { Violation } from '../../decision.ts';

export interface TimetableReport {
  /** Cost, to be minimised: the sum of `terms`. It says little where rules are broken. */
  readonly objective: number;
  /** Weighted contributions by name. */
  readonly terms: Readonly<Record<string, number>>;
  /** Broken hard rules; empty when feasible. */
  readonly violations: readonly Violation[];
  readonly feasible: boolean;
}
