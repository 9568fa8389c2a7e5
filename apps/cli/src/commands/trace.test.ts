import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseRunRecord } from '@qurriculum/evidence';
import { type DataFinding, defaultMemoryWeights, memoryModelFromJson, tracingModel } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
import { traceCompare } from './trace-compare.ts';
import { traceEvaluate } from './trace-evaluate.ts';
import { traceFit } from './trace-fit.ts';
import { traceMemory } from './trace-memory.ts';

let folder = '';

/** Answers of learners who learn two skills. */
function records(prefix: string, learners: number): string {
  const random = createRandom(prefix);
  const lines = ['user_id,item_id,skill_id,correct'];
  for (let learner = 0; learner < learners; learner++) {
    const known = [random.chance(0.3), random.chance(0.6)];
    for (let k = 0; k < 20; k++) {
      const skill = random.integer(2);
      lines.push(`${prefix}${learner},i${k},s${skill},${random.chance(known[skill] ? 0.9 : 0.2) ? 1 : 0}`);
      if (random.chance(0.2)) known[skill] = true;
    }
  }
  return `${lines.join('\n')}\n`;
}

const call = (...words: string[]) => callCli([traceFit, traceEvaluate, traceCompare, traceMemory], ...words);

const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-'));
  await writeFile(path('train.csv'), records('a', 60));
  await writeFile(path('more.csv.gz'), gzipSync(records('b', 60)));
  await writeFile(path('test.csv'), records('c', 30));
  await writeFile(path('empty.csv'), '');
});
afterAll(() => rm(folder, { recursive: true }));

describe('trace evaluate', () => {
  it('prints the figures of every model and the record of the run', async () => {
    const { code, out, err } = await call(
      ...['trace', 'evaluate', '--train', path('train.csv'), path('more.csv.gz')],
      ...['--test', path('test.csv'), '--model', 'bkt', '--json'],
    );
    expect(code).toBe(0);
    const { models, run, findings } = JSON.parse(out);
    expect(findings.filter((finding: DataFinding) => finding.severity === 'leak')).toEqual([]);
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({ model: 'bkt', rows: 600, learners: 30, degenerateSkills: 0 });
    expect(models[0].auc).toBeGreaterThan(0.65);
    expect(models[0].intervals.auc[0]).toBeLessThan(models[0].auc);
    expect(models[0].intervals.auc[1]).toBeGreaterThan(models[0].auc);
    expect(models[0].nll).toBeLessThan(0.65);
    expect(models[0].firstAttempts).toMatchObject({ rows: 600, auc: models[0].auc });
    expect(parseRunRecord(run)).toMatchObject({
      ...{ kind: 'evaluate', subject: 'bkt', result: { models } },
      inputs: [{ rows: 1200 }, { rows: 1200 }, { rows: 600 }],
    });
    expect(err).toContain('Fitting bkt');
  });

  it('prints a table without --json, and warns of learners in both parts', async () => {
    const { code, out, err } = await call(
      'trace',
      'evaluate',
      '--train',
      path('train.csv'),
      '--test',
      path('train.csv'),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^model +AUC +NLL/);
    expect(out).toMatch(/\nbkt +\.\d{4} \[\.\d{4}, \.\d{4}\]/);
    expect(err).toContain(
      'Warning: 60 learners (such as a0, a1, a2) have answers on both sides, 1,200 of them in the test.',
    );
  });

  it.each([
    ['no files', ['--test', 'x'], 2, /expected --train FILES and --test FILES, or --data FILES and --test-users LIST/],
    [
      'an unknown model',
      ['--train', 'x', '--test', 'y', '--model', 'oracle'],
      2,
      /expected one of .*bkt.*, got "oracle"/,
    ],
    ['a missing file', ['--train', 'nowhere.csv', '--test', 'y'], 1, /got no such file at nowhere\.csv/],
    [
      'a bad map',
      ['--train', 'FOLDER/train.csv', '--test', 'y', '--map', 'pupil'],
      2,
      /expected a map like learner=COLUMN/,
    ],
    ['an empty file', ['--train', 'FOLDER/empty.csv', '--test', 'y'], 1, /expected learning records, got no bytes/],
    ['a folder', ['--train', 'FOLDER', '--test', 'y'], 1, /got a folder at/],
  ])('refuses %s with the right exit code', async (_, words, expected, message) => {
    const { code, err } = await call('trace', 'evaluate', ...words.map((word) => word.replace('FOLDER', folder)));
    expect(code).toBe(expected);
    expect(err).toMatch(message);
  });
});

