/** What only several rows or files together can show: rows that name rows that are not there, and values that contradict each other. */
import type { Diagnose, OneRosterMode, OneRosterRow } from './one-roster-package.ts';
import { type OneRosterFile, oneRosterTables, targetOf } from './one-roster-tables.ts';

type Rows = ReadonlyMap<OneRosterFile, readonly OneRosterRow[]>;

/** In a delta the row that is named may have come with an earlier package: only bulk files are held to what is there. */
export function crossCheck(rows: Rows, modes: ReadonlyMap<OneRosterFile, OneRosterMode>, diagnose: Diagnose): void {
  const ids = new Map([...rows].map(([file, list]) => [file, new Set(list.map(({ cells }) => cells['sourcedId']))]));
  for (const [file, list] of rows) {
    if (modes.get(file) === 'bulk') checkReferences(file, list, ids, modes, diagnose);
    for (const row of list) checkMeaning(file, row, diagnose);
  }
}

function checkReferences(
  file: OneRosterFile,
  list: readonly OneRosterRow[],
  ids: ReadonlyMap<OneRosterFile, ReadonlySet<string>>,
  modes: ReadonlyMap<OneRosterFile, OneRosterMode>,
  diagnose: Diagnose,
): void {
  const name = `${file}.csv`;
  for (const field of oneRosterTables[file].columns) {
    const target = targetOf(file, field);
    if (target === null) continue;
    const naming = list.filter(({ cells }) => (cells[field] ?? '') !== '');
    if (naming.length === 0) continue;
    const known = ids.get(target);
    if (known === undefined) {
      diagnose(
        'reference.missing_target_file',
        name,
        { field },
        `${field}: expected ${target}.csv, which it names rows of, got none; add the file.`,
      );
      continue;
    }
    // Its other rows may have come before.
    if (modes.get(target) === 'delta') continue;
    for (const { row, cells } of naming) {
      for (const id of cells[field].split(',').map((one) => one.trim())) {
        if (known.has(id)) continue;
        diagnose(
          'reference.missing_target',
          name,
          { row, field },
          `row ${row}, ${field}: expected a row of ${target}.csv, got "${id}"; add that row or correct this one.`,
        );
      }
    }
  }
}

/** "{A:94},{B:84}" */
const SCORE_SCALE = /^\{[^{}:]+:[^{}:]+\}(,\s*\{[^{}:]+:[^{}:]+\})*$/;
/** CASE identifies learning objectives by UUID. */
const CASE_ID = /^(urn:uuid:)?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function checkMeaning(file: OneRosterFile, { row, cells }: OneRosterRow, diagnose: Diagnose): void {
  const name = `${file}.csv`;
  const fault = (code: string, field: string, expected: string, got: string): void =>
    diagnose(code, name, { row, field }, `row ${row}, ${field}: expected ${expected}, got ${got}; correct it.`);
  const {
    resultValueMin = '',
    resultValueMax = '',
    scoreScaleValue = '',
    source = '',
    learningObjectiveId = '',
  } = cells;
  if (resultValueMin !== '' && resultValueMax !== '' && Number(resultValueMin) > Number(resultValueMax)) {
    fault(
      'semantic.invalid_score_range',
      'resultValueMin',
      'no more than resultValueMax',
      `${resultValueMin} above ${resultValueMax}`,
    );
  }
  if (scoreScaleValue !== '' && !SCORE_SCALE.test(scoreScaleValue)) {
    fault(
      'semantic.invalid_score_scale_mapping',
      'scoreScaleValue',
      'pairs such as {A:94},{B:84}',
      `"${scoreScaleValue}"`,
    );
  }
  if (source === 'case' && !CASE_ID.test(learningObjectiveId)) {
    fault(
      'semantic.invalid_case_learning_objective_id',
      'learningObjectiveId',
      'a UUID, since its source is case',
      `"${learningObjectiveId}"`,
    );
  }
}
