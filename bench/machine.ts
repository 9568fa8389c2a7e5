/** What a table of measurements must say first: machine, load, versions. */
import { execFileSync } from 'node:child_process';
import os from 'node:os';

/** Prints one line about where and when it was measured, and one about what others reach on such a machine. */
export function printMachine(title: string, others?: string): void {
  const [load] = os.loadavg();
  let revision = 'unknown revision';
  try {
    revision = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    // Measured outside of a clone.
  }
  const cores = `${os.availableParallelism()} x ${os.cpus()[0]?.model.trim() ?? 'unknown'}`;
  process.stdout.write(`\n${title}\n${cores}, load ${load.toFixed(1)}, Node ${process.versions.node}, ${revision}\n`);
  process.stdout.write(others === undefined ? '\n' : `others, on such a machine: ${others}\n\n`);
}

/** Median, least and most of some figures. */
export function spread(values: readonly number[]): {
  readonly median: number;
  readonly least: number;
  readonly most: number;
} {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], least: sorted[0], most: sorted[sorted.length - 1] };
}

/** Where the benchmark data is: QURRICULUM_DATA, or beside the clone; ends the process with a reason when it is not there. */
export function dataFile(name: string): URL {
  const base = process.env['QURRICULUM_DATA'];
  const folder =
    base === undefined
      ? new URL('../../shared/data/', import.meta.url)
      : new URL(`file://${base.replace(/\/?$/, '/')}`);
  return new URL(name, folder);
}
