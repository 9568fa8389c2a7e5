/** What a layout of learning records is given, and what it must do: the contract between the reader and the layouts. */
import type { OtherColumnsObserver } from '../quality/column-sample.ts';
import type { ColumnMap } from './columns.ts';
import type { InteractionIds } from './ids.ts';
import type { LineBlock } from './lines.ts';

export type RecordLayout = 'delimited' | 'three-line';

export interface ReadRecordsOptions {
  /** Seconds since 1970; rows more than a day later are rejected. */
  readonly now: number;
  /** Columns by header, instead of or besides those found by name. */
  readonly map?: ColumnMap;
  /** Instead of detecting it. */
  readonly layout?: RecordLayout;
  /** Instead of detecting tab, comma or semicolon. */
  readonly delimiter?: string;
  /** What stands between several skills in one cell; default `defaultSkillSeparators`. */
  readonly skillSeparators?: readonly string[];
  /** Fail with `rejected-row` at the first bad row. Default false. */
  readonly strict?: boolean;
  /** Share one registry between the files of one import, so that ids are unique across them. */
  readonly ids?: InteractionIds;
  /** Rows per batch, at least; the last batch has fewer. Default 8,192. */
  readonly batchRows?: number;
  /** Characters; a longer line or row fails with `line-too-long`. Default 1 MiB. */
  readonly maxLineLength?: number;
  /** Sees the cells that no field uses, of every accepted row of a delimited file. */
  readonly others?: OtherColumnsObserver;
  readonly signal?: AbortSignal;
}

/** What the layouts need to know. */
export interface ReaderContext {
  readonly file: string;
  readonly ids: InteractionIds;
  readonly options: Required<Omit<ReadRecordsOptions, 'ids' | 'signal' | 'layout' | 'delimiter' | 'others'>> &
    Pick<ReadRecordsOptions, 'delimiter' | 'others'>;
}

/** A layout at work: lines in, rows to the batch writer. */
export interface LayoutReader {
  readonly layout: RecordLayout;
  readonly delimiter: string;
  readonly columns: ColumnMap;
  readonly unusedColumns: readonly string[];
  push(block: LineBlock): void;
  finish(): void;
}
