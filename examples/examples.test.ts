/** Every example runs as its reader would run it, ends well (it asserts what it claims) and says something. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const execute = promisify(execFile);
const folder = path.dirname(fileURLToPath(import.meta.url));
const examples = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

describe('examples', () => {
  it.each(examples)('%s', async (example) => {
    const { stdout, stderr } = await execute(process.execPath, [
      '--conditions=development',
      path.join(folder, example),
    ]);
    expect(stdout.split('\n').length).toBeGreaterThan(2);
    expect(stderr).toBe('');
  });
});
