/** The course of one import: files sent and looked at, started as a job, followed to its report. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type Job, useJob } from '../../api/jobs.ts';
import { type ImportBody, importQuery, openImport, removeImport, sendFile, startImport } from '../../api/records.ts';
import type { DraftFile } from './import-draft.ts';

/** Not waited for: the server clears away by itself what stays behind. */
const discard = (importId: string): void => void removeImport(importId).catch(() => {});

export const useImport = () => {
  const client = useQueryClient();
  const [importId, setImportId] = useState<string | null>(null);
  const [files, setFiles] = useState<readonly DraftFile[]>([]);
  const [jobId, setJobId] = useState<string | null>(null);

  const change = (file: File, next: Partial<DraftFile>): void =>
    setFiles((was) => was.map((draft) => (draft.file === file ? { ...draft, ...next } : draft)));

  const add = useMutation({
    mutationFn: async (added: readonly File[]) => {
      const id = importId ?? (await openImport({})).importId;
      setImportId(id);
      const names = new Set(added.map(({ name }) => name));
      const drafts = added.map((file): DraftFile => ({ file, state: 'sending', inspection: null, error: null }));
      // A file of the same name replaces the earlier one, here as on the server.
      setFiles((was) => [...was.filter(({ file }) => !names.has(file.name)), ...drafts]);
      for (const file of added) {
        await sendFile(id, file).then(
          (inspection) => change(file, { state: 'looked at', inspection }),
          (error: unknown) => change(file, { state: 'failed', error }),
        );
      }
    },
  });
  const start = useMutation({
    mutationFn: async (body: ImportBody) => {
      // Options belong to an import from its beginning: with options it is opened anew and the files are sent again.
      const id = (await openImport(body)).importId;
      for (const { file } of files) await sendFile(id, file);
      if (importId !== null) discard(importId);
      setImportId(id);
      return startImport(id);
    },
    onSuccess: (started) => setJobId(started.jobId),
  });
  const report = useQuery({ ...importQuery(importId ?? ''), enabled: importId !== null && jobId !== null });
  const onEnd = useCallback(
    (_: Job) => {
      void client.invalidateQueries();
    },
    [client],
  );
  const follow = useJob(jobId, onEnd);
  const reset = (): void => {
    if (importId !== null && jobId === null) discard(importId);
    setImportId(null);
    setFiles([]);
    setJobId(null);
    add.reset();
    start.reset();
  };
  const takeOut = (file: File): void => setFiles((was) => was.filter((draft) => draft.file !== file));
  return { importId, files, add, takeOut, start, started: jobId !== null, follow, report, reset };
};
