/** On a made-up server: two courses, one with more learners than come at once. */
import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiError } from './api-client.ts';
import { findLearner } from './find-learner.ts';

interface Row {
  readonly id: number;
  readonly key: string;
  readonly name: string;
}

const many: Row[] = Array.from({ length: 1200 }, (_, k) => ({ id: k + 1, key: `k${k}`, name: `Learner k${k}` }));
many[1100] = { id: 1101, key: 's-77', name: 'Ada Byron' };
many[1150] = { id: 1151, key: 's-78', name: 'Bo' };
const few: Row[] = [
  { id: 2000, key: 's-77', name: 'Cy' },
  { id: 2001, key: 's-79', name: 'Bo' },
];
const courses = [
  { id: 1, name: 'Algebra', rows: many },
  { id: 2, name: 'Logic', rows: few },
];

const api: Pick<ApiClient, 'get'> = {
  async get<Answer>(route: string): Promise<Answer> {
    const url = new URL(route, 'http://example.org');
    const [, , resource, id, part] = url.pathname.split('/');
    if (resource === 'courses' && part === undefined) return { courses } as Answer;
    const course = courses.find((one) => one.id === Number(id));
    if (resource === 'courses' && course && part === 'learners') {
      const offset = Number(url.searchParams.get('offset'));
      const limit = Math.min(500, Number(url.searchParams.get('limit')));
      const search = url.searchParams.get('search') ?? '';
      const rows = course.rows.filter(({ key, name }) => key.includes(search) || name.includes(search));
      return { learners: rows.slice(offset, offset + limit), total: rows.length } as Answer;
    }
    for (const { rows, ...course } of courses) {
      const row = rows.find((one) => one.id === Number(id));
      if (row) return { ...row, course } as Answer;
    }
    throw new ApiError(404, 'not-found', 'no such learner');
  },
};
const find = (wanted: string, course?: string) =>
  findLearner(api as ApiClient, { command: 'path plan', wanted, course });

describe('findLearner', () => {
  it.each([
    ['Ada Byron', undefined, 1101],
    ['s-79', undefined, 2001],
    ['s-77', 'Logic', 2000],
    ['Bo', 'Algebra', 1151],
    ['1101', undefined, 1101],
  ])('finds %s in %s: number %i', async (wanted, course, id) => {
    expect((await find(wanted, course)).id).toBe(id);
  });

  it.each([
    ['Bo', undefined, /got 2: Bo \(key s-78, number 1151\) in "Algebra"; Bo \(key s-79, number 2001\) in "Logic"/],
    ['s-77', undefined, /one learner called "s-77", got 2: Ada Byron .*; Cy /],
    ['Ada Biron', undefined, /got "Ada Biron"; near are "Ada Byron"\./],
    ['nobody at all', undefined, /Class page lists the learners/],
    ['1101', 'Logic', /expected the key, name or number of a learner, got "1101"/],
    ['Bo', 'Greek', /expected a course, got "Greek"; there are: "Algebra", "Logic"/],
  ])('refuses %s in %s', async (wanted, course, message) => {
    await expect(find(wanted, course)).rejects.toThrow(message);
  });
});
