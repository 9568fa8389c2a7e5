import { parseRunRecord } from '@qurriculum/evidence';
import { describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
import { assessSimulate } from './assess-simulate.ts';

const call = (...words: string[]) => callCli([assessSimulate], 'assess', 'simulate', ...words);
const small = ['--items', '8', '--bank', '60', '--learners', '40', '--reference', '16', '--seed', '4'];

describe('assess simulate', () => {
  it('compares rules and records the run as simulated', async () => {
    const { code, out } = await call(...small, '--rule', 'information,random', '--json');
    expect(code).toBe(0);
    const { rules, reference, simulated, run } = JSON.parse(out);
    expect(simulated).toBe(true);
    expect(reference.items).toBe(16);
    expect(rules.map(({ rule }: { rule: string }) => rule)).toEqual(['information', 'random']);
    expect(rules[0].uncertainty).toBeLessThan(rules[1].uncertainty);
    expect(rules[0].trace).toHaveLength(8);
    expect(parseRunRecord(run)).toMatchObject({ kind: 'simulate', seed: 4, inputs: [{ simulated: true, rows: 60 }] });
  });

  it('prints a table; without --rule all that serve the kind', async () => {
    const { code, out } = await call(...small, '--kind', 'diagnosis', '--exposure', 'cap', '--balance');
    expect(code).toBe(0);
    expect(out).toMatch(/^SIMULATED: 40 learners, bank of 60 items, diagnosis; exposure control: cap\./);
    expect(out).toMatch(/\njensen-shannon +8\.0/);
    expect(out).not.toMatch(/\ninformation/);
  });

  it.each([
    ['an unknown rule', ['--rule', 'oracle'], /expected some of information, .* got "oracle"/],
    ['a rule for another kind', ['--rule', 'information', '--kind', 'diagnosis'], /use jensen-shannon/],
    [
      'more items than the bank has',
      ['--items', '90', '--bank', '60'],
      /--items: expected a whole number from 1 to 60/,
    ],
    ['an unknown control', ['--exposure', 'hope'], /expected one of none, cap, randomesque, sympson-hetter/],
  ])('refuses %s', async (_, words, message) => {
    const { code, err } = await call(...words);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
