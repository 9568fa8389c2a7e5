/** A task for the compute pool's tests: doubles an array, fails, or never ends, as it is told. */
import type { TaskContext } from '../compute/tasks.ts';

export interface EchoInput {
  readonly mode: 'double' | 'fail' | 'wait' | 'spin' | 'die';
  readonly values: Float64Array;
}

export async function run(input: EchoInput, { signal, progress }: TaskContext): Promise<Float64Array> {
  progress(0.5, 'Half way');
  if (input.mode === 'fail')
    throw Object.assign(new Error('echo: expected to double, got "fail".'), { code: 'echo-failed', line: 7 });
  if (input.mode === 'wait')
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  if (input.mode === 'die') process.exit(3);
  while (input.mode === 'spin');
  return input.values.map((value) => 2 * value);
}
