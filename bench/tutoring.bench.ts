/**
 * Tutoring schedules: `node tutoring.bench.ts [--seconds S] [--seed N] [--large S] [INSTANCE...]`. For each instance of
 * `scheduling/tutoring` the value, bound and proof within the time, then repair over its script of disruptions; last a
 * term's worth of people (2,000 learners, 100 tutors, 60 slots, made here from the seed). CPU seconds count all threads.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  evaluateChoice,
  repairModel,
  type ScheduleChoice,
  type ScheduleModel,
  solveModel,
} from '@qurriculum/decisions';
import { createRandom } from '@qurriculum/random';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine } from './machine.ts';
import { applyDisruption, type TutoringFile, tutoringModel } from './tutoring-file.ts';

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    large: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(flags.seed);
const seconds = Number(flags.seconds);
const exact = pickSolver(createSolvers(createNodePlatform()), 'highs');

/** Instance, its best known value, and the seconds that a repair may take. */
const instances = [
  ['tut-60x8x30-s11', '1913*', 2],
  ['tut-200x20x40-s1', '8245*', 2],
  ['tut-200x20x40-s13-tight', '7899*', 2],
  ['tut-500x40x60-s12', '20241', 4],
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

/** Sessions by learner, tutor and slot: what people have in their calendars. */
function sessionsOf(model: ScheduleModel, { options }: ScheduleChoice): Set<string> {
  return new Set(
    Array.from(options, (o) => {
      let r = 0;
      while (model.optionStart[r + 1] <= o) r++;
      return `${model.requestLearner[r]} ${model.optionTutor[o]} ${model.optionSlot[o]}`;
    }),
  );
}

/** The sessions of one model that are still options of another, as a choice of it. */
function carryOver(from: ScheduleModel, choice: ScheduleChoice, to: ScheduleModel): ScheduleChoice {
  const kept = sessionsOf(from, choice);
  const options: number[] = [];
  for (let r = 0; r < to.requestLearner.length; r++) {
    for (let o = to.optionStart[r]; o < to.optionStart[r + 1]; o++) {
      if (kept.has(`${to.requestLearner[r]} ${to.optionTutor[o]} ${to.optionSlot[o]}`)) options.push(o);
    }
  }
  return { options: Int32Array.from(options), rooms: new Int32Array(options.length).fill(-1) };
}

async function repairScript(file: TutoringFile, start: ScheduleChoice, most: number): Promise<void> {
  row(['  event', 'forced', 'value', 'scratch', '% behind', 'moved', 'broken', 'wall s', 'CPU s']);
  let [now, choice] = [file, start];
  let [forcedAll, movedAll] = [0, 0];
  for (const [k, event] of file.disruptions.entries()) {
    const before = tutoringModel(now);
    now = applyDisruption(now, event);
    const model = tutoringModel(now);
    const previous = carryOver(before, choice, model);
    const { result, wall, cpu } = await timed(() =>
      repairModel(model, previous, { changeCost: 3, seconds: 0.75 * most, seed }),
    );
    const { objective, broken } = evaluateChoice(model, result.choice);
    const kept = sessionsOf(model, result.choice);
    const moved = [...sessionsOf(model, previous)].filter((session) => !kept.has(session)).length;
    const forced = choice.options.length - previous.options.length;
    forcedAll += forced;
    movedAll += moved;
    choice = result.choice;
    const last = k === file.disruptions.length - 1;
    const scratch = last ? (await solveModel(model, { seconds, seed })).objective : Number.NaN;
    row([
      `  ${k + 1} ${event.t}`,
      forced,
      objective,
      last ? scratch : '',
      last ? ((100 * (scratch - objective)) / scratch).toFixed(2) : '',
      moved,
      broken.length,
      wall.toFixed(2),
      cpu.toFixed(2),
    ]);
  }
  row(['  all', forcedAll, '', '', '', movedAll]);
}

printMachine(
  `Tutoring, ${seconds} s each, seed ${seed}`,
  'a trial in C++ reached 1913, 8245, 7899, 20241 (bounds 1913, 8246, 7902, 20244); CBC 20157 in 15 s',
);
row(['instance', 'known', 'value', 'bound', 'proved', 'broken', 'wall s', 'CPU s']);
for (const [name, known, most] of instances) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const path = dataFile(`scheduling/tutoring/${name}.json`);
  if (!existsSync(path)) {
    process.stdout.write(`${name}: skipped, there is no ${path.pathname}\n`);
    continue;
  }
  const file: TutoringFile = JSON.parse(readFileSync(path, 'utf8'));
  const model = tutoringModel(file);
  const { result, wall, cpu } = await timed(() => solveModel(model, { seconds, seed, exact }));
  const { broken } = evaluateChoice(model, result.choice);
  const proved = result.optimal ? 'yes' : 'no';
  row([name, known, result.objective, result.bound, proved, broken.length, wall.toFixed(2), cpu.toFixed(2)]);
  await repairScript(file, result.choice, most);
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
  return { name: 'large', learners, tutors, slotCount: 60, skillCount: 12, disruptions: [] };
}

if (wanted.length === 0 || wanted.includes('large')) {
  const model = tutoringModel(largeFile());
  const { result, wall, cpu } = await timed(() => solveModel(model, { seconds: Number(flags.large), seed }));
  const { broken } = evaluateChoice(model, result.choice);
  const gap = ((100 * (result.bound - result.objective)) / result.objective).toFixed(3);
  const memory = (process.resourceUsage().maxRSS / 2 ** 20).toFixed(2);
  row([
    '2000 x 100 x 60',
    '',
    result.objective,
    result.bound.toFixed(0),
    '',
    broken.length,
    wall.toFixed(2),
    cpu.toFixed(2),
  ]);
  process.stdout.write(`${model.optionTutor.length} options; gap ${gap} %; peak memory of the process ${memory} GB\n`);
}
process.exit(0);
