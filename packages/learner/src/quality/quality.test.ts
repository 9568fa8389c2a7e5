import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../interactions-builder.ts';
import { readRecords } from '../records/reader.ts';
import { hasLearnerData, loadLearnerData } from '../testing/learner-data.ts';
import { createColumnSampler } from './column-sample.ts';
import type { DataFinding, FindingCode } from './finding.ts';
import { lintColumns } from './lint-columns.ts';
import { lintSplit } from './lint-split.ts';
import { lintTable } from './lint-table.ts';
import { aucOfScores } from './plain-predictor.ts';
import { mergeRowsOfOneAnswer } from './rows-of-one-answer.ts';

/** Learners who differ in nothing: each answer is a coin with the difficulty of its item. */
function coins(learners: number, answers: number, seed = 1): InteractionRow[] {
  const random = createRandom(seed);
  return Array.from({ length: learners * answers }, (_, k) => {
    const item = k % answers;
    return {
      ...{ learner: `l${Math.floor(k / answers)}`, item: `i${item}`, skills: [`s${item % 3}`], time: 60 * k },
      correct: random.chance(0.2 + (0.6 * item) / answers),
    };
  });
}

const codes = (findings: readonly DataFinding[]): FindingCode[] => findings.map((finding) => finding.code);
const only = (findings: readonly DataFinding[], code: FindingCode): DataFinding => {
  const found = findings.filter((finding) => finding.code === code);
  expect(found).toHaveLength(1);
  return found[0];
};

describe('linter of tables', () => {
  it('finds nothing in honest records', () => {
    expect(lintTable(tableFromRows(coins(50, 20)))).toEqual([]);
    expect(lintTable(tableFromRows([]))).toEqual([]);
  });

  it('finds answers written once per skill, says what they do to AUC, and merges them', () => {
    const honest = coins(50, 20).map((row) => ({ ...row, skills: ['a', 'b', 'c'] }));
    const perSkill = tableFromRows(honest.flatMap((row) => row.skills.map((skill) => ({ ...row, skills: [skill] }))));
    const finding = only(lintTable(perSkill), 'rows-per-skill');
    expect(finding.rows).toBe(2000);
    expect(finding.severity).toBe('leak');
    // Two rows in three are known for sure, and the others are coins with item difficulties.
    expect(finding.auc!.with).toBeGreaterThan(0.85);
    expect(finding.auc!.without).toBeLessThan(0.75);
    expect(finding.effect).toMatch(/from AUC \.\d{3} to \.\d{3}/);

    const merged = mergeRowsOfOneAnswer(perSkill);
    expect(merged.rows).toBe(1000);
    expect(codes(lintTable(merged))).toEqual([]);
    const sets = new Set(
      Array.from(merged.skillSet, (set) => merged.skillSets[set].map((s) => merged.skills[s]).join()),
    );
    expect([...sets]).toEqual(['a,b,c']);
    expect([...merged.correct]).toEqual([...tableFromRows(honest).correct]);
  });

  it('leaves two attempts at one item two rows', () => {
    const twice = coins(20, 10).flatMap((row) => [row, { ...row, time: row.time! + 5 }]);
    const table = tableFromRows(twice);
    expect(mergeRowsOfOneAnswer(table)).toBe(table);
    const finding = only(lintTable(table), 'repeated-items');
    expect(finding.severity).toBe('warning');
    expect(finding.found).toMatch(/200 rows.*100 % of them have the outcome/);
  });

  it('finds copies', () => {
    const rows = coins(30, 12);
    const finding = only(lintTable(tableFromRows([...rows, ...rows.slice(0, 36)])), 'copied-rows');
    expect(finding.rows).toBe(36);
  });

  it('finds rows sorted by outcome', () => {
    const rows = coins(40, 15).map(({ time, ...row }) => row);
    const sorted = [...rows].sort((a, b) => Number(a.correct) - Number(b.correct));
    expect(codes(lintTable(tableFromRows(sorted)))).toContain('sorted-by-outcome');
    expect(codes(lintTable(tableFromRows(rows)))).not.toContain('sorted-by-outcome');
  });

  it('finds columns that say nothing', () => {
    const rows = coins(5, 10).map((row) => ({ ...row, correct: true, time: 7 }));
    const findings = lintTable(tableFromRows(rows)).filter((finding) => finding.code === 'constant-column');
    expect(findings.map((finding) => finding.found)).toEqual(['All 50 rows have the same outcome.']);
  });

  it.skipIf(!hasLearnerData)('finds no leak in ASSISTments 2009 with its skills merged', async () => {
    const findings = lintTable(await loadLearnerData('assistments09_test.tsv.gz'));
    expect(findings.filter((finding) => finding.severity === 'leak')).toEqual([]);
  });
});

