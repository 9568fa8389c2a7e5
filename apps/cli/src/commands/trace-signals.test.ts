import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRunRecord } from '@qurriculum/evidence';
import { createRandom } from '@qurriculum/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
import { traceEngagement } from './trace-engagement.ts';
import { traceEvaluate } from './trace-evaluate.ts';
import { traceQuestionOrder } from './trace-question-order.ts';

let folder = '';
const path = (name: string) => join(folder, name);
const call = (...words: string[]) => callCli([traceQuestionOrder, traceEngagement, traceEvaluate], 'trace', ...words);

/** 30 learners; the first two click through, everybody else takes some twenty seconds. */
function answers(): string {
  const random = createRandom('clicks');
  const rows = Array.from({ length: 30 }, (_, learner) =>
    Array.from({ length: 25 }, (_, k) => {
      const clicks = learner < 2;
      const milliseconds = Math.round(1000 * (clicks ? 0.5 + random.next() : 12 + 20 * random.next()));
      return `l${learner},item ${k % 5},skill,${Number(random.chance(clicks ? 0.25 : 0.75))},${milliseconds}`;
    }),
  );
  return ['user_id,item_id,skill_id,correct,ms_first_response', ...rows.flat()].join('\n');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signals-'));
  await writeFile(path('answers.csv'), answers());
  await writeFile(path('users.txt'), 'l0\nl5\nl6\n');
  // Moore 2002, by the counts behind the proportions of Wang and Busemeyer 2013, table 2.
  const rows = ['Clinton,1,1,219', 'Clinton,1,0,20', 'Clinton,0,1,79', 'Clinton,0,0,129'];
  const reverse = ['Gore,1,1,243', 'Gore,1,0,11', 'Gore,0,1,86', 'Gore,0,0,92'];
  await writeFile(path('poll.csv'), ['order,Clinton,Gore,count', ...rows, ...reverse].join('\n'));
  await writeFile(path('half.csv'), ['order,Clinton,Gore,count', ...rows].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('trace question-order', () => {
  it('prints q, models and verdict with the record of the run', async () => {
    const { code, out } = await call('question-order', path('poll.csv'), '--replicates', '20', '--json');
    expect(code).toBe(0);
    const { questions, qq, models, verdict, run } = JSON.parse(out);
    expect(questions).toEqual(['Clinton', 'Gore']);
    expect(qq.q).toBeCloseTo(-0.003, 3);
    expect(models.map(({ model }: { model: string }) => model)).toEqual([
      ...['projective', 'anchoring', 'no-order', 'saturated'],
    ]);
    expect(verdict).toBe('neither');
    expect(parseRunRecord(run).subject).toBe('question-order');
  });

  it('says the same in words', async () => {
    const { out } = await call('question-order', path('poll.csv'), '--replicates', '20');
    expect(out).toMatch(/^A: Clinton, first for 447; B: Gore, first for 432\./);
    expect(out).toMatch(/neither the projective \(quantum\) model/);
  });

  it('refuses what it cannot read', async () => {
    expect((await call('question-order')).code).toBe(2);
    const half = await call('question-order', path('half.csv'));
    expect([half.code, half.err]).toEqual([1, expect.stringMatching(/expected answers with B first, got none/)]);
    expect((await call('question-order', path('none.csv'))).err).toMatch(/expected a file of answers, got/);
  });
});

describe('trace engagement', () => {
  it('names who clicks through, by response times in milliseconds', async () => {
    const { code, out } = await call('engagement', path('answers.csv'), '--json');
    expect(code).toBe(0);
    const { learners, note, run } = JSON.parse(out);
    expect(note).toMatch(/^Rests on response times \(100 % of the answers\)/);
    const guessing = learners.filter(({ verdict }: { verdict: string }) => verdict === 'guessing');
    expect(guessing.map(({ learner }: { learner: string }) => learner)).toEqual(['l0', 'l1']);
    expect(guessing[0].responseTimeEffort.share).toBe(0);
    expect(parseRunRecord(run).subject).toBe('engagement');
    expect((await call('engagement', path('answers.csv'))).out).toMatch(/came faster than most people read/);
    expect((await call('engagement')).code).toBe(2);
  });

  it('is a model of trace evaluate', async () => {
    const { code, out } = await call(
      ...['evaluate', '--data', path('answers.csv'), '--test-users', path('users.txt')],
      ...['--model', 'engagement', '--json'],
    );
    expect([code, out]).toEqual([0, expect.stringContaining('"engagement"')]);
  });
});
