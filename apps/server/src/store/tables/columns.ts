/**
 * Kinds of columns: what they read as, and what an insert and an update take. JSON columns take text that is JSON already
 * (`JSON.stringify`): the two database clients disagree on what an array given for a JSON column means.
 */
import type { Json } from '@qurriculum/evidence';
import type { ColumnType } from 'kysely';

export type JsonColumn<T = Json> = ColumnType<T, string, string>;
export type JsonDefault<T = Json> = ColumnType<T, string | undefined, string>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type TimestampDefault = ColumnType<Date, Date | string | undefined, Date | string>;
export type NullableTimestamp = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
export type NullableJson = ColumnType<Json, string | null | undefined, string | null>;
