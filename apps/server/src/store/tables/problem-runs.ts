/** Problem files and what solvers made of them. */
import type { GeneratedAlways } from 'kysely';
import type { JsonColumn, Nullable, NullableJson, TimestampDefault } from './columns.ts';

export interface ProblemFileTable {
  id: GeneratedAlways<number>;
  name: string;
  format: string;
  /** Hex SHA-256 of the file's bytes. */
  sha256: string;
  bytes: number;
  content: string;
  /** See problem-runs/facts.ts. */
  facts: JsonColumn;
  created_by: string;
  created_at: TimestampDefault;
}

export interface ProblemRunTable {
  id: GeneratedAlways<number>;
  file_id: number;
  job_id: Nullable<string>;
  options: JsonColumn;
  /** The best known objective, where a person typed it in. */
  target: Nullable<number>;
  created_by: string;
  created_at: TimestampDefault;
}

export interface ProblemSolveTable {
  problem_run_id: number;
  /** Order in which they run, from 0. */
  position: number;
  solver: string;
  repeat: number;
  seed: number;
  /** What it has found so far; null before it begins and once it has ended. */
  live: NullableJson;
  /** The record of it, once it has ended. */
  run_id: Nullable<string>;
}
