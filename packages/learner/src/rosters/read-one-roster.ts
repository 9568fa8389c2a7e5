/**
 * A OneRoster 1.2 CSV package: its files as text to rows, with everything that is wrong named by a stable code, file, row
 * and field. Nothing is thrown for bad content: what a person must mend is in the diagnostics.
 */
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import type {
  Diagnose,
  OneRosterDiagnostic,
  OneRosterMode,
  OneRosterPackage,
  OneRosterRow,
} from './one-roster-package.ts';
import { crossCheck } from './one-roster-references.ts';
import {
  booleanColumns,
  dateColumns,
  numberColumns,
  type OneRosterFile,
  type OneRosterTable,
  oneRosterTables,
  vocabularies,
} from './one-roster-tables.ts';

const files = Object.keys(oneRosterTables) as OneRosterFile[];
const MANIFEST = 'manifest.csv';

/** @param entries text of each entry by its name, "users.csv", at the root of the package. */
export function readOneRoster(entries: ReadonlyMap<string, string>): OneRosterPackage {
  const diagnostics: OneRosterDiagnostic[] = [];
  const diagnose: Diagnose = (code, file, { row, field }, message) => {
    diagnostics.push({ code, file, row: row ?? null, field: field ?? null, message: `${file}: ${message}` });
  };
  for (const name of entries.keys()) {
    if (name !== MANIFEST && !files.some((file) => name === `${file}.csv`)) {
      diagnose(
        'package.unknown_file',
        name,
        {},
        'expected only files that OneRoster 1.2 names, got this one; take it out.',
      );
    }
  }
  const modes = readManifest(entries, diagnose);
  const rows = new Map<OneRosterFile, OneRosterRow[]>();
  for (const file of files) {
    const text = entries.get(`${file}.csv`);
    if (text !== undefined && modes.get(file) !== 'absent' && modes.has(file)) {
      rows.set(file, readTable(file, text, modes.get(file) === 'delta', diagnose));
    }
  }
  const structural =
    diagnostics.length > 0 && diagnostics.some(({ code }) => /^(package|manifest|schema)\./.test(code));
  // What rows mean to each other can be told where they are read as they were meant.
  if (!structural) crossCheck(rows, modes, diagnose);
  const bad = new Set(diagnostics.filter(({ row }) => row !== null).map(({ file, row }) => `${file} ${row}`));
  const good = new Map(
    [...rows].map(([file, list]) => [file, list.filter(({ row }) => !bad.has(`${file}.csv ${row}`))]),
  );
  return { modes, rows: good, rejected: bad.size, diagnostics, usable: !structural };
}

function readManifest(entries: ReadonlyMap<string, string>, diagnose: Diagnose): Map<OneRosterFile, OneRosterMode> {
  const modes = new Map<OneRosterFile, OneRosterMode>();
  const text = entries.get(MANIFEST);
  if (text === undefined) {
    diagnose('package.missing_manifest', MANIFEST, {}, 'expected it at the root of the package, got none; add it.');
    return modes;
  }
  const properties = new Map(
    cut(MANIFEST, text, diagnose).map(({ cells }) => [cells[0] ?? '', (cells[1] ?? '').trim()]),
  );
  for (const [property, wanted] of [
    ['manifest.version', '1.0'],
    ['oneroster.version', '1.2'],
  ] as const) {
    const got = properties.get(property);
    if (got === wanted) continue;
    diagnose(
      'manifest.invalid_value',
      MANIFEST,
      { field: property },
      `expected ${property} ${wanted}, got ${got ?? 'none'}; correct it.`,
    );
  }
  for (const file of files) {
    const field = `file.${file}`;
    const mode = properties.get(field);
    const isThere = entries.has(`${file}.csv`);
    if (mode !== 'absent' && mode !== 'bulk' && mode !== 'delta') {
      // A file that is neither named nor there is what "absent" says.
      if (mode === undefined && !isThere) modes.set(file, 'absent');
      else
        diagnose(
          'manifest.invalid_value',
          MANIFEST,
          { field },
          `expected ${field} absent, bulk or delta, got ${mode ?? 'none'}; correct it.`,
        );
      continue;
    }
    modes.set(file, mode);
    if (mode === 'absent' && isThere) {
      diagnose(
        'manifest.file_unexpected',
        `${file}.csv`,
        { field },
        'expected no such file, since the manifest says absent; correct one of them.',
      );
    }
    if (mode !== 'absent' && !isThere) {
      diagnose(
        'manifest.file_missing',
        `${file}.csv`,
        { field },
        `expected the file that the manifest calls ${mode}, got none; add it.`,
      );
    }
  }
  return modes;
}

interface Line {
  readonly cells: readonly string[];
}

