export type { Json, Provenance, RunCost, RunRecord } from './run-record.ts';
