/**
 * A process that runs the tests' jobs until it is killed: node job-process.ts '{"dataDir": ...}'. It sends one job that
 * never ends, says its id, and says "running" once it is in hand.
 */
import { tmpdir } from 'node:os';
import { createComputePool } from '../compute/pool.ts';
import { createOutgoingPolicy } from '../http/outgoing.ts';
import { createJobs } from '../jobs/jobs.ts';
import { openStore, type StoreLocation } from '../store/store.ts';
import { dieFirst, testJobs } from './job-kinds.ts';

const store = await openStore(JSON.parse(process.argv[2]) as StoreLocation);
const jobs = await createJobs(
  { store, compute: createComputePool(1), filesDirectory: tmpdir(), outgoing: createOutgoingPolicy() },
  testJobs,
);
const id = await jobs.send(dieFirst, { name: 'survivor' });
console.log(id);
await jobs.work();
while ((await jobs.find(id))?.message !== 'About to die') await new Promise((resolve) => setTimeout(resolve, 50));
console.log('running');
