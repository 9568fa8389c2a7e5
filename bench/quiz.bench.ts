/**
 * How long a learner waits for the next question of a quiz, on a server with 100,000 learners stored: the sample course
 * with its fitted model, its simulated learners' mastery and last answers multiplied. Real HTTP, on the embedded
 * database and on PostgreSQL. Options: `--learners 100000 --quizzes 120 --at-once 4 --only embedded`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, type Random } from '@qurriculum/random';
import { type RunningServer, startServer } from '@qurriculum/server';
import type { QuizAnswerResult, QuizView } from '../apps/server/src/resources/quizzes/schema.ts';
import {
  attachInteractions,
  createInteractionTable,
  indexInteractions,
  interactionTable,
} from '../apps/server/src/store/interactions.ts';
import { createPostgresDatabase } from '../apps/server/src/testing/postgres-server.ts';
import { printMachine } from './machine.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '100000' },
    quizzes: { type: 'string', default: '120' },
    'at-once': { type: 'string', default: '4' },
    only: { type: 'string' },
  },
});
const LEARNERS = Number(values.learners);
const QUIZZES = Number(values.quizzes);
const AT_ONCE = Number(values['at-once']);
/** Answers that each learner has given. */
const ANSWERS = 20;
/** Rows made by one statement: the embedded database answers nobody else meanwhile. */
const LEARNERS_AT_ONCE = 5000;

