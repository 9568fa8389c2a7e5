/** An import that is being prepared: its files, what the server takes them for, and how its columns are to be read. */
import type { ImportBody, InspectionView } from '../../api/records.ts';

export type ColumnMap = NonNullable<ImportBody['map']>;
export type ColumnField = keyof ColumnMap;

/** The fields of a record, as people call them; `needed` ones must be there, and one of skill and exercise. */
export const FIELDS: readonly { readonly field: ColumnField; readonly label: string; readonly needed: boolean }[] = [
  { field: 'learner', label: 'Learner', needed: true },
  { field: 'skills', label: 'Skill', needed: false },
  { field: 'correct', label: 'Right or wrong', needed: true },
  { field: 'item', label: 'Exercise', needed: false },
  { field: 'time', label: 'Time', needed: false },
  { field: 'id', label: 'Record id', needed: false },
  { field: 'duration', label: 'Seconds taken', needed: false },
  { field: 'hints', label: 'Hints used', needed: false },
  { field: 'selfReport', label: 'How it went, as the learner says', needed: false },
  { field: 'group', label: 'Group', needed: false },
];

/** One file on its way to the server. */
export interface DraftFile {
  readonly file: File;
  readonly state: 'sending' | 'looked at' | 'failed';
  readonly inspection: InspectionView | null;
  readonly error: unknown;
}

/** Columns of all record files, each once, in the order in which they occur. */
export const columnsOf = (files: readonly DraftFile[]): readonly string[] => [
  ...new Set(files.flatMap(({ inspection }) => (inspection?.kind === 'records' ? (inspection.columns ?? []) : []))),
];

/** What the server found for each field in the first record file; the person's own choices go before it. */
export const mapOf = (files: readonly DraftFile[], chosen: ColumnMap): ColumnMap => ({
  ...(files.find(({ inspection }) => inspection?.map)?.inspection?.map ?? {}),
  ...chosen,
});

/** Why the import cannot start yet, in words; null when it can. */
export const notReady = (files: readonly DraftFile[], map: ColumnMap): string | null => {
  if (files.length === 0) return 'Choose at least one file.';
  if (files.some(({ state }) => state === 'sending')) return 'The files are still being sent.';
  const failed = files.find(({ state }) => state === 'failed');
  if (failed) return `${failed.file.name} could not be sent: take it out of the list, or add it again.`;
  if (columnsOf(files).length === 0) return null;
  const missing = FIELDS.filter(({ field, needed }) => needed && !map[field]).map(({ label }) => label.toLowerCase());
  if (!map.skills && !map.item) missing.push('skill or exercise');
  return missing.length === 0 ? null : `Say which column holds: ${missing.join(', ')}.`;
};
