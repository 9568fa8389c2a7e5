import { describe, expect, it } from 'vitest';
import { type Command, UsageError } from './command.ts';
import { listOption, numberOption, textOption } from './options.ts';
import { callCli } from './testing/call.ts';

const echo: Command = {
  name: 'trace evaluate',
  summary: 'Repeats what it was told.',
  usage: '--train FILE...',
  options: {
    train: { type: 'string', value: 'FILE', variadic: true, description: 'files' },
    seed: { type: 'string', value: 'N', description: 'seed' },
    out: { type: 'string', value: 'FILE', description: 'file' },
  },
  async run(context) {
    context.progress('Working', 0.5);
    const json = {
      train: listOption(context, 'train'),
      seed: numberOption(context, 'seed', 0, { least: 0, integer: true }),
      out: textOption(context, 'out') ?? null,
      rest: context.positionals,
    };
    if (json.rest.includes('fail')) throw new Error('echo: expected success, got "fail"; leave it out.');
    if (json.rest.includes('usage')) throw new UsageError('echo: not like this.');
    return { json, text: 'plain' };
  },
};
const trace: Command = { ...echo, name: 'trace' };

const call = (...words: string[]) => callCli([trace, echo], ...words);

describe('qurriculum', () => {
  it('prefers the longer command and takes several values for one option', async () => {
    const { code, out, err } = await call('trace', 'evaluate', '--train', 'a', 'b', '--seed=7', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ train: ['a', 'b'], seed: 7, out: null, rest: [] });
    expect(err).toBe('Working 50 %\n');
  });

  it('prints text without --json', async () => {
    expect((await call('trace', 'x')).out).toBe('plain\n');
  });

  it.each([
    [['nonsense'], 'expected a command, got "nonsense"'],
    [['trace', '--sede', '1'], 'expected one of --train, --seed, --out, --json, --help, got --sede'],
    [['trace', '--out'], 'expected FILE after --out, got nothing'],
    [['trace', '--seed', '1.5'], '--seed: expected a whole number of at least 0, got "1.5"'],
    [['trace', '--json=yes'], '--json takes no value'],
    [['trace', 'usage'], 'not like this'],
  ])('answers %j with exit code 2 and says why', async (words, message) => {
    const { code, out, err } = await call(...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });

  it('answers a failure with exit code 1 and its message', async () => {
    const { code, err } = await call('trace', 'fail');
    expect(code).toBe(1);
    expect(err).toContain('expected success, got "fail"');
  });

  it('helps with all commands and with one', async () => {
    expect((await call('--help')).out).toContain('trace evaluate  Repeats what it was told.');
    const { code, out } = await call('trace', 'evaluate', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--train FILE...  files');
    expect((await call()).code).toBe(2);
  });
});