describe('linter of splits', () => {
  it('finds learners on both sides and says what knowing them does', () => {
    // Learners who differ greatly: knowing them is worth much.
    const random = createRandom(5);
    const rows = coins(60, 20).map((row, k) => ({
      ...row,
      correct: random.chance(Math.floor(k / 20) % 2 === 0 ? 0.9 : 0.2),
    }));
    const train = tableFromRows(rows.filter((_, k) => k % 20 < 10));
    const test = tableFromRows(rows.filter((_, k) => k % 20 >= 10));
    const [finding] = lintSplit(train, test);
    expect(finding).toMatchObject({ code: 'learners-in-both', severity: 'leak', rows: 600 });
    expect(finding.auc!.with - finding.auc!.without).toBeGreaterThan(0.2);
    const halves = [0, 1].map((half) => tableFromRows(rows.filter((_, k) => Math.floor(k / 20) % 2 === half)));
    expect(lintSplit(halves[0], halves[1])).toEqual([]);
  });
});

describe('linter of columns', () => {
  async function lintFile(header: string, cells: (row: InteractionRow, k: number) => string) {
    const sampler = createColumnSampler(createRandom(1), 500);
    const rows = coins(60, 20);
    const shares = new Map<string, number>();
    for (const { learner, correct } of rows) shares.set(learner, (shares.get(learner) ?? 0) + (correct ? 0.05 : 0));
    const text = [
      `learner,item,skill,correct,${header}`,
      ...rows.map(
        (row, k) =>
          `${row.learner},${row.item},${row.skills[0]},${row.correct ? 1 : 0},${cells(row, k).replace('MARK', `${shares.get(row.learner)}`)}`,
      ),
    ].join('\n');
    const source = (async function* () {
      yield new TextEncoder().encode(text);
    })();
    const reader = await readRecords('x.csv', source, { now: 2e9, others: sampler });
    for await (const batch of reader.batches) expect(batch.rejects).toEqual([]);
    return lintColumns(sampler.sample());
  }

  it('finds a column that holds the outcome in another form', async () => {
    const [finding] = await lintFile('first_action', ({ correct }, k) =>
      correct ? 'attempt' : k % 2 ? 'hint' : 'scaffold',
    );
    expect(finding).toMatchObject({ code: 'outcome-in-column', auc: { with: 1 } });
    expect(finding.found).toContain('"first_action"');
  });

  it('finds a mark computed from all answers, and a constant', async () => {
    const findings = await lintFile('school,final_mark', () => 'Elm,MARK');
    expect(codes(findings)).toEqual(['constant-column', 'future-in-column']);
  });

  it('is silent on noise and on free text', async () => {
    const random = createRandom(9);
    expect(await lintFile('noise,text', (_, k) => `${random.next()},note ${k}`)).toEqual([]);
  });
});

describe('AUC of scores', () => {
  it('counts pairs in order', () => {
    // By hand: rights at 3 and 1, wrongs at 2 and 1: pairs (3,2) (3,1) won, (1,2) lost, (1,1) half: 2.5 of 4.
    expect(aucOfScores([3, 1, 2, 1], Uint8Array.of(1, 1, 0, 0))).toBe(0.625);
  });
});
