/** The files of an import before it starts: what each was taken for, its first rows, what is wrong with it. */
import { Badge, CloseButton, Group, Loader, Text } from '@mantine/core';
import { sayError } from '../../api/problem.ts';
import type { InspectionView } from '../../api/records.ts';
import { FoldedTable } from '../../components/FoldedTable.tsx';
import { formatBytes } from '../../components/format.ts';
import classes from './FileList.module.css';
import type { DraftFile } from './import-draft.ts';

export const KIND_WORDS: Readonly<Record<InspectionView['kind'], string>> = {
  records: 'answers',
  graph: 'skill graph',
  content: 'exercises',
  unknown: 'not known',
};

const Sample = ({ inspection: { name, columns, sample } }: { readonly inspection: InspectionView }) =>
  columns === null || sample === null || sample.length === 0 ? null : (
    <FoldedTable summary="First rows" label={`First rows of ${name}`} columns={columns} rows={sample} />
  );

export interface FileListProps {
  readonly files: readonly DraftFile[];
  readonly onTakeOut: (file: File) => void;
}

export const FileList = ({ files, onTakeOut }: FileListProps) => (
  <ul className={classes['files']} aria-label="Files to import">
    {files.map(({ file, state, inspection, error }) => (
      <li key={file.name} className={classes['file']}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs">
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {file.name}
            </Text>
            <Text size="xs" c="dimmed">
              {formatBytes(file.size)}
            </Text>
            {state === 'sending' && <Loader size={14} aria-label={`Sending ${file.name}`} />}
            {inspection && (
              <Badge size="sm" radius="sm" variant="default" tt="none">
                {KIND_WORDS[inspection.kind]}
              </Badge>
            )}
          </Group>
          <CloseButton size="sm" aria-label={`Take out ${file.name}`} onClick={() => onTakeOut(file)} />
        </Group>
        {inspection && (
          <Text size="xs" c="dimmed">
            {inspection.format}
          </Text>
        )}
        {((inspection?.problem && inspection.columns === null) || state === 'failed') && (
          <Text size="sm" role="alert" className={classes['problem']}>
            {inspection?.problem ?? sayError(error)}
          </Text>
        )}
        {inspection && <Sample inspection={inspection} />}
      </li>
    ))}
  </ul>
);
