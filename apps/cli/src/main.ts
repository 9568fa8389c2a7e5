/** The entry of `qurriculum`, started by bin/qurriculum.mjs. */
import { runCli } from './cli.ts';
import { commands } from './commands/index.ts';

const cancel = new AbortController();
// The first Ctrl-C asks the command to stop cleanly; a second one ends the process.
process.once('SIGINT', () => cancel.abort());
process.once('SIGTERM', () => cancel.abort());
process.exitCode = await runCli(commands, process.argv.slice(2), process, cancel.signal);
