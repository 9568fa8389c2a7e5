/** The entry of `qurriculum`, started by bin/qurriculum.mjs. */
import { runCli } from './cli.ts';
import { commands } from './commands/index.ts';
import { onStop } from './stop-signals.ts';

const cancel = new AbortController();
onStop(
  process,
  () => cancel.abort(),
  () => process.exit(130),
);
process.exitCode = await runCli(commands, process.argv.slice(2), process, cancel.signal);
