/**
 * The Q-matrix: which attributes each item measures (Tatsuoka 1983), and what is known to make it unfit: rows or columns
 * that measure nothing, attributes that cannot be told apart, and the identifiability conditions of DINA: completeness
 * and three items per attribute (Chen, Liu, Xu & Ying 2015, JASA 110, 850-866, theorem 1). Under prerequisites an item
 * counts as measuring only what its other attributes do not imply (Gu & Xu 2019, Annals of Statistics 47, 2082-2107).
 */
import { type AttributeStructure, createAttributes, maximalAttributes } from './attributes.ts';
import { DiagnosisError } from './errors.ts';

export interface QMatrix {
  readonly items: readonly string[];
  readonly structure: AttributeStructure;
  /** The attributes of each item, ascending. */
  readonly rows: readonly (readonly number[])[];
}

export type QFindingCode = 'empty-row' | 'empty-column' | 'duplicate-columns' | 'not-complete' | 'few-items';

export interface QFinding {
  readonly code: QFindingCode;
  /** 'error': no model is fitted. 'warning': what is said of these attributes rests on the prior as well. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Numbers of the items or attributes meant. */
  readonly items: readonly number[];
  readonly attributes: readonly number[];
}

/**
 * A Q-matrix from rows of 0 and 1, one per item. Item names default to "item 1", ...
 * @throws DiagnosisError BAD_Q_MATRIX for ragged rows and entries other than 0 and 1.
 */
export function createQMatrix(
  rows: readonly ArrayLike<number>[],
  structure: AttributeStructure | readonly string[],
  items: readonly string[] = rows.map((_, j) => `item ${j + 1}`),
): QMatrix {
  const attributes = 'names' in structure ? structure : createAttributes(structure);
  const size = attributes.names.length;
  if (rows.length === 0 || items.length !== rows.length) {
    throw new DiagnosisError(
      'BAD_Q_MATRIX',
      `createQMatrix: expected a row and a name per item, got ${rows.length} rows and ${items.length} names; pass both.`,
    );
  }
  const lists = rows.map((row, j) => {
    const cells = Array.from(row);
    const bad = cells.findIndex((cell) => cell !== 0 && cell !== 1);
    if (cells.length === size && bad < 0) return cells.flatMap((cell, k) => (cell === 1 ? [k] : []));
    const got = bad < 0 ? `${cells.length} entries` : `${cells[bad]} for ${attributes.names[bad] ?? `column ${bad}`}`;
    throw new DiagnosisError(
      'BAD_Q_MATRIX',
      `createQMatrix: expected ${size} entries of 0 or 1 for ${items[j]}, got ${got}; correct the row.`,
    );
  });
  return { items, structure: attributes, rows: lists };
}

/** What is wrong with a Q-matrix, errors first. */
export function checkQMatrix(matrix: QMatrix): QFinding[] {
  const found = [
    ...emptyRows(matrix),
    ...unusedAttributes(matrix),
    ...duplicateColumns(matrix),
    ...identifiability(matrix),
  ];
  return found.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

/** @throws DiagnosisError BAD_Q_MATRIX when a finding is an error. */
export function requireQMatrix(matrix: QMatrix): void {
  const error = checkQMatrix(matrix).find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new DiagnosisError('BAD_Q_MATRIX', error.message);
}

function emptyRows({ items, rows }: QMatrix): QFinding[] {
  return rows.flatMap((row, j) =>
    row.length > 0
      ? []
      : [
          finding('empty-row', 'error', [j], [], {
            expected: `at least one attribute for ${items[j]}`,
            got: 'none',
            remedy: 'give it one or leave the item out',
          }),
        ],
  );
}

function unusedAttributes({ structure, rows }: QMatrix): QFinding[] {
  return structure.names.flatMap((name, k) =>
    rows.some((row) => row.includes(k))
      ? []
      : [
          finding('empty-column', 'warning', [], [k], {
            expected: `an item that measures ${name}`,
            got: 'none: only its prerequisites and what is built on it tell about it',
            remedy: 'add items or leave it out',
          }),
        ],
  );
}

function duplicateColumns({ structure, rows }: QMatrix): QFinding[] {
  const groups = new Map<string, number[]>();
  structure.names.forEach((_, k) => {
    const column = rows.flatMap((row, j) => (row.includes(k) ? [j] : [])).join();
    if (column !== '') groups.set(column, [...(groups.get(column) ?? []), k]);
  });
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const names = group.map((k) => structure.names[k]).join(', ');
      return finding('duplicate-columns', 'warning', [], group, {
        expected: 'attributes that some item tells apart',
        got: `the same items for ${names}`,
        remedy: 'add an item that needs only one of them or make them one attribute',
      });
    });
}

function identifiability({ structure, rows }: QMatrix): QFinding[] {
  const effective = rows.map((row) => maximalAttributes(structure, row));
  return structure.names.flatMap((name, k) => {
    const measuring = effective.filter((row) => row.includes(k)).length;
    if (measuring === 0) return [];
    const alone = effective.some((row) => row.length === 1 && row[0] === k);
    const few =
      measuring >= 3
        ? []
        : [
            finding('few-items', 'warning', [], [k], {
              expected: `three items that measure ${name}`,
              got: `${measuring}`,
              remedy: 'add items',
            }),
          ];
    const complete = alone
      ? []
      : [
          finding('not-complete', 'warning', [], [k], {
            expected: `an item that measures ${name} alone`,
            got: 'none: some states look alike',
            remedy: 'add such an item',
          }),
        ];
    return [...complete, ...few];
  });
}

function finding(
  code: QFindingCode,
  severity: QFinding['severity'],
  items: readonly number[],
  attributes: readonly number[],
  { expected, got, remedy }: { readonly expected: string; readonly got: string; readonly remedy: string },
): QFinding {
  return { code, severity, items, attributes, message: `Q-matrix: expected ${expected}, got ${got}; ${remedy}.` };
}