describe('the sides of an evaluation', () => {
  it('can be one data set and a list of the learners to test on', async () => {
    await writeFile(path('users.txt'), 'a3\na7\nnobody\n');
    const { code, out, err } = await call(
      ...['trace', 'evaluate', '--data', path('train.csv'), '--test-users', path('users.txt'), '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).models[0]).toMatchObject({ rows: 40, learners: 2 });
    expect(err).toMatch(/users\.txt: 1 of 3 learners are not in the data, such as nobody\./);
    const none = await call('trace', 'evaluate', '--data', path('train.csv'), '--test-users', path('test.csv'));
    expect(none.err).toMatch(/expected learners of the data in .*test\.csv, got 601 names of whom none is there/);
  });

  it('joins rows of one answer, and says what they would do', async () => {
    const lines = records('e', 20).trim().split('\n');
    const twice = lines.flatMap((line, k) => (k === 0 ? [line] : [line, line.replace(/,s(\d),/, ',t$1,')]));
    await writeFile(path('per-skill.csv'), twice.join('\n'));
    const args = ['trace', 'evaluate', '--train', path('train.csv'), '--test', path('per-skill.csv'), '--json'];
    const joined = await call(...args);
    expect(JSON.parse(joined.out).models[0].rows).toBe(400);
    expect(joined.err).toMatch(/Warning: 400 rows \(50\.0 %\) repeat the answer before them for another skill/);
    expect(JSON.parse((await call(...args, '--keep-rows')).out).models[0].rows).toBe(800);
  });
});

describe('trace compare', () => {
  it('gives differences to the baseline with intervals, and takes fitted models from files', async () => {
    const out = path('saved.json');
    await call('trace', 'fit', path('more.csv.gz'), '--model', 'bkt', '--out', out);
    const { code, out: text } = await call(
      ...['trace', 'compare', '--train', path('train.csv'), '--test', path('test.csv')],
      ...['--baseline', 'bkt', '--model', out, '--bootstrap', '50', '--json'],
    );
    expect(code).toBe(0);
    const { baseline, models, run } = JSON.parse(text);
    expect(baseline).toBe('bkt');
    // Two fits of the same model on draws from one population: nothing between them.
    expect(models[0]).toMatchObject({ verdict: 'no difference', fitSeconds: 0 });
    expect(Math.abs(models[0].auc)).toBeLessThan(0.05);
    expect(models[0].intervals.nll[0]).toBeLessThanOrEqual(models[0].nll);
    expect(parseRunRecord(run)).toMatchObject({ kind: 'compare', budget: { replicates: 50 } });
  });

  it('says that a saved model is of an older version, or none at all', async () => {
    const args = ['trace', 'compare', '--train', path('train.csv'), '--test', path('test.csv'), '--model'];
    await writeFile(path('old.json'), JSON.stringify({ model: 'bkt', version: '0' }));
    await writeFile(path('other.json'), '{"a": 1}');
    await writeFile(path('broken.json'), '{');
    for (const [file, message] of [
      ['old.json', /expected version 1, got version 0; it was saved by an older version/],
      ['other.json', /expected a model named one of .*bkt.* got none; write it with trace fit --out/],
      ['broken.json', /expected a fitted model as JSON in .*broken\.json/],
      ['absent.json', /got no such file/],
    ] as const) {
      const { code, err } = await call(...args, path(file), '--baseline', 'bkt');
      expect(code).toBe(1);
      expect(err).toMatch(message);
    }
  });
});

describe('trace fit', () => {
  it('writes a model that reads back, with the record of its run', async () => {
    const out = path('bkt.json');
    const { code, out: text } = await call('trace', 'fit', path('train.csv'), '--model', 'bkt', '--out', out);
    expect(code).toBe(0);
    expect(text).toMatch(/bkt: 1200 answers of 60 learners on 2 skills, fitted in .* s\.\nDegenerate skills: 0\./);
    const json = JSON.parse(await readFile(out, 'utf8'));
    expect(parseRunRecord(json.run)).toMatchObject({
      kind: 'fit',
      inputs: [{ sha256: expect.stringMatching(/^\w{64}$/) }],
    });
    const model = tracingModel('bkt').fromJSON(json);
    const once = model.update(model.initial(), { item: 'i', skills: ['s0'], correct: true });
    expect(model.predict(once, { item: 'i', skills: ['s0'] })).toBeGreaterThan(
      model.predict(model.initial(), { item: 'i', skills: ['s0'] }),
    );
  });

  it('takes the model that so many answers recommend, and says why', async () => {
    const { code, out, err } = await call('trace', 'fit', path('train.csv'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ model: 'features-lr', run: { subject: 'features-lr' } });
    expect(err).toMatch(/Model features-lr\. 1,200 answers: below about 10,000/);
  });

  it('says which rows were left out, or fails at them with --strict', async () => {
    await writeFile(path('bad.csv'), `${records('d', 5)}d9,i,s0,maybe\n`);
    const lenient = await call('trace', 'fit', path('bad.csv'), '--model', 'bkt', '--json');
    expect(lenient.code).toBe(0);
    expect(JSON.parse(lenient.out)).toMatchObject({ rows: 100, rejected: 1, fitted: { model: 'bkt' } });
    expect(lenient.err).toMatch(
      /1 rows left out, such as\n {2}.*bad\.csv:102: correct: expected 0 or 1 .* got "maybe"/,
    );
    const strict = await call('trace', 'fit', path('bad.csv'), '--strict');
    expect(strict.code).toBe(1);
    expect(strict.err).toMatch(/bad\.csv:102: correct: expected 0 or 1/);
  });
});

describe('trace memory', () => {
  it('fits weights to answers with times, measures them on other learners, and keeps those that are better', async () => {
    const random = createRandom(3);
    const lines = ['user_id,item_id,skill_id,correct,timestamp'];
    for (let learner = 0; learner < 40; learner++) {
      let time = 1.6e9;
      for (let k = 0; k < 14; k++) {
        // Whoever waits longer than a day has forgotten, far more than the default weights would have it.
        const days = random.integer(6);
        time += 600 + days * 86_400;
        lines.push(`l${learner},i,s,${random.chance(days < 1 ? 0.95 : 0.35) ? 1 : 0},${time}`);
      }
    }
    await writeFile(path('timed.csv'), `${lines.join('\n')}\n`);
    const out = path('memory.json');
    const words = [path('timed.csv'), '--bootstrap', '20', '--out', out];
    const { code, out: printed } = await call('trace', 'memory', ...words, '--json');
    expect(code).toBe(0);
    const { verdict, check, model, run } = JSON.parse(printed);
    expect(verdict).toBe('fitted');
    expect(check.fitted.logLoss.mean).toBeLessThan(check.default.logLoss.mean);
    expect(parseRunRecord(run)).toMatchObject({ kind: 'fit', subject: 'memory', result: { verdict } });
    const saved = memoryModelFromJson(JSON.parse(await readFile(out, 'utf8')));
    expect(saved.weights).toEqual(model.weights);
  });

  it('keeps the default weights where no times are known, and says so', async () => {
    const { code, out } = await call('trace', 'memory', path('train.csv'));
    expect(code).toBe(0);
    expect(out).toContain('The answers carry no times.');
    expect(out).toContain(`Default weights in`);
    expect(out).toContain(defaultMemoryWeights[0].toFixed(4));
  });
});
