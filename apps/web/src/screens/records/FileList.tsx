/** The files of an import before it starts: what each was taken for, its first rows, what is wrong with it. */
import { Badge, CloseButton, Group, Loader, Text } from '@mantine/core';
import { sayError } from '../../api/problem.ts';
import type { InspectionView } from '../../api/records.ts';
import { formatBytes } from '../../components/format.ts';
import classes from './FileList.module.css';
import type { DraftFile } from './import-draft.ts';

export const KIND_WORDS: Readonly<Record<InspectionView['kind'], string>> = {
  records: 'answers',
  graph: 'skill graph',
  content: 'exercises',
  unknown: 'not known',
};

const Sample = ({ inspection }: { readonly inspection: InspectionView }) =>
  inspection.columns === null || inspection.sample === null || inspection.sample.length === 0 ? null : (
    <details className={classes['details']}>
      <summary>First rows</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse */}
      <section className={classes['scroll']} tabIndex={0} aria-label={`First rows of ${inspection.name}`}>
        <table>
          <thead>
            <tr>
              {inspection.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inspection.sample.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no identity but their place
              <tr key={index}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
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
