/** Data sets, imports and runs. */
import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, getJson, send, sendJson } from './client.ts';
import type { ImportBody, ImportView, InspectionView } from './views.ts';

export type DatasetView = InferResponseType<typeof api.datasets.$get, 200>['datasets'][number];

/** Also those that were removed: that they were there stays on record. */
export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: async ({ signal }) => (await api.datasets.$get({ query: { removed: 'true' } }, { init: { signal } })).json(),
  select: (data) => data.datasets,
});

export const removeDataset = async (datasetId: number) =>
  (await api.datasets[':datasetId'].$delete({ param: { datasetId: String(datasetId) } })).json();

export const openImport = (body: ImportBody): Promise<{ importId: string }> => sendJson('POST', '/api/imports', body);

/** Sends a file's bytes as they are; the server looks at them and says what it takes them for. */
export const sendFile = async (importId: string, file: File, signal?: AbortSignal): Promise<InspectionView> => {
  const path = `/api/imports/${importId}/files/${encodeURIComponent(file.name)}`;
  const response = await send(path, {
    method: 'PUT',
    body: file,
    headers: { 'content-type': 'application/octet-stream' },
    ...(signal ? { signal } : {}),
  });
  return response.json() as Promise<InspectionView>;
};

export const startImport = (importId: string): Promise<{ jobId: string }> =>
  sendJson('POST', `/api/imports/${importId}/start`);

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId],
    queryFn: ({ signal }) => getJson<ImportView>(`/api/imports/${importId}`, signal),
  });

export const rejectsPath = (importId: string): string => `/api/imports/${importId}/rejects`;
