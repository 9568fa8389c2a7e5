/** The table of which option shows what: columns item, option, shows and perhaps skill. */
import { badFile, type MisconceptionItem, type NamedTable } from '@qurriculum/learner';

export interface OptionTable {
  /** In the order of the answers' columns. */
  readonly items: readonly MisconceptionItem[];
  /** Labels of each item's options, in the order of their codes. */
  readonly labels: readonly (readonly string[])[];
  readonly skills: readonly string[];
  readonly misconceptions: readonly string[];
}

/** What items need where the file names no skill. */
const ONE_SKILL = 'knows how';

/** @throws DiagnosisError BAD_FILE with file and line where a column, an item or an option is missing or said twice. */
export function readOptionTable(path: string, table: NamedTable, items: readonly string[]): OptionTable {
  const column = (name: string): number => table.columns.indexOf(name);
  if (table.rowNames === null || column('option') < 0 || column('shows') < 0) {
    const got = [...(table.rowNames === null ? [] : ['item']), ...table.columns].join(', ');
    throw badFile(path, 1, 'columns item, option and shows', got, 'name them so, item first');
  }
  const options = new Map(items.map((item) => [item, new Map<string, string>()]));
  const needed = new Map(items.map((item) => [item, new Set<string>()]));
  table.rows.forEach((row, i) => {
    const item = table.rowNames?.[i] ?? '';
    const [option, shows] = [row[column('option')], row[column('shows')]];
    const known = options.get(item);
    if (known === undefined) {
      throw badFile(path, table.lines[i], 'an item of the answers', `"${item}"`, 'correct it or leave the row out');
    }
    if (known.has(option)) {
      throw badFile(path, table.lines[i], `option "${option}" of ${item} once`, 'it again', 'leave one row out');
    }
    if (shows === '') throw badFile(path, table.lines[i], 'right, wrong or a misconception', 'nothing', 'say which');
    known.set(option, shows);
    const skills = column('skill') < 0 ? ONE_SKILL : row[column('skill')];
    for (const skill of skills.split('|')) if (skill.trim() !== '') needed.get(item)?.add(skill.trim());
  });
  const bare = items.find((item) => options.get(item)?.size === 0);
  if (bare !== undefined) throw badFile(path, 1, `options of ${bare}`, 'none', 'add them');
  const shown = items.map((item) => [...(options.get(item) as Map<string, string>)]);
  return {
    labels: shown.map((pairs) => pairs.map(([label]) => label)),
    skills: [...new Set(items.flatMap((item) => [...(needed.get(item) ?? [])]))],
    misconceptions: [...new Set(shown.flat().map(([, shows]) => shows))].filter((name) => !isPlain(name)).sort(),
    items: items.map((name, j) => ({
      ...{ name, skills: [...(needed.get(name) ?? [])] },
      options: shown[j].map(([, shows]) => (isPlain(shows) ? shows : { misconception: shows })),
    })),
  };
}

const isPlain = (shows: string): shows is 'right' | 'wrong' => shows === 'right' || shows === 'wrong';
