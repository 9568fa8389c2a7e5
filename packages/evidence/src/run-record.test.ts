import { describe, expect, it } from 'vitest';
import { createRunRecord, parseRunRecord, restsOnSimulation, runRecordJsonSchema } from './run-record.ts';

const stamp = { id: '3f2b0d5e-8a44-4c1f-9d0a-5f1f0f3d2a10', startedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)) };
const run = { kind: 'solve', subject: 'anneal', result: { objective: -3, samples: [1, 0] } } as const;

describe('createRunRecord', () => {
  it('stamps the run and fills in what was left out', () => {
    expect(createRunRecord(run, stamp)).toEqual({
      id: stamp.id,
      kind: 'solve',
      subject: 'anneal',
      startedAt: '2026-01-02T03:04:05.000Z',
      problemHash: null,
      inputs: [],
      versions: {},
      seed: 0,
      budget: {},
      result: { objective: -3, samples: [1, 0] },
      bound: null,
      cost: { wallSeconds: 0, cpuSeconds: 0, queueSeconds: 0, qpuSeconds: 0, money: null },
    });
  });

  it('writes local times in UTC', () => {
    const record = createRunRecord(run, { ...stamp, startedAt: '2026-01-02T05:04:05+02:00' });
    expect(record.startedAt).toBe('2026-01-02T03:04:05.000Z');
  });

  it.each([
    ['id', { stamp: { ...stamp, id: 'run 1' } }],
    ['startedAt', { stamp: { ...stamp, startedAt: 'yesterday' } }],
    ['problemHash', { run: { ...run, problemHash: 'abc' } }],
    ['inputs.0.rows', { run: { ...run, inputs: [{ name: 'a.csv', rows: -1 }] } }],
    ['seed', { run: { ...run, seed: 0.5 } }],
    ['bound', { run: { ...run, bound: Number.NaN } }],
    ['result', { run: { ...run, result: { auc: Number.NaN } } }],
    ['result', { run: { ...run, result: undefined } }],
    [
      'cost.wallSeconds',
      { run: { ...run, cost: { wallSeconds: -1, cpuSeconds: 0, queueSeconds: 0, qpuSeconds: 0, money: null } } },
    ],
  ])('names the field %s when it is wrong', (field, wrong) => {
    const { run: description = run, stamp: by = stamp } = wrong as { run?: typeof run; stamp?: typeof stamp };
    expect(() => createRunRecord(description, by)).toThrowError(
      expect.objectContaining({ code: 'invalid-run-record', message: expect.stringContaining(`${field}`) }),
    );
  });
});

describe('parseRunRecord', () => {
  it('takes back what was written as JSON', () => {
    const record = createRunRecord({ ...run, inputs: [{ name: 'a.csv', rows: 3, simulated: true }] }, stamp);
    expect(parseRunRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  it('refuses fields that it does not know, and values that are no records', () => {
    const record = createRunRecord(run, stamp);
    expect(() => parseRunRecord({ ...record, sead: 1 })).toThrow(/sead/);
    expect(() => parseRunRecord('run')).toThrow(/the record itself/);
  });
});

describe('runRecordJsonSchema', () => {
  it('requires every field of a record', () => {
    const schema = runRecordJsonSchema();
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect([...(schema['required'] as string[])].sort()).toEqual(Object.keys(createRunRecord(run, stamp)).sort());
  });
});

describe('restsOnSimulation', () => {
  it('is true when one input is simulated', () => {
    expect(restsOnSimulation({ inputs: [{ name: 'a' }, { name: 'b', simulated: true }] })).toBe(true);
    expect(restsOnSimulation({ inputs: [{ name: 'a' }, { name: 'b', simulated: false }] })).toBe(false);
  });
});
