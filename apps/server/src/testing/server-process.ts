/** A server in a process of its own, for tests that stop or kill it: node server-process.ts '{"dataDir": ...}'; says its address. */
import { type StartOptions, startServer } from '../start.ts';

const options = JSON.parse(process.argv[2]) as StartOptions;
const server = await startServer({ port: 0, webDirectory: null, sample: false, ...options });
process.on('SIGTERM', async () => {
  console.log('closing');
  await server.close();
  process.exit(0);
});
console.log(server.address);
