import { describe, expect, it } from 'vitest';
import { describeTracingModel } from './model-descriptions.ts';
import { tracingModel, tracingModelNames } from './models.ts';

describe('the registry of tracing models', () => {
  it.each(tracingModelNames)('has a sentence for %s, a twin that exists, and the model under its name', (name) => {
    const { description, twin } = describeTracingModel(name);
    expect(description).toMatch(/^[A-Z].*\.$/);
    if (twin !== undefined) expect(tracingModelNames).toContain(twin);
    expect(tracingModel(name).name).toBe(name);
  });

  it('says what there is when asked for what there is not', () => {
    expect(() => tracingModel('oracle')).toThrow(/expected one of bkt.*got "oracle"/);
    expect(() => describeTracingModel('oracle')).toThrow(/expected one of bkt.*got "oracle"/);
  });
});
