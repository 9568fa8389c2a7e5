/**
 * Tutoring schedules: `node tutoring.bench.ts [--seconds S] [--seed N] [--change-cost C] [--large S] [INSTANCE...]`. For each
 * instance of `scheduling/tutoring` the value, bound and proof within the time, then repair over its script of disruptions;
 * last a term's worth of people (`large`: 2,000 learners, 100 tutors, 60 slots, made here from the seed). CPU seconds count
 * all threads; wall seconds are those of the whole call, checks and unmet demand included.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  planSchedule,
  type RepairStep,
  readTutoringFile,
  repairSchedule,
  type SchedulePlan,
  scheduleGap,
  type TutoringFile,
} from '@qurriculum/decisions';
import { createRandom } from '@qurriculum/random';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine } from './machine.ts';

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    large: { type: 'string', default: '28' },
    seed: { type: 'string', default: '1' },
    'change-cost': { type: 'string' },
  },
});
const seed = Number(flags.seed);
const seconds = Number(flags.seconds);
const changeCost = flags['change-cost'] === undefined ? undefined : Number(flags['change-cost']);
const exact = pickSolver(createSolvers(createNodePlatform()), 'highs');

/** Instance and its best known value; a star where it is proved. */
const instances = [
  ['tut-60x8x30-s11', '1913*'],
  ['tut-200x20x40-s1', '8245*'],
  ['tut-200x20x40-s13-tight', '7899*'],
  ['tut-500x40x60-s12', '20241'],
] as const;

interface Timed<T> {
  readonly result: T;
  readonly wall: number;
  readonly cpu: number;
}

async function timed<T>(run: () => Promise<T>): Promise<Timed<T>> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
}

function row(cells: readonly (string | number)[], first = 26): void {
  process.stdout.write(
    `${cells.map((cell, k) => `${cell}`.padStart(k === 0 ? 0 : 10).padEnd(k === 0 ? first : 0)).join('')}\n`,
  );
}

/** Each event is answered in turn; from scratch only after the last one. */
async function repairScript({ state, events }: TutoringFile, start: SchedulePlan): Promise<void> {
  if (events.length === 0) return;
  row(['  event', 'lost', 'value', 'moved', 'broken', 'wall s', 'CPU s']);
  let [now, before] = [state, start.assignments];
  let [lost, moved] = [0, 0];
  let step: RepairStep | undefined;
  for (const [k, event] of events.entries()) {
    const { result, wall, cpu } = await timed(() =>
      repairSchedule(now, { assignments: before }, [event], { changeCost, seed }),
    );
    step = result[0];
    now = step.state;
    before = step.balanced.plan.assignments;
    lost += step.broken.length;
    moved += step.balanced.moved;
    const { value, violations } = step.balanced;
    const figures = [step.broken.length, value, step.balanced.moved, violations.length];
    row([`  ${k + 1} ${event.kind}`, ...figures, wall.toFixed(2), cpu.toFixed(2)]);
  }
  const scratch = (await planSchedule(now, { seconds, seed })).plan.objective;
  const value = step?.balanced.value ?? 0;
  row(['  all', lost, '', moved]);
  process.stdout.write(`  from scratch ${scratch}: ${((100 * (scratch - value)) / scratch).toFixed(2)} % behind\n`);
}

printMachine(
  `Tutoring, ${seconds} s each, seed ${seed}`,
  'a trial in C++ reached 1913, 8245, 7899, 20241 (bounds 1913, 8246, 7902, 20244); CBC 20157 in 15 s',
);
row(['instance', 'known', 'value', 'bound', 'proved', 'broken', 'wall s', 'CPU s']);
for (const [name, known] of instances) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const path = dataFile(`scheduling/tutoring/${name}.json`);
  if (!existsSync(path)) {
    process.stdout.write(`${name}: skipped, there is no ${path.pathname}\n`);
    continue;
  }
  const file = readTutoringFile(readFileSync(path, 'utf8'), name);
  const { result, wall, cpu } = await timed(() => planSchedule(file.state, { seconds, seed, exact }));
  const { plan, bound, optimal, violations } = result;
  const proved = optimal ? 'yes' : 'no';
  row([name, known, plan.objective, bound ?? '', proved, violations.length, wall.toFixed(2), cpu.toFixed(2)]);
  await repairScript(file, plan);
}
/** 2,000 learners of 12 skills, 100 tutors with three each, availability in a third and two thirds of 60 slots. */
function largeFile(): TutoringFile {
  const random = createRandom(seed).fork('large');
  const bits = (share: number): string => Array.from({ length: 60 }, () => (random.chance(share) ? '1' : '0')).join('');
  const tutors = Array.from({ length: 100 }, (_, t) => ({
    skills: [t % 12, (t + 1 + random.integer(5)) % 12, (t + 6 + random.integer(5)) % 12],
    slots: bits(0.65),
    max: 25 + random.integer(6),
    cost: 1 + random.integer(4),
  }));
  const learners = Array.from({ length: 2000 }, () => ({
    skill: random.integer(12),
    slots: bits(0.35),
    need: 1 + random.integer(2),
    prio: 1 + random.integer(3),
    fit: tutors.map(() => random.integer(10)),
  }));
  const problem = { name: 'large', learners, tutors, slotCount: 60, skillCount: 12, disruptions: [] };
  return readTutoringFile(JSON.stringify(problem));
}

if (wanted.length === 0 || wanted.includes('large')) {
  const { state } = largeFile();
  const { result, wall, cpu } = await timed(() => planSchedule(state, { seconds: Number(flags.large), seed }));
  const { plan, bound, violations } = result;
  const memory = (process.resourceUsage().maxRSS / 2 ** 20).toFixed(2);
  const bounded = bound?.toFixed(0) ?? '';
  row(['2000 x 100 x 60', '', plan.objective, bounded, '', violations.length, wall.toFixed(2), cpu.toFixed(2)]);
  const gap = (100 * (scheduleGap(result) ?? Number.NaN)).toFixed(3);
  process.stdout.write(`gap ${gap} %; peak memory of the process ${memory} GB\n`);
}
process.exit(0);
