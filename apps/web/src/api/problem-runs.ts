/** Problem files, and the solvers' runs on them: sent, started, followed while they run. */
import { queryOptions, skipToken } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api, send } from './client.ts';

const files = api['problem-files'];
const runs = api['problem-runs'];
const run = runs[':problemRunId'];

export type InspectedFile = InferResponseType<(typeof files)[':fileId']['$get'], 200>;
export type ProblemFileView = InspectedFile['file'];
export type SolverOffer = InspectedFile['solvers'][number];
export type ProblemRuns = InferResponseType<typeof runs.$get, 200>;
export type ProblemRunSummary = ProblemRuns['runs'][number];
export type ProblemRunBody = InferRequestType<typeof runs.$post>['json'];
export type ProblemRunView = InferResponseType<typeof run.$get, 200>;
export type ProblemSolver = ProblemRunView['solvers'][number];
export type ProblemSolve = ProblemRunView['solves'][number];
export type FileFormat = ProblemRuns['formats'][number];

/** How often a run that runs is looked at: its curves are stored as often. */
const LOOK_MILLISECONDS = 500;

const param = (problemRunId: number) => ({ problemRunId: String(problemRunId) });

export const problemRunsQuery = queryOptions({
  queryKey: ['problem-runs'],
  queryFn: async ({ signal }) => (await runs.$get({}, { init: { signal } })).json(),
  refetchInterval: ({ state }) =>
    state.data?.runs.some(({ status }) => status === 'running') ? 2 * LOOK_MILLISECONDS : false,
});

/** One run, looked at again until it has ended; null: none is looked at. */
export const problemRunQuery = (id: number | null) =>
  queryOptions({
    queryKey: ['problem-runs', id],
    queryFn:
      id === null
        ? skipToken
        : async ({ signal }) => (await run.$get({ param: param(id) }, { init: { signal } })).json(),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_MILLISECONDS : false),
    staleTime: 0,
  });

/** Sends a file's bytes as they are; the server reads them and says what they hold. */
export const sendProblemFile = async (file: File, format: FileFormat | null): Promise<InspectedFile> => {
  const query = { name: file.name, ...(format === null ? {} : { format }) };
  const response = await send(files.$url({ query }), {
    method: 'PUT',
    body: file,
    headers: { 'content-type': 'application/octet-stream' },
  });
  return response.json() as Promise<InspectedFile>;
};

/** A file that was sent before, with what the solvers say of it now. */
export const findProblemFile = async (fileId: number): Promise<InspectedFile> =>
  (await files[':fileId'].$get({ param: { fileId: String(fileId) } })).json();

export const startProblemRun = async (body: ProblemRunBody) => (await runs.$post({ json: body })).json();

/** The objective by which time to solution is measured; null: the best of the solves. */
export const setTarget = async (id: number, objective: number | null): Promise<ProblemRunView> =>
  (await run.target.$put({ param: param(id), json: { objective } })).json();

export const removeProblemRun = async (id: number): Promise<void> => {
  await run.$delete({ param: param(id) });
};
