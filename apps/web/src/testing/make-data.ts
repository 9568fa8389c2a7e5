/** A program that makes the data directories that browser tests start from: node make-data.ts FOLDER makes FOLDER/empty and FOLDER/sample. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningServer, startServer } from '@qurriculum/server';

/** Looks again for the end of a job after this long. */
const LOOK_MILLISECONDS = 100;

const endOfJob = async (server: RunningServer, id: string): Promise<void> => {
  for (;;) {
    const job = await server.jobs.find(id);
    if (job?.state === 'done') return;
    if (!job || job.state === 'failed' || job.state === 'cancelled') {
      throw new Error(`make-data: expected the sample institution, got ${job?.state}: ${job?.error?.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
};

const [folder] = process.argv.slice(2);
const [empty, sample] = [join(folder, 'empty'), join(folder, 'sample')];
await (await startServer({ port: 0, dataDir: empty, sample: false })).close();
await cp(empty, sample, { recursive: true });
// A class of usual size: what is asked of a screen does not need a whole school.
const server = await startServer({ port: 0, dataDir: sample, sample: { learners: 60, interactions: 10_000 } });
if (server.sampleJobId !== null) await endOfJob(server, server.sampleJobId);
await server.close();
