/**
 * `auto` on the 70 files of ../shared/data/qubo: npm run bench auto, or
 *
 *   node --conditions=development bench/auto.bench.ts [--long] [--solver NAME] [FILE...]
 *
 * Seconds are CPU seconds of this process (one thread), so that neighbours on the machine count less; HiGHS is not in it.
 * A run goes on for 10 s (with --long 60 s for the Gset above 1,000) or to the best known value; since racers share the
 * thread in fixed proportions, its first second is what a run of 1 s finds. Known values and `verified`: BEST_KNOWN.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readProblemFile } from '@qurriculum/problems';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine } from './machine.ts';

const SECONDS = 10;
const LONG_SECONDS = 60;
/** Files for which 0.1 % counts instead of the best known value, which is seldom reached on them. */
const NEAR = ['G14', 'G18', 'G51', 't2g20_5555'];

const { values: flags, positionals: wanted } = parseArgs({
  options: {
    long: { type: 'boolean' },
    solver: { type: 'string', default: 'auto' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});

const table = dataFile('qubo/BEST_KNOWN.md');
if (!existsSync(table)) {
  process.stdout.write(`auto: skipped, there is no ${table.pathname}\n`);
  process.exit(0);
}

interface Known {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly best: number;
  readonly verified: boolean;
}

/** Rows of the first table: | family | file | n | entries | best known (max) | note |. */
function readKnown(text: string): Known[] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /\.(mc|bqp)$/.test(cells[2] ?? '') && cells.length >= 7)
    .map(([, , path, size, , best, note]) => {
      const name = path.replace(/^.*\//, '').replace(/\.(mc|bqp)$/, '');
      return { path, name, size: Number(size), best: Number(best), verified: note.startsWith('verified') };
    });
}

interface Outcome extends Known {
  /** Objective after so many seconds; null where the run was not so long. */
  readonly after: ReadonlyMap<number, number>;
  readonly objective: number;
  readonly bestAt: number;
  readonly by: string;
}

const base = createNodePlatform();
const platform = { ...base, now: () => base.cpuSeconds() ?? base.now() };
const solver = pickSolver(createSolvers(platform), flags.solver);

async function measure(known: Known): Promise<Outcome> {
  const file = readProblemFile(readFileSync(dataFile(`qubo/${known.path}`), 'utf8'), known.path);
  const seconds = flags.long && known.path.startsWith('gset') && known.size > 1000 ? LONG_SECONDS : SECONDS;
  const reached = new AbortController();
  const track: { at: number; objective: number }[] = [];
  const started = platform.now();
  const see = (energy: number | null): void => {
    if (energy === null) return;
    const objective = file.objectiveOf(energy);
    if (objective > (track.at(-1)?.objective ?? Number.NEGATIVE_INFINITY))
      track.push({ at: platform.now() - started, objective });
    if (objective >= known.best) reached.abort();
  };
  const set = await solver.solve(file.problem, {
    seconds,
    seed: Number(flags.seed),
    signal: reached.signal,
    onProgress: ({ bestEnergy }) => see(bestEnergy),
  });
  see(set.samples[0].energy);
  const objectiveAt = (time: number): number =>
    track.findLast(({ at }) => at <= time)?.objective ?? Number.NEGATIVE_INFINITY;
  const last = track[track.length - 1];
  const times = [1, 10, 60].filter((time) => time <= seconds);
  const by = typeof set.info['foundBy'] === 'string' ? set.info['foundBy'] : solver.name;
  return {
    ...known,
    after: new Map(times.map((time) => [time, objectiveAt(time)])),
    objective: last.objective,
    bestAt: last.at,
    by,
  };
}

function gapOf({ best }: Known, objective: number | undefined): number {
  return objective === undefined ? Number.NaN : (100 * (best - objective)) / Math.abs(best);
}

function print(outcome: Outcome): void {
  const gaps = [1, 10, 60].map((time) => {
    const gap = gapOf(outcome, outcome.after.get(time));
    return (Number.isNaN(gap) ? '' : gap <= 0 ? 'reached' : gap.toFixed(4)).padStart(9);
  });
  const cells = [
    outcome.name.padEnd(18),
    `${outcome.size}`.padStart(6),
    `${outcome.best}${outcome.verified ? ' ' : '?'}`.padStart(10),
    `${outcome.objective}`.padStart(10),
    ...gaps,
    outcome.bestAt.toFixed(2).padStart(8),
    outcome.by,
  ];
  process.stdout.write(`${cells.join(' ')}\n`);
}

function summarise(outcomes: readonly Outcome[]): void {
  const share = (label: string, all: readonly Outcome[], holds: (outcome: Outcome) => boolean, aim: string): void => {
    if (all.length === 0) return;
    const kept = all.filter(holds);
    const missed = all.filter((outcome) => !holds(outcome)).map(({ name }) => name);
    process.stdout.write(
      `${label}: ${kept.length} of ${all.length} (${((100 * kept.length) / all.length).toFixed(1)} %; aim ${aim})` +
        `${missed.length > 0 ? `; missed by ${missed.join(', ')}` : ''}\n`,
    );
  };
  const within = (time: number, percent: number) => (outcome: Outcome) =>
    gapOf(outcome, outcome.after.get(time)) <= percent;
  const verified = outcomes.filter((outcome) => outcome.verified && !NEAR.includes(outcome.name));
  const large = outcomes.filter(({ path, size }) => path.startsWith('gset') && size > 1000);
  process.stdout.write('\n');
  share('verified, reached in 1 s', verified, within(1, 0), '95 %');
  share('verified, reached in 10 s', verified, within(10, 0), 'all');
  share(
    'G14, G18, G51, t2g20 within 0.1 % in 10 s',
    outcomes.filter(({ name }) => NEAR.includes(name)),
    within(10, 0.1),
    'all',
  );
  share('Gset above 1,000 within 0.2 % in 10 s', large, within(10, 0.2), 'all');
  if (flags.long) share('Gset above 1,000 within 0.1 % in 60 s', large, within(60, 0.1), 'all');
}

printMachine(
  `70 files by ${solver.name}, CPU seconds, seed ${flags.seed}; ? = the best known value was not reached by others here`,
);
process.stdout.write('file                    n best known      found  gap%@1s gap%@10s gap%@60s  found at by\n');
const outcomes: Outcome[] = [];
for (const known of readKnown(readFileSync(table, 'utf8'))) {
  if (wanted.length > 0 && !wanted.includes(known.name)) continue;
  const outcome = await measure(known);
  outcomes.push(outcome);
  print(outcome);
}
summarise(outcomes);
process.exit(0);
