/** The real `qurriculum` as child processes, for tests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/qurriculum.mjs', import.meta.url));

export interface BinProcess {
  /** Number of the process that the bin file started; it is above the server itself. */
  readonly pid: number;
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves with the exit code once everything that it started has let go of its streams. */
  readonly ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
}

export function startBin(...words: string[]): BinProcess {
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  return {
    pid: child.pid ?? 0,
    out: () => out,
    err: () => err,
    ended: once(child, 'close').then(([code]) => code as number | null),
    signal: (name) => void child.kill(name),
  };
}

/** Runs a command to its end. */
export async function runBin(...words: string[]) {
  const child = startBin(...words);
  const code = await child.ended;
  return { code, out: child.out(), err: child.err() };
}

/** What `start --json` says once the page works. */
export interface Started {
  readonly address: string;
  readonly pid: number;
  readonly dataDir: string;
}

/** Waits until the server has printed its address. */
export async function whenStarted(child: BinProcess): Promise<Started> {
  let over = false;
  void child.ended.then(() => (over = true));
  while (!child.out().endsWith('}\n')) {
    if (over) throw new Error(`start ended early:\n${child.err()}`);
    await sleep(50);
  }
  return JSON.parse(child.out()) as Started;
}
