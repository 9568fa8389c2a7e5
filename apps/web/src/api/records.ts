/** Data sets, imports and runs. */
import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api, send } from './client.ts';

export type DatasetView = InferResponseType<typeof api.datasets.$get, 200>['datasets'][number];

/** Also those that were removed: that they were there stays on record. */
export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: async ({ signal }) => (await api.datasets.$get({ query: { removed: 'true' } }, { init: { signal } })).json(),
  select: (data) => data.datasets,
});

export const removeDataset = async (datasetId: number) =>
  (await api.datasets[':datasetId'].$delete({ param: { datasetId: String(datasetId) } })).json();

export type ImportBody = InferRequestType<typeof api.imports.$post>['json'];
export type ImportView = InferResponseType<(typeof api.imports)[':importId']['$get'], 200>;
export type FileReportView = ImportView['files'][number];
export type InspectionView = InferResponseType<(typeof api.imports)[':importId']['files']['$put'], 200>;

export const openImport = async (body: ImportBody): Promise<{ importId: string }> =>
  (await api.imports.$post({ json: body })).json();

/** Sends a file's bytes as they are; the server looks at them and says what it takes them for. */
export const sendFile = async (importId: string, file: File): Promise<InspectionView> => {
  const to = api.imports[':importId'].files.$url({ param: { importId }, query: { name: file.name } });
  const response = await send(to, {
    method: 'PUT',
    body: file,
    headers: { 'content-type': 'application/octet-stream' },
  });
  return response.json() as Promise<InspectionView>;
};

export const startImport = async (importId: string): Promise<{ jobId: string }> =>
  (await api.imports[':importId'].start.$post({ param: { importId } })).json();

/** Takes back an import that has not begun, with what was sent for it. */
export const removeImport = async (importId: string): Promise<void> => {
  await api.imports[':importId'].$delete({ param: { importId } });
};

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId],
    queryFn: async ({ signal }) =>
      (await api.imports[':importId'].$get({ param: { importId } }, { init: { signal } })).json(),
  });

export const rejectsPath = (importId: string): string =>
  api.imports[':importId'].rejects.$path({ param: { importId } });
