/**
 * Answers of learners to items as a table, and its distinct rows: what response theory and cognitive diagnosis are fitted
 * to. Categories count from 0 (0 wrong, 1 right, or 0..K-1 for graded and multiple-choice items); -1 is no answer.
 */

/** n learners x m items, immutable. */
export interface ResponseTable {
  readonly learners: number;
  readonly items: number;
  /** Row after row, n * m categories; -1 where there is no answer. */
  readonly values: Int8Array;
  /** Categories of each item: 2 for right and wrong. */
  readonly categories: Int32Array;
}

export type ResponseErrorCode = 'BAD_SIZE' | 'BAD_ANSWER';

/** A table of answers that cannot be used; `row` and `column` count from 0, null where the table as a whole is meant. */
export class ResponseError extends Error {
  readonly code: ResponseErrorCode;
  readonly row: number | null;
  readonly column: number | null;

  constructor(code: ResponseErrorCode, message: string, row: number | null = null, column: number | null = null) {
    super(message);
    this.name = 'ResponseError';
    this.code = code;
    this.row = row;
    this.column = column;
  }
}

/** A category fits into a signed byte. */
const MOST_CATEGORIES = 127;

/**
 * Builds a table from rows of equal length: one row per learner, one category per item, -1 or NaN for no answer.
 * `categories`: of all items, or one number per item; default 2.
 * @throws ResponseError BAD_SIZE for an empty or ragged table, BAD_ANSWER for anything that is not a category.
 */
export function createResponses(
  rows: readonly ArrayLike<number>[],
  categories: number | ArrayLike<number> = 2,
): ResponseTable {
  const items = rows[0]?.length ?? 0;
  if (items === 0) {
    const got = rows.length === 0 ? 'no rows' : 'rows without answers';
    throw new ResponseError('BAD_SIZE', `createResponses: expected learners with answers, got ${got}; pass some.`);
  }
  const counts = Int32Array.from({ length: items }, (_, j) =>
    typeof categories === 'number' ? categories : categories[j],
  );
  counts.forEach((count, j) => {
    if (count >= 2 && count <= MOST_CATEGORIES) return;
    throw new ResponseError(
      'BAD_SIZE',
      `createResponses: expected 2 to ${MOST_CATEGORIES} categories of item ${j}, got ${count}; pass one number per item.`,
    );
  });
  const values = new Int8Array(rows.length * items);
  rows.forEach((row, i) => {
    if (row.length !== items) {
      throw new ResponseError(
        'BAD_SIZE',
        `createResponses: expected ${items} answers in row ${i}, got ${row.length}; use -1 where there is no answer.`,
        i,
      );
    }
    for (let j = 0; j < items; j++) values[i * items + j] = categoryOf(row[j], counts[j], i, j);
  });
  return { learners: rows.length, items, values, categories: counts };
}

function categoryOf(value: number, categories: number, row: number, column: number): number {
  if (Number.isNaN(value) || value === -1) return -1;
  if (Number.isInteger(value) && value >= 0 && value < categories) return value;
  throw new ResponseError(
    'BAD_ANSWER',
    `createResponses: expected a whole number from 0 to ${categories - 1}, or -1 for no answer, got ${value} in row ` +
      `${row}, column ${column}; recode the answer.`,
    row,
    column,
  );
}

/** The distinct rows of a table: learners who answered alike are computed once. */
export interface ResponsePatterns {
  readonly count: number;
  readonly items: number;
  /** count * items categories, -1 where there is no answer. */
  readonly values: Int8Array;
  /** How many learners have each pattern. */
  readonly weight: Float64Array;
  /** The pattern of each learner. */
  readonly patternOf: Int32Array;
}

/** Distinct rows in order of first appearance. */
export function distinctPatterns({ learners, items, values }: ResponseTable): ResponsePatterns {
  const index = new Map<string, number>();
  const patternOf = new Int32Array(learners);
  const first: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < learners; i++) {
    const key = values.subarray(i * items, (i + 1) * items).join();
    let pattern = index.get(key);
    if (pattern === undefined) {
      pattern = first.length;
      index.set(key, pattern);
      first.push(i);
      weight.push(0);
    }
    patternOf[i] = pattern;
    weight[pattern]++;
  }
  const distinct = new Int8Array(first.length * items);
  first.forEach((row, pattern) => {
    distinct.set(values.subarray(row * items, (row + 1) * items), pattern * items);
  });
  return { count: first.length, items, values: distinct, weight: Float64Array.from(weight), patternOf };
}
