/** A server in a process of its own, for tests that kill it: node server-process.ts '{"dataDir": ...}'; says its address. */
import { closeOnSignals, type StartOptions, startServer } from '../start.ts';

const options = JSON.parse(process.argv[2]) as StartOptions;
const server = await startServer({ port: 0, webDirectory: null, sample: false, ...options });
closeOnSignals(server, () => console.log('closing'));
console.log(server.address);