/** A course with this many learners; gives the ids of those that were added. */
async function fill({ store, jobs, sampleJobId }: RunningServer): Promise<number[]> {
  for (let state = ''; state !== 'done'; await new Promise((resolve) => setTimeout(resolve, 200))) {
    state = (await jobs.find(sampleJobId ?? ''))?.state ?? 'failed';
    if (state === 'failed') throw new Error('quiz bench: expected the sample institution, got a failed job.');
  }
  const { db } = store;
  const course = await db.selectFrom('course').select('id').executeTakeFirstOrThrow();
  const { id: dataset } = await db
    .insertInto('dataset')
    .values({ course_id: course.id, kind: 'records', name: 'Many learners', simulated: true, status: 'ready' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const run = (text: string) => store.backend.query(text);
  await run('CREATE TABLE bench_source AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM learner');
  await run(`CREATE TABLE bench_answer AS SELECT learner_id, item_id, skill_set_id, correct, at, sequence FROM (
    SELECT *, row_number() OVER (PARTITION BY learner_id ORDER BY sequence DESC) AS back FROM interaction) AS all_of_them
    WHERE back <= ${ANSWERS}`);
  await createInteractionTable(db, dataset);
  const ids: number[] = [];
  for (let from = 0; from < LEARNERS; from += LEARNERS_AT_ONCE) {
    const to = Math.min(LEARNERS, from + LEARNERS_AT_ONCE) - 1;
    const made = await run(`INSERT INTO learner (course_id, key, simulated)
      SELECT ${course.id}, 'many ' || k, true FROM generate_series(${from}, ${to}) AS k RETURNING id`);
    ids.push(...made.rows.map((row) => Number(row['id'])));
    const range = `learner.id BETWEEN ${ids[from]} AND ${ids[to]}`;
    const pairs = 'learner JOIN bench_source ON place = learner.id % (SELECT count(*) FROM bench_source)';
    await run(`INSERT INTO dataset_learner SELECT ${dataset}, learner.id FROM learner WHERE ${range}`);
    await run(`INSERT INTO mastery (learner_id, skill_id, mean, low, high, attempts, correct, last_at)
      SELECT learner.id, skill_id, mean, low, high, attempts, correct, last_at
      FROM ${pairs} JOIN mastery ON learner_id = bench_source.id WHERE ${range}`);
    await run(`INSERT INTO ${interactionTable(dataset)}
        (dataset_id, course_id, learner_id, item_id, skill_set_id, correct, at, sequence)
      SELECT ${dataset}, ${course.id}, learner.id, item_id, skill_set_id, correct, at, sequence
      FROM ${pairs} JOIN bench_answer ON learner_id = bench_source.id WHERE ${range}`);
  }
  await indexInteractions(db, dataset);
  await store.transaction((transaction) => attachInteractions(transaction.db, dataset));
  await run('ANALYZE');
  return ids;
}

interface Times {
  /** Milliseconds of answers that were followed by a question, of those that ended the quiz, and of beginning. */
  readonly next: number[];
  readonly last: number[];
  readonly begin: number[];
}

/** One quiz to its end, over HTTP, by a learner who is right six times of ten. */
async function play(server: RunningServer, learner: number, random: Random, times: Times): Promise<void> {
  const ask = async <T>(address: string, body: object, kept: (answer: T) => number[]): Promise<T> => {
    const headers = { 'content-type': 'application/json', 'x-qurriculum-person': `learner:${learner}` };
    const started = performance.now();
    const response = await fetch(`${server.address}/api${address}`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    const answer = (await response.json()) as T;
    const milliseconds = performance.now() - started;
    if (!response.ok) throw new Error(`quiz bench: expected an answer to ${address}, got ${JSON.stringify(answer)}`);
    kept(answer).push(milliseconds);
    return answer;
  };
  let quiz = await ask<QuizView>(`/learners/${learner}/quizzes`, {}, () => times.begin);
  while (quiz.question !== null) {
    const right = random.chance(0.6);
    const body = {
      question: quiz.question.number,
      response: right ? await solution(server, quiz) : '',
      giveUp: !right,
    };
    const result = await ask<QuizAnswerResult>(`/quizzes/${quiz.id}/answers`, body, (answer) =>
      answer.accepted && answer.quiz.question === null ? times.last : times.next,
    );
    if (!result.accepted) throw new Error(`quiz bench: expected an answer that can be read, got ${result.problem}`);
    quiz = result.quiz;
  }
}

async function solution({ store }: RunningServer, quiz: QuizView): Promise<string | string[]> {
  const row = await store.db
    .selectFrom('quiz_question')
    .select('body')
    .where('quiz_id', '=', quiz.id)
    .where('position', '=', quiz.question?.number ?? 0)
    .executeTakeFirstOrThrow();
  const { answer } = (row.body as unknown as { item: { answer: Record<string, string | string[]> } }).item;
  return answer['value'] ?? answer['expression'] ?? answer['correct'] ?? answer['accepted'][0];
}

const at = (values: readonly number[], share: number): string =>
  [...values]
    .sort((a, b) => a - b)
    [Math.min(values.length - 1, Math.floor(share * values.length))].toFixed(1)
    .padStart(7);

async function measure(server: RunningServer, learners: readonly number[], atOnce: number): Promise<void> {
  const times: Times = { next: [], last: [], begin: [] };
  const random = createRandom(atOnce).fork('bench');
  const cpu = process.cpuUsage();
  const chosen = random.shuffle([...learners]).slice(0, QUIZZES);
  await Promise.all(
    Array.from({ length: atOnce }, async (_, worker) => {
      for (let k = worker; k < chosen.length; k += atOnce) await play(server, chosen[k], random.fork(k), times);
    }),
  );
  const used = process.cpuUsage(cpu);
  const rows = { 'answer, next question': times.next, 'last answer, result and plan': times.last, begin: times.begin };
  for (const [name, milliseconds] of Object.entries(rows)) {
    const figures = [0.5, 0.95, 0.99].map((share) => at(milliseconds, share)).join('  ');
    process.stdout.write(
      `${`${atOnce}`.padStart(7)}  ${name.padEnd(28)}  ${`${milliseconds.length}`.padStart(5)}  ${figures}\n`,
    );
  }
  // With the client, and where it is embedded with the database.
  const each = (used.user + used.system) / 1000 / Object.values(rows).flat().length;
  process.stdout.write(`${`${atOnce}`.padStart(7)}  CPU of this process, a request: ${each.toFixed(1)} ms\n`);
}

for (const kind of ['embedded', 'PostgreSQL']) {
  if (values.only !== undefined && values.only !== kind) continue;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qurriculum-quiz-'));
  const databaseUrl = kind === 'PostgreSQL' ? await createPostgresDatabase() : undefined;
  const server = await startServer({ port: 0, dataDir, webDirectory: null, databaseUrl });
  try {
    const started = performance.now();
    const learners = await fill(server);
    const seconds = (performance.now() - started) / 1000;
    const { rows } = await server.store.backend.query(
      'SELECT (SELECT count(*) FROM mastery)::int AS mastery, (SELECT count(*) FROM interaction)::int AS answers',
    );
    printMachine(
      `A quiz on the ${kind} database: ${learners.length} learners, ${rows[0]['mastery']} estimates, ${rows[0]['answers']} answers (stored in ${seconds.toFixed(0)} s); aim: next question within 50 ms, 95th percentile`,
    );
    await measure(server, learners.slice(0, 20), 1);
    process.stdout.write('\nquizzes  what                          count   ms: p50      p95      p99\n');
    for (const atOnce of new Set([1, AT_ONCE])) await measure(server, learners, atOnce);
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
process.exit(0);
