/** `start`: serves the app until Ctrl-C. bin/qurriculum.mjs has built what is stale before. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '@qurriculum/server';
import type { Command, CommandContext } from '../command.ts';
import { flag, numberOption, textOption } from '../options.ts';
import { type StorePlace, storeOptions, storePlace, webhookHosts, webhookOptions } from '../server-options.ts';

export const start: Command = {
  name: 'start',
  summary: 'Serves the app on this machine until Ctrl-C, building first what is stale.',
  usage: '[--port N] [--data DIR] [--database URL]',
  details: [
    'Prints the address once the page works. The first start makes a sample institution with simulated learners.',
    '',
    'The data directory holds the embedded database and the files of imports; it is kept between starts. With --database',
    'everything but those files is in a PostgreSQL server. One server at a time may use a data directory; other commands',
    'find it there and go through it.',
    '',
    'Ctrl-C puts running jobs back into the queue and closes the database; a second one ends at once.',
    '',
    'Example: qurriculum start --port 8080 --data ~/qurriculum-data',
  ].join('\n'),
  options: {
    port: { type: 'string', value: 'N', description: 'port (default 4173; 0 takes a free one)' },
    host: { type: 'string', value: 'ADDRESS', description: 'address to listen on (default 127.0.0.1)' },
    ...storeOptions,
    ...webhookOptions,
    'no-sample': { type: 'boolean', description: 'do not make the sample institution in an empty database' },
    insecure: { type: 'boolean', description: 'serve other machines too, although there are no accounts yet' },
  },
  async run(context) {
    const port = numberOption(context, 'port', undefined, { least: 0, most: 65_535, integer: true });
    const place = storePlace(context, process.env);
    const host = textOption(context, 'host');
    const { startServer } = await import('@qurriculum/server');
    const running = await startServer({
      ...{ port, host, ...place, insecure: flag(context, 'insecure'), sample: !flag(context, 'no-sample') },
      webhookHosts: webhookHosts(context, process.env),
      onProgress: (line) => context.progress(line, null),
    });
    try {
      context.print(await welcome(running, place));
      await followSample(context, running);
      if (!context.signal.aborted) await once(context.signal, 'abort');
    } finally {
      context.progress('Closing the database', null);
      await running.close();
    }
    context.note('Stopped; everything is kept.');
    return null;
  },
};

async function welcome({ address, store, sampleJobId }: RunningServer, { dataDir, databaseUrl }: StorePlace) {
  const sample = await store.db
    .selectFrom('course')
    .select('name')
    .where('simulated', '=', true)
    .limit(1)
    .executeTakeFirst();
  const text = [
    `Qurriculum runs at ${address}`,
    '',
    '  Open this address in a browser on this machine.',
    ...(sampleJobId !== null || sample !== undefined
      ? ['  The sample institution there is simulated: its learners and their answers were made by a program.']
      : []),
    '  Your own records: the page Records, or  npx qurriculum import FILE --course NAME  in another terminal.',
    `  Data is kept in ${databaseUrl === undefined ? dataDir : `the PostgreSQL database, files in ${dataDir}`}.`,
    '  Ctrl-C stops the server.',
  ].join('\n');
  return { json: { address, pid: process.pid, dataDir, database: databaseUrl ? 'postgres' : 'embedded' }, text };
}

const POLL_MS = 500;

/** Shows how far the sample institution is; the page works meanwhile. */
async function followSample(context: CommandContext, { jobs, sampleJobId }: RunningServer): Promise<void> {
  while (sampleJobId !== null && !context.signal.aborted) {
    const job = await jobs.find(sampleJobId);
    if (job === undefined || job.state === 'cancelled') return;
    if (job.state === 'done') return context.note('The sample institution is ready.');
    if (job.state === 'failed') {
      return context.note(`The sample institution could not be made: ${job.error?.message ?? 'no reason was given'}`);
    }
    context.progress('Making the sample institution', job.progress);
    await sleep(POLL_MS, undefined, { signal: context.signal }).catch(() => {});
  }
}
