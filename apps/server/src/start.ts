/**
 * Starts the server: takes the port, opens the store, runs jobs, serves the API and the app. The address answers at
 * once; until the store is open with a page that says so.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createComputePool } from './compute/pool.ts';
import { createApp } from './http/app.ts';
import { type Listener, listen, ServerError } from './http/listen.ts';
import { createOutgoingPolicy } from './http/outgoing.ts';
import { clearImports } from './import/clear-imports.ts';
import { allJobs } from './jobs/all.ts';
import type { Jobs, Services } from './jobs/definition.ts';
import { createJobs } from './jobs/jobs.ts';
import { clearProblemFiles } from './resources/problem-files/service.ts';
import { serverVersions } from './runs.ts';
import { sampleJob, sampleSize } from './sample/sample-job.ts';
import { findLockHolder } from './store/lock.ts';
import { openStore, type Store } from './store/store.ts';

export interface StartOptions {
  /** Default 4173; 0 takes a free one. */
  readonly port?: number;
  /** Address to listen on; anything but loopback needs `insecure`. Default 127.0.0.1. */
  readonly host?: string;
  /** Folder of the embedded database, uploads and rejects. */
  readonly dataDir: string;
  /** postgres://…: keep everything there; `dataDir` then only holds uploads and rejects. */
  readonly databaseUrl?: string;
  /** Names, addresses and networks inside of the own network that webhooks may reach. Default: none. */
  readonly webhookHosts?: readonly string[];
  /** Serve other machines too, although there are no accounts yet. */
  readonly insecure?: boolean;
  /** Folder of the built web app; null serves the API only. Default apps/web/dist. */
  readonly webDirectory?: string | null;
  /** Create the sample institution when the database is empty, of another size than usual if given. Default true. */
  readonly sample?: boolean | { readonly learners: number; readonly interactions: number };
  /** Told what is being done, as a line for a person. */
  readonly onProgress?: (line: string) => void;
  /** Gets one line a request; by default requests are not logged. */
  readonly logRequest?: (line: string) => void;
}

export interface RunningServer {
  /** http://127.0.0.1:4173 */
  readonly address: string;
  readonly store: Store;
  readonly jobs: Jobs;
  /** The job that makes the sample institution, where this start began it. */
  readonly sampleJobId: string | null;
  /** Ends requests, puts running jobs back into the queue, closes the store. Safe to call twice. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4173;

const webDist = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** What has been opened and must be closed, the last one first. */
type Closers = (() => Promise<void>)[];

async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** Throws `ServerError` (port, address) or `StoreError` (data directory, database), each saying what to do. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const listener = await takePort(options);
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    // Requests first: they need what comes after.
    await listener.close();
    await closeAll(closers);
  };
  try {
    const { services, jobs } = await openServices(options, closers);
    const app = createApp(
      { ...services, jobs, startedAt: new Date(), version: serverVersions['qurriculum'] },
      {
        insecure: options.insecure,
        webDirectory: options.webDirectory === undefined ? webDist : options.webDirectory,
        logRequest: options.logRequest,
      },
    );
    await services.store.announce(listener.address);
    await clearImports(services);
    await clearProblemFiles(services.store.db);
    await jobs.work();
    const size = options.sample === true || options.sample === undefined ? sampleSize : options.sample;
    const sampleJobId = size === false ? null : await sendSample(services.store, jobs, size);
    listener.serve(app.fetch);
    return { address: listener.address, store: services.store, jobs, sampleJobId, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export interface WorkerOptions {
  /** Only a PostgreSQL server can be shared with other processes. */
  readonly databaseUrl: string;
  /** The same folder as the server's: uploads are read from it. */
  readonly dataDir: string;
  /** The same as the server's. */
  readonly webhookHosts?: readonly string[];
}

/** A process that only runs jobs, beside a server on the same PostgreSQL. Resolves when it works. */
export async function startWorker(options: WorkerOptions): Promise<{ close(): Promise<void> }> {
  const closers: Closers = [];
  try {
    const { jobs } = await openServices(options, closers);
    await jobs.work();
    return { close: () => closeAll(closers) };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function takePort(options: StartOptions): Promise<Listener> {
  const { port = DEFAULT_PORT, host = '127.0.0.1', insecure = false } = options;
  try {
    return await listen({ port, host, insecure });
  } catch (error) {
    const holder = options.databaseUrl ? null : await findLockHolder(path.resolve(options.dataDir));
    if (!(error instanceof ServerError) || error.code !== 'port-in-use' || !holder?.address) throw error;
    throw new ServerError(
      'port-in-use',
      `${error.message} A server on this data directory answers at ${holder.address}.`,
    );
  }
}

async function openServices(
  options: Pick<StartOptions, 'databaseUrl' | 'dataDir' | 'webhookHosts' | 'onProgress'>,
  closers: Closers,
): Promise<{ services: Services; jobs: Jobs }> {
  const { databaseUrl, onProgress } = options;
  const outgoing = createOutgoingPolicy(options.webhookHosts);
  const dataDir = path.resolve(options.dataDir);
  onProgress?.(databaseUrl ? 'Connecting to the database' : `Opening the database in ${dataDir}`);
  const store = await openStore(databaseUrl ? { url: databaseUrl } : { dataDir });
  closers.push(store.close);
  const compute = createComputePool();
  closers.push(compute.close);
  const filesDirectory = path.join(dataDir, 'files');
  await mkdir(filesDirectory, { recursive: true });
  const services: Services = { store, compute, filesDirectory, outgoing };
  onProgress?.('Starting the jobs');
  const jobs = await createJobs(services, allJobs);
  closers.push(jobs.stop);
  return { services, jobs };
}

/** Queues the sample institution where nothing was ever imported; once it is removed it stays away. */
async function sendSample(
  store: Store,
  jobs: Jobs,
  size: { readonly learners: number; readonly interactions: number },
): Promise<string | null> {
  const [hasCourse, hasDataset, sent] = await Promise.all([
    store.db.selectFrom('course').select('id').limit(1).executeTakeFirst(),
    store.db.selectFrom('dataset').select('id').limit(1).executeTakeFirst(),
    jobs.list({ name: sampleJob.name, active: true, limit: 1 }),
  ]);
  return hasCourse || hasDataset || sent.length > 0 ? null : jobs.send(sampleJob, size);
}