function cut(file: string, text: string, diagnose: Diagnose): Line[] {
  try {
    const records = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as string[][];
    return records.map((cells) => ({ cells }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    diagnose('schema.not_csv', file, {}, `expected CSV (RFC 4180), got ${error.message}; export it again.`);
    return [];
  }
}

function readTable(file: OneRosterFile, text: string, isDelta: boolean, diagnose: Diagnose): OneRosterRow[] {
  const name = `${file}.csv`;
  const table: OneRosterTable = oneRosterTables[file];
  const [header, ...lines] = cut(name, text, diagnose);
  if (header === undefined) {
    diagnose('schema.missing_header', name, {}, 'expected a header line, got an empty file; export it again.');
    return [];
  }
  const columns = header.cells.map((cell) => cell.trim());
  checkHeader(name, table, columns, diagnose);
  const seen = new Set<string>();
  return lines.map(({ cells }, k) => {
    const row = {
      row: k + 1,
      cells: Object.fromEntries(columns.map((column, at) => [column, (cells[at] ?? '').trim()])),
    };
    checkRow(file, table, row, isDelta, diagnose);
    const id = row.cells['sourcedId'] ?? '';
    if (seen.has(id)) {
      diagnose(
        'row.duplicate_id',
        name,
        { row: row.row, field: 'sourcedId' },
        `row ${row.row}: expected every sourcedId once, got "${id}" again; take one out.`,
      );
    }
    seen.add(id);
    return row;
  });
}

const isMetadata = (column: string): boolean => /^metadata\.\S+$/.test(column);

function checkHeader(
  name: string,
  { columns: known }: OneRosterTable,
  columns: readonly string[],
  diagnose: Diagnose,
): void {
  const missing = known.filter((column) => !columns.includes(column));
  for (const field of missing) {
    diagnose(
      'schema.missing_column',
      name,
      { field },
      `expected the column ${field}, got none; add it (it may be empty).`,
    );
  }
  for (const field of columns.filter((column) => !known.includes(column) && !isMetadata(column))) {
    diagnose(
      'schema.invalid_metadata_header',
      name,
      { field },
      `expected columns of OneRoster or metadata.NAME, got "${field}"; rename it or take it out.`,
    );
  }
  const present = columns.filter((column) => known.includes(column));
  const misplaced = present.findIndex((column, k) => column !== known.filter((one) => columns.includes(one))[k]);
  if (misplaced >= 0) {
    diagnose(
      'schema.header_order_mismatch',
      name,
      { field: present[misplaced] },
      `expected columns in the order of OneRoster, got "${present[misplaced]}" out of place; put it back.`,
    );
  }
  const last = columns.findLastIndex((column) => known.includes(column));
  const early = columns.find((column, k) => isMetadata(column) && k < last);
  if (early !== undefined) {
    diagnose(
      'schema.metadata_column_position',
      name,
      { field: early },
      `expected metadata columns after all others, got "${early}" before; move it to the end.`,
    );
  }
}

/** ISO 8601 with a time and a zone, as in section 3.3 of the binding. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

function checkRow(
  file: OneRosterFile,
  table: OneRosterTable,
  { row, cells }: OneRosterRow,
  isDelta: boolean,
  diagnose: Diagnose,
): void {
  const name = `${file}.csv`;
  const fault = (code: string, field: string, expected: string): void =>
    diagnose(
      code,
      name,
      { row, field },
      `row ${row}, ${field}: expected ${expected}, got "${cells[field] ?? ''}"; correct it.`,
    );
  const isGoing = cells['status'] === 'tobedeleted';
  for (const field of ['sourcedId', ...(isGoing ? [] : table.required)]) {
    if (cells[field] === '') fault('row.missing_required', field, 'a value');
  }
  for (const field of ['status', 'dateLastModified']) {
    if (isDelta && cells[field] === '') fault('row.field_required_in_delta', field, 'a value, since this is a delta');
  }
  const { status = '', dateLastModified = '' } = cells;
  if (status !== '' && status !== 'active' && status !== 'tobedeleted')
    fault('row.invalid_enum', 'status', 'active or tobedeleted');
  if (dateLastModified !== '' && !isDateTime(dateLastModified))
    fault('row.invalid_datetime', 'dateLastModified', 'a time such as 2026-09-01T08:00:00Z');
  for (const field of table.columns) {
    const value = cells[field] ?? '';
    if (value === '') continue;
    if (dateColumns.has(field) && !isDate(value)) fault('row.invalid_date', field, 'a date such as 2026-09-01');
    if (booleanColumns.has(field) && value !== 'true' && value !== 'false')
      fault('row.invalid_boolean', field, 'true or false');
    if (numberColumns.has(field) && !Number.isFinite(Number(value))) fault('row.invalid_number', field, 'a number');
    const vocabulary = vocabularies[`${file}.${field}`];
    if (vocabulary !== undefined && !vocabulary.includes(value) && !value.startsWith('ext:')) {
      fault('row.invalid_enum', field, `one of ${vocabulary.join(', ')}`);
    }
  }
}

const isDateTime = (text: string): boolean => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text));

function isDate(text: string): boolean {
  const time = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
