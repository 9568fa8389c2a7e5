// Running other programs from the project's scripts: plain .mjs without dependencies, since on a fresh clone they run
// before anything is installed, on whatever Node the machine has.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * PATH with the project's own binaries first: `node` is then the Node 24 of the npm package `node`, not the Node that
 * happens to run this script. What Node has compiled is kept: commands then start in a third of the time.
 */
export function projectEnvironment(extra = {}) {
  const modules = path.join(root, 'node_modules');
  return {
    NODE_COMPILE_CACHE: path.join(modules, '.cache', 'node-compile'),
    ...process.env,
    PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    ...extra,
  };
}

/**
 * Runs a program to its end.
 * @returns {Promise<{ code: number, output: string, seconds: number }>} output is kept only with `quiet`.
 */
export function run(command, args, { cwd = root, env = {}, quiet = false } = {}) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: projectEnvironment(env),
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code: code ?? (signal ? 1 : 0), output, seconds: (performance.now() - started) / 1000 });
    });
  });
}

/** Runs a step that may take over a second under a progress line on stderr; throws with its output when it fails. */
export async function step(label, command, args, options = {}) {
  const done = progressLine(label);
  const result = await run(command, args, { ...options, quiet: true });
  done(result.code === 0 ? `${result.seconds.toFixed(1)} s` : 'failed');
  if (result.code !== 0) {
    throw new Error(
      `${label}: expected ${command} ${args.join(' ')} to succeed, got exit code ${result.code}.\n${result.output}`,
    );
  }
  return result;
}

/** Prints `label ...` at once and the outcome at the end; on a terminal the seconds run in between. */
export function progressLine(label) {
  const started = performance.now();
  const write = (text) => process.stderr.write(text);
  if (!process.stderr.isTTY) {
    write(`${label} ...\n`);
    return (outcome) => write(`${label}: ${outcome}\n`);
  }
  write(`${label} ...`);
  const timer = setInterval(() => write(`\r${label} ... ${((performance.now() - started) / 1000).toFixed(0)} s`), 1000);
  return (outcome) => {
    clearInterval(timer);
    write(`\r\u001b[K${label}: ${outcome}\n`);
  };
}
