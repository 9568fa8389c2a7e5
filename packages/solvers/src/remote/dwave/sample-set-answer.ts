/**
 * Answers of D-Wave's hybrid solvers: format `bq`, a sample set as dimod serialises it to JSON
 * (`SampleSet.to_serializable`, schema 3.1): samples packed 32 to a word, bit k of word w for column 32 w + k, or as plain
 * rows. Not confirmed with an answer of a real solver.
 */
import { RemoteError } from '../remote-error.ts';
import { type Fields, fieldsOf, listField, numberField, numbersOf, optionalNumber } from '../response-fields.ts';

/** What the columns must be. */
export interface ExpectedColumns {
  /** Least and greatest value of each variable. */
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** True where a bit of 0 stands for -1. */
  readonly spins: boolean;
}

export interface SampleSetAnswer {
  /** Per row, the variables in the order in which they were sent. */
  readonly rows: readonly Int32Array[];
  readonly occurrences: readonly number[];
  /** Seconds, where the vendor says: QPU time, time that is charged, time that it ran. */
  readonly qpuSeconds: number | undefined;
  readonly chargedSeconds: number | undefined;
  readonly runSeconds: number | undefined;
}

const WHERE = 'D-Wave hybrid answer';
const MICRO = 1e-6;
const WORD = 32;

/** @throws RemoteError BAD_RESPONSE for another format, sizes that do not fit together, values out of bounds. */
export function readSampleSetAnswer(message: Fields, expected: ExpectedColumns): SampleSetAnswer {
  const answer = fieldsOf(message['answer'], WHERE);
  if (answer['format'] !== 'bq') throw malformed(`format bq`, `format ${String(answer['format'])}`);
  const set = fieldsOf(answer['data'], `${WHERE} data`);
  const size = expected.lower.length;
  const columns = readColumns(set, size);
  const rows = readRows(set, size, expected.spins).map((row) => {
    const values = new Int32Array(size);
    for (const [column, variable] of columns.entries()) {
      const value = row[column];
      const within = value >= expected.lower[variable] && value <= expected.upper[variable];
      if (!(Number.isInteger(value) && within && !(expected.spins && value === 0))) {
        const range = `${expected.lower[variable]} to ${expected.upper[variable]}`;
        throw malformed(`whole numbers from ${range} for variable ${variable}`, String(value));
      }
      values[variable] = value;
    }
    return values;
  });
  const info = fieldsOf(set['info'] ?? {}, `${WHERE} info`);
  const seconds = (name: string): number | undefined => {
    const value = optionalNumber(info, name);
    return value === undefined ? undefined : value * MICRO;
  };
  return {
    rows,
    occurrences: readOccurrences(set, rows.length),
    qpuSeconds: seconds('qpu_access_time'),
    chargedSeconds: seconds('charge_time'),
    runSeconds: seconds('run_time'),
  };
}

/** Which variable each column is: the numbers 0 to n - 1 in any order. */
function readColumns(set: Fields, size: number): number[] {
  const labels = numbersOf(set['variable_labels'], `${WHERE} variable_labels`);
  const seen = new Set(labels);
  const valid = labels.every((label) => Number.isInteger(label) && label >= 0 && label < size);
  if (labels.length !== size || seen.size !== size || !valid) {
    throw malformed(`labels 0 to ${size - 1}, each once`, `${labels.length} labels`);
  }
  return labels;
}

function readRows(set: Fields, size: number, spins: boolean): readonly number[][] {
  const array = fieldsOf(set['sample_data'], `${WHERE} sample_data`);
  if (array['use_bytes'] === true) throw malformed('numbers', 'bytes');
  // The schema's default, 3.1.0.
  const packed = set['sample_packed'] ?? true;
  const width = packed ? Math.ceil(size / WORD) : size;
  const rows = listField(array, 'data', `${WHERE} sample_data`).map((row) => {
    const numbers = numbersOf(row, `${WHERE} sample_data`);
    if (numbers.length !== width) throw malformed(`rows of ${width} numbers`, `one of ${numbers.length}`);
    if (!packed) return numbers;
    const bits = Array.from({ length: size }, (_, k) => (numbers[Math.floor(k / WORD)] >>> (k % WORD)) & 1);
    return spins ? bits.map((bit) => 2 * bit - 1) : bits;
  });
  if (rows.length !== numberField(set, 'num_rows', WHERE)) {
    throw malformed(`${String(set['num_rows'])} rows`, `${rows.length}`);
  }
  return rows;
}

function readOccurrences(set: Fields, rows: number): readonly number[] {
  const vectors = fieldsOf(set['vectors'], `${WHERE} vectors`);
  if (vectors['num_occurrences'] === undefined) return Array.from({ length: rows }, () => 1);
  const array = fieldsOf(vectors['num_occurrences'], `${WHERE} num_occurrences`);
  const counts = numbersOf(array['data'], `${WHERE} num_occurrences`);
  if (counts.length !== rows || counts.some((count) => !(Number.isInteger(count) && count >= 1))) {
    throw malformed(`${rows} counts of at least 1`, counts.join(', '));
  }
  return counts;
}

function malformed(expected: string, got: string): RemoteError {
  const text = `${WHERE}: expected ${expected}, got ${got}; resume the job again, or report it with the date.`;
  return new RemoteError('BAD_RESPONSE', text);
}
