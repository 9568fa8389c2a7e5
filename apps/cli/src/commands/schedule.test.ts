import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseRunRecord } from '@qurriculum/evidence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
import { scheduleExplain } from './schedule-explain.ts';
import { scheduleRepair } from './schedule-repair.ts';
import { scheduleSolve } from './schedule-solve.ts';
import { scheduleValidate } from './schedule-validate.ts';

let folder = '';
const file = (name: string): string => path.join(folder, name);
const call = (...words: string[]) =>
  callCli([scheduleSolve, scheduleRepair, scheduleValidate, scheduleExplain], 'schedule', ...words);

const slots = ['mon', 'tue'].map((id, k) => ({
  ...{ id, start: `2026-10-${19 + k}T09:00:00+02:00`, end: `2026-10-${19 + k}T10:00:00+02:00` },
}));
const ids = ['mon', 'tue'];
/** Ada and Bo want Tom; 10 + 8 points where each has a slot of his. */
const week = {
  ...{ timeZone: 'Europe/Madrid', slots },
  learners: [
    { id: 'Ada', available: ids, needs: [{ skill: 'ratio', sessions: 1, gain: 10 }] },
    { id: 'Bo', available: ['tue'], needs: [{ skill: 'ratio', sessions: 1, gain: 8 }] },
    { id: 'Cy', available: ids, needs: [{ skill: 'roots', sessions: 1, gain: 8 }] },
  ],
  tutors: [{ id: 'Tom', skills: { ratio: 1 }, available: ids, most: 3 }],
  events: [
    { kind: 'learner-out', learner: 'Ada', slots: ['mon'] },
    { kind: 'learner-gone', learner: 'Bo' },
  ],
};
const benchmark = {
  ...{ name: 'two', slotCount: 2, disruptions: [{ t: 'tutorSlotLost', tutor: 0, slot: 0 }] },
  learners: [
    { skill: 0, slots: '11', need: 1, prio: 2, fit: [5] },
    { skill: 0, slots: '01', need: 1, prio: 1, fit: [3] },
  ],
  tutors: [{ skills: [0], slots: '11', max: 2, cost: 1 }],
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-schedule-'));
  await writeFile(file('week.json'), JSON.stringify(week));
  await writeFile(file('two.json'), JSON.stringify(benchmark));
  await writeFile(file('gap'), '2 3\n1 9 1\n9 1 9\n2 2 2\n2 2 2\n4 2\n');
  await writeFile(file('empty.json'), '');
  const ctt = [
    'Name: tiny\nCourses: 1\nRooms: 1\nDays: 2\nPeriods_per_day: 1\nCurricula: 1\nConstraints: 0\n',
    'COURSES:\nC1 T1 2 2 10\n\nROOMS:\nR1 20\n\nCURRICULA:\nQ1 1 C1\n\nUNAVAILABILITY_CONSTRAINTS:\n\nEND.\n',
  ].join('\n');
  await writeFile(file('tiny.ctt'), ctt);
  await writeFile(file('tiny.ctt.gz'), gzipSync(ctt));
});
afterAll(() => rm(folder, { recursive: true }));

