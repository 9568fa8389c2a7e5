import { describe, expect, it } from 'vitest';
import { faultsByField, isUnreachable, ProblemError, readProblem, sayError } from './problem.ts';

const answer = (body: unknown, status = 422): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    statusText: 'Unprocessable Content',
    headers: { 'content-type': 'application/problem+json' },
  });

describe('problem details', () => {
  it('keeps title, detail, code and the first fault of each field', async () => {
    const error = await readProblem(
      answer({
        title: 'Bad request',
        detail: 'Two fields cannot be used.',
        code: 'import.map',
        errors: [
          { field: 'map.skill', detail: 'expected a column of the file' },
          { field: 'map.skill', detail: 'second' },
          { pointer: '#/paths', detail: 'expected at least one path' },
        ],
      }),
    );
    expect(error.problem).toMatchObject({ status: 422, code: 'import.map' });
    expect(sayError(error)).toBe('Two fields cannot be used.');
    expect(faultsByField(error)).toEqual({
      'map.skill': 'expected a column of the file',
      paths: 'expected at least one path',
    });
  });

  it('says something useful of an answer that is not ours', async () => {
    const error = await readProblem(answer('<html>proxy</html>', 502));
    expect(error.problem.status).toBe(502);
    expect(sayError(error)).toContain('502');
  });

  it('tells an unreachable server from one that refused', () => {
    expect(isUnreachable(new ProblemError({ title: 'gone', status: 0 }))).toBe(true);
    expect(isUnreachable(new ProblemError({ title: 'no', status: 404 }))).toBe(false);
    expect(isUnreachable(new Error('other'))).toBe(false);
  });
});
