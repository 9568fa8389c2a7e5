/** Choosing and making an exercise: a template of our own course, or an imported item, never the same one twice in a row. */
import { generateItem, type Item, publicView } from '@qurriculum/course';
import { createRandom, type Random } from '@qurriculum/random';
import type { Kysely } from 'kysely';
import { Problem } from '../../http/problem.ts';
import { templates } from '../../planning/templates.ts';
import type { Database } from '../../store/database.ts';
import type { ExerciseView } from './schema.ts';

type Db = Kysely<Database>;

export interface MadeExercise {
  readonly itemId: number;
  readonly seed: number;
  readonly source: ExerciseView['source'];
  readonly item: Item;
}

/** Items answered lately are left out while there are others. */
const REMEMBERED = 20;

/** An exercise on a skill; `seed` decides the item and its numbers. @throws Problem where the skill has none. */
export async function makeExercise(db: Db, learnerId: number, skillId: number, seed: number): Promise<MadeExercise> {
  const rows = await db
    .selectFrom('item')
    .innerJoin('item_skill', 'item_skill.item_id', 'item.id')
    .select(['item.id', 'item.key', 'item.body', 'item.template'])
    .where('item_skill.skill_id', '=', skillId)
    .where((e) => e.or([e('item.template', '=', true), e('item.body', 'is not', null)]))
    .orderBy('item.id')
    .execute();
  const usable = rows.filter((row) =>
    row.template ? templates.has(row.key) : !lacksFigures(row.body as unknown as Item),
  );
  if (usable.length === 0) {
    throw new Problem(
      'conflict',
      'practice: expected a skill with items, got one without; import content that covers it.',
    );
  }
  const random = createRandom(seed);
  return itemOf(await chooseFresh(db, learnerId, usable, random), seed);
}

/** What a row of `item` asks: an item as it was imported, or a new one of its template by the seed. */
export function itemOf(
  row: { readonly id: number; readonly key: string; readonly template: boolean; readonly body: unknown },
  seed: number,
): MadeExercise {
  const template = templates.get(row.key);
  if (row.template && template !== undefined) {
    return { itemId: row.id, seed, source: 'template', item: generateItem(template, seed) };
  }
  return { itemId: row.id, seed, source: 'imported', item: row.body as Item };
}

/** Items that speak of pictures which did not come with the files cannot be answered fairly. */
const lacksFigures = (item: Item): boolean => (item.missingFigures?.length ?? 0) > 0;

async function chooseFresh<Row extends { readonly id: number; readonly template: boolean }>(
  db: Db,
  learnerId: number,
  rows: readonly Row[],
  random: Random,
): Promise<Row> {
  const recent = await db
    .selectFrom('exercise')
    .select('item_id')
    .where('learner_id', '=', learnerId)
    .orderBy('issued_at', 'desc')
    .limit(REMEMBERED)
    .execute();
  const seen = new Set(recent.map((row) => row.item_id));
  // A template makes a new item each time; only fixed items wear out.
  const fresh = rows.filter((row) => row.template || !seen.has(row.id));
  return random.pick(fresh.length > 0 ? fresh : rows);
}

const inputHelp: Readonly<Record<string, string>> = {
  numeric: 'A number or a fraction, such as 12, -3/4 or 0.5.',
  algebraic: 'An expression, such as 2x + 3 or (x - 1)/2. Write powers as x^2.',
  exact: 'A word or a short phrase.',
};

/** What the learner sees of it. */
export function viewExercise(
  id: string,
  { item, source }: Pick<MadeExercise, 'item' | 'source'>,
  skill: ExerciseView['skill'],
): ExerciseView {
  const shown = publicView(item);
  const choice = shown.input.kind === 'choice';
  const attribution = [shown.credit, shown.licence].filter((part) => part !== undefined).join('; ');
  return {
    ...{ id, skill, prompt: shown.prompt, source },
    input: choice ? (shown.input.several ? 'choices' : 'choice') : 'text',
    choices: (shown.choices ?? []).map((entry) => ({ ...entry })),
    inputHelp: choice ? null : [inputHelp[shown.input.kind], shown.input.unit].filter(Boolean).join(' Unit: '),
    hintsAvailable: shown.hintCount,
    attribution: attribution === '' ? null : attribution,
  };
}
