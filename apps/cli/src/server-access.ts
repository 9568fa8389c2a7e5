/**
 * A server for a command: the one that holds the data directory if there is one (two writers would lose data), the one
 * that --server names, or one of its own on a free port of this machine for as long as the command runs.
 */
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, createApiClient } from './api-client.ts';
import { type CommandContext, type OptionSpec, UsageError } from './command.ts';
import { textOption } from './options.ts';
import { type StorePlace, storeOptions, storePlace, webhookHosts } from './server-options.ts';

export const serverOptions: Readonly<Record<string, OptionSpec>> = {
  ...storeOptions,
  server: { type: 'string', value: 'URL', description: 'a running server, where it is not found by --data' },
};

export interface ServerAccess {
  readonly api: ApiClient;
  /** Where the server keeps the files of imports; null where only the server knows. */
  readonly filesDirectory: string | null;
  /** True where the server ends with this command. */
  readonly own: boolean;
}

/** How long a server that has taken the directory may take to say its address. */
const ANNOUNCE_MS = 60_000;

/** Runs `work` with a server; one that was started for it is closed afterwards. */
export async function withServer<Value>(
  context: CommandContext,
  work: (server: ServerAccess) => Promise<Value>,
): Promise<Value> {
  const person = `engineer:${os.userInfo().username}`;
  const url = textOption(context, 'server');
  if (url !== undefined) {
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
      throw new UsageError(`--server: expected an address such as http://127.0.0.1:4173, got "${url}".`);
    }
    return work({ api: createApiClient(url, person), filesDirectory: null, own: false });
  }
  const place = storePlace(context, process.env);
  const filesDirectory = path.join(place.dataDir, 'files');
  for (;;) {
    const address = place.databaseUrl === undefined ? await findServer(context, place.dataDir) : null;
    if (address !== null) {
      context.note(`Through the running server at ${address}`);
      return work({ api: createApiClient(address, person), filesDirectory, own: false });
    }
    const running = await startOwn(context, place);
    if (running === null) continue;
    try {
      context.signal.throwIfAborted();
      return await work({ api: createApiClient(running.address, person), filesDirectory, own: true });
    } finally {
      await running.close();
    }
  }
}

/** The address of the server on the directory, waiting for one that is just starting; null where there is none. */
async function findServer(context: CommandContext, dataDir: string): Promise<string | null> {
  const { findLockHolder } = await import('@qurriculum/server');
  const until = Date.now() + ANNOUNCE_MS;
  for (;;) {
    const holder = await findLockHolder(dataDir);
    if (holder === null) return null;
    if (holder.address !== null) return holder.address;
    if (Date.now() > until) {
      throw new Error(
        `expected process ${holder.pid}, which holds ${dataDir}, to say its address, got nothing within a minute; stop it and try again.`,
      );
    }
    context.progress('Waiting for the server on this data directory', null);
    await sleep(200, undefined, { signal: context.signal });
  }
}

/** Null where another process has taken the directory meanwhile. */
async function startOwn(context: CommandContext, { dataDir, databaseUrl }: StorePlace) {
  const { StoreError, startServer } = await import('@qurriculum/server');
  try {
    return await startServer({
      ...{ port: 0, dataDir, databaseUrl, webDirectory: null, sample: false },
      webhookHosts: webhookHosts(context, process.env),
      onProgress: (line) => context.progress(line, null),
    });
  } catch (error) {
    if (error instanceof StoreError && error.code === 'data-directory-locked' && error.address === null) return null;
    throw error;
  }
}
