import { afterAll, describe, expect, it } from 'vitest';
import type { run } from '../testing/echo-task.ts';
import { createComputePool } from './pool.ts';
import { defineTask } from './tasks.ts';

const echo = defineTask<typeof run>(new URL('../testing/echo-task.ts', import.meta.url));
const pool = createComputePool(1);
afterAll(() => pool.close());
const values = new Float64Array(20_000).fill(1.5);

describe('compute pool', () => {
  it('runs tasks in a thread, reports progress, and queues what does not fit', async () => {
    const seen: string[] = [];
    const options = { onProgress: (fraction: number, label: string) => seen.push(`${fraction} ${label}`) };
    const [first, second] = await Promise.all([
      pool.run(echo, { mode: 'double', values }, options),
      pool.run(echo, { mode: 'double', values: new Float64Array([4]) }),
    ]);
    expect(first).toHaveLength(20_000);
    expect(first[19_999]).toBe(3);
    expect(second).toEqual(new Float64Array([8]));
    expect(seen).toEqual(['0.5 Half way']);
  });

  it('hands on the error of a task with its code', async () => {
    await expect(pool.run(echo, { mode: 'fail', values })).rejects.toMatchObject({
      message: 'echo: expected to double, got "fail".',
      code: 'echo-failed',
      line: 7,
    });
  });

  it.each(['wait', 'spin'] as const)('cancels a task that has to %s, and goes on', async (mode) => {
    const cancel = new AbortController();
    const answer = pool.run(echo, { mode, values }, { signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('the person cancelled')), 100);
    await expect(answer).rejects.toThrow('the person cancelled');
    expect(await pool.run(echo, { mode: 'double', values: new Float64Array([1]) })).toEqual(new Float64Array([2]));
  });

  it('fails the task whose thread dies, and goes on', async () => {
    await expect(pool.run(echo, { mode: 'die', values })).rejects.toThrow('the thread ended before its task did');
    expect(await pool.run(echo, { mode: 'double', values: new Float64Array([1]) })).toEqual(new Float64Array([2]));
  });
});