describe('schedule solve', () => {
  it('plans, says what is not met, and records the run', async () => {
    const { code, out } = await call('solve', file('week.json'), '--time', '0.3', '--seed', '3', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      objective: 18,
      sense: 'maximise',
      bound: 18,
      gap: 0,
      feasible: true,
      violations: [],
    });
    expect(answer.terms).toMatchObject({ gain: 18, cost: 0 });
    expect(answer.assignments).toContainEqual({ learner: 'Bo', skill: 'ratio', tutor: 'Tom', slot: 'tue' });
    expect(answer.unmet).toMatchObject([{ learner: 'Cy', reason: 'no-tutor' }]);
    expect(parseRunRecord(answer.run)).toMatchObject({
      kind: 'solve',
      subject: 'auto',
      seed: 3,
      budget: { seconds: 0.3 },
    });
    await writeFile(file('plan.json'), out);
    const people = await call('solve', file('week.json'), '--time', '0.2');
    expect(people.out).toMatch(/^objective: 18 \(maximise; .*\nbound: 18 \(proved the best\)\nunmet: Cy gets 0 of 1/);
  });

  it('knows rules of thumb', async () => {
    const { out } = await call('solve', file('week.json'), '--solver', 'first-come', '--json');
    expect(JSON.parse(out)).toMatchObject({ objective: 18, bound: null, solver: 'first-come' });
  });

  it('takes other solvers, with what they prove', async () => {
    const { out } = await call('solve', file('week.json'), '--solver', 'highs', '--json');
    expect(JSON.parse(out)).toMatchObject({ objective: 18, bound: 18, gap: 0, feasible: true, optimal: true });
  });

  it('reads benchmarks, assignments and timetables', async () => {
    // 2 (10 + 5) - 2 + (10 + 3) - 2, and no range of loads with one tutor.
    const two = JSON.parse((await call('solve', file('two.json'), '--time', '0.2', '--json')).out);
    expect(two).toMatchObject({ objective: 39, bound: 39 });
    const gap = JSON.parse((await call('solve', file('gap'), '--format', 'gap', '--solver', 'highs', '--json')).out);
    expect(gap).toMatchObject({ objective: 3, sense: 'minimise', bound: 3, gap: 0, feasible: true });
    // Two isolated lectures on days of one period: 2 points each (UD2).
    for (const name of ['tiny.ctt', 'tiny.ctt.gz']) {
      const { code, out } = await call('solve', file(name), '--time', '0.2', '--out', file('tiny.sol'), '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ objective: 4, sense: 'minimise', feasible: true });
    }
    expect(JSON.parse((await call('validate', file('tiny.ctt'), file('tiny.sol'), '--json')).out).objective).toBe(4);
  });

  it.each([
    [['empty.json'], 1, /empty\.json:1:1: expected a value, got the end of the file/],
    [['none.json'], 1, /got no such file for/],
    [['week.json', '--solver', 'magic'], 2, /expected one of auto, greedy, first-come, .*got "magic"/],
    [['tiny.ctt', '--solver', 'greedy'], 2, /expected one of auto, got "greedy"/],
    [['week.json', '--time', '0'], 2, /--time/],
  ])('%j ends with code %i and says why', async (words, code, message) => {
    const result = await call('solve', ...words.map((word) => (/\.(json|ctt)$/.test(word) ? file(word) : word)));
    expect(result.code).toBe(code);
    expect(result.err).toMatch(message);
  });
});

describe('schedule validate, explain and repair', () => {
  const bad = { assignments: [{ learner: 'Ada', skill: 'ratio', tutor: 'Tom', slot: 'tue' }] };

  it('name what is wrong', async () => {
    const good = await call('validate', file('week.json'), file('plan.json'), '--json');
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ objective: 18, feasible: true });
    await writeFile(file('bad.json'), JSON.stringify({ assignments: [{ ...bad.assignments[0], skill: 'roots' }] }));
    const wrong = await call('validate', file('week.json'), file('bad.json'));
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(/need: "Ada" has no need of "roots"/);
    // After the first event Ada cannot come on Monday.
    const late = await call('validate', file('week.json'), file('plan.json'), '--events', '1');
    expect(late.out).toMatch(/learner-available: "Ada" is not free in "mon"/);
    const plan = { assignments: [{ learner: 'learner 0', skill: 'skill 0', tutor: 'tutor 0', slot: 'slot 0' }] };
    await writeFile(file('two-plan.json'), JSON.stringify(plan));
    const two = JSON.parse((await call('validate', file('two.json'), file('two-plan.json'), '--json')).out);
    expect(two).toMatchObject({ objective: 28, benchmark: { objective: 28, violations: [] } });
  });

  it('give reasons', async () => {
    const { out } = await call('explain', file('week.json'), file('plan.json'), '--learner', 'Bo');
    expect(out).toMatch(/^Bo: ratio with Tom in tue\nworth 8 points: gain 8\n1 sessions are possible/);
    const nobody = await call('explain', file('week.json'), file('plan.json'), '--learner', 'Cy');
    expect(nobody.code).toBe(1);
    expect(nobody.err).toMatch(/expected a learner with such a session/);
    const typo = await call('explain', file('week.json'), file('plan.json'), '--learner', 'ado');
    expect(typo).toMatchObject({ code: 1, err: expect.stringMatching(/got "ado"; near are "Ada"/) });
  });

  it('apply events one after another', async () => {
    const words = [
      '--plan',
      file('plan.json'),
      '--change-cost',
      '2',
      '--time',
      '0.1',
      '--scratch-time',
      '0.1',
      '--json',
    ];
    const { code, out } = await call('repair', file('week.json'), '--events', '2', ...words);
    expect(code).toBe(0);
    const { events, total, assignments } = JSON.parse(out);
    // Ada and Bo both want Tuesday: Ada gains 2 more there, the price of giving up Bo's session is 2.
    expect(events[0]).toMatchObject({ objectiveFromScratch: 10, broken: [{ learner: 'Ada' }] });
    expect([8, 10]).toContain(events[0].objective);
    expect(events[1]).toMatchObject({ objective: 10, objectiveFromScratch: 10, feasible: true });
    expect(total.broken).toBeGreaterThanOrEqual(1);
    expect(assignments).toEqual([{ learner: 'Ada', skill: 'ratio', tutor: 'Tom', slot: 'tue' }]);
    const saved = JSON.parse(await readFile(file('plan.json'), 'utf8'));
    expect(saved.assignments).toHaveLength(2);
  });
});
