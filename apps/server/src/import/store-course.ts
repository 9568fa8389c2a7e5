/**
 * Skills, prerequisites and items into a course, whole or not at all, in one transaction. What an earlier file said of
 * a skill stays unless it said nothing: records name skills by key only, a graph brings the names.
 */
import { createSkillGraph, type Item, type Misconception, type Prerequisite, type Skill } from '@qurriculum/course';
import { sql } from 'kysely';
import { type CopyValue, copyRow } from '../store/copy-text.ts';
import { recordMentions } from '../store/datasets.ts';
import type { Transaction } from '../store/store.ts';
import { resolveKeys } from './keys.ts';

export interface CourseMaterial {
  readonly skills: readonly Skill[];
  readonly prerequisites: readonly Prerequisite[];
  readonly items: readonly Item[];
  /** Templates are code: the store knows their ids and skills. */
  readonly templates: readonly { readonly id: string; readonly skill: string }[];
  readonly misconceptions: readonly Misconception[];
  readonly confusable: readonly (readonly [string, string])[];
  /** Skill ids in the order in which the material teaches them; empty: the order given. */
  readonly courseOrder: readonly string[];
}

export interface StoredMaterial {
  readonly skills: number;
  readonly prerequisites: number;
  readonly items: number;
}

/** What the data set keeps beside its rows; read by planning (confusable pairs) and practice (misconceptions). */
export interface MaterialDetail {
  readonly misconceptions?: readonly Misconception[];
  readonly confusable?: readonly (readonly [string, string])[];
}

/** Writes the material and makes the data set 'ready'. @throws SkillGraphError where the course's graph would get a cycle. */
export async function storeMaterial(
  transaction: Transaction,
  course: number,
  dataset: number,
  material: CourseMaterial,
): Promise<StoredMaterial> {
  const skillIds = await storeSkills(transaction, course, dataset, material);
  const prerequisites = await storePrerequisites(transaction, course, dataset, material, skillIds);
  const items = await storeItems(transaction, course, dataset, material, skillIds);
  const detail = { misconceptions: material.misconceptions, confusable: material.confusable };
  await transaction.db
    .updateTable('dataset')
    .set({
      status: 'ready',
      rows: material.skills.length + prerequisites + items,
      detail: sql<string>`detail || ${JSON.stringify(detail)}::jsonb`,
    })
    .where('id', '=', dataset)
    .executeTakeFirstOrThrow();
  return { skills: material.skills.length, prerequisites, items };
}

async function storeSkills(
  { db, copyIn }: Transaction,
  course: number,
  dataset: number,
  { skills, courseOrder }: CourseMaterial,
): Promise<ReadonlyMap<string, number>> {
  const keys = skills.map((skill) => skill.id);
  const { ids, fresh } = await resolveKeys(db, 'skill', course, keys);
  const place = new Map(courseOrder.map((key, at) => [key, at]));
  const position = (k: number): number => place.get(keys[k]) ?? courseOrder.length + k;
  const isFresh = new Set(fresh);
  const columns = ['id', 'course_id', 'key', 'name', 'subject', 'domain', 'description', 'minutes', 'position'];
  const row = (k: number): CopyValue[] => {
    const { id, name, subject, domain, description, minutes } = skills[k];
    return [ids[k], course, id, name, subject, domain, description, minutes, position(k)];
  };
  if (fresh.length > 0) await copyIn('skill', columns, [fresh.map((k) => copyRow(row(k))).join('')]);
  for (const [k, skill] of skills.entries()) {
    if (isFresh.has(k)) continue;
    await sql`UPDATE skill SET
        name = CASE WHEN name = key THEN ${skill.name} ELSE name END,
        subject = coalesce(subject, ${skill.subject ?? null}),
        domain = coalesce(domain, ${skill.domain ?? null}),
        description = coalesce(description, ${skill.description ?? null}),
        minutes = coalesce(minutes, ${skill.minutes ?? null}::real),
        position = ${position(k)}
      WHERE id = ${ids[k]}`.execute(db);
  }
  await recordMentions(db, dataset, 'skill', [...ids]);
  return new Map(keys.map((key, k) => [key, ids[k]]));
}

async function storePrerequisites(
  { db, copyIn }: Transaction,
  course: number,
  dataset: number,
  { prerequisites }: CourseMaterial,
  skillIds: ReadonlyMap<string, number>,
): Promise<number> {
  if (prerequisites.length === 0) return 0;
  const columns = ['course_id', 'dataset_id', 'from_skill', 'to_skill', 'strength', 'source', 'confidence'];
  const rows = prerequisites.map(({ from, to, strength, source, confidence }) =>
    copyRow([course, dataset, skillIds.get(from), skillIds.get(to), strength, source ?? 'given', confidence]),
  );
  await copyIn('prerequisite', columns, [rows.join('')]);
  await refuseCycles(db, course);
  return prerequisites.length;
}

/** The course's graph from all of its data sets must stay without cycles: planning has no order to go by otherwise. */
async function refuseCycles(db: Transaction['db'], course: number): Promise<void> {
  const skills = await db.selectFrom('skill').select(['id', 'key', 'name']).where('course_id', '=', course).execute();
  const edges = await db
    .selectFrom('prerequisite')
    .select(['from_skill', 'to_skill', 'strength'])
    .distinctOn(['from_skill', 'to_skill'])
    .where('course_id', '=', course)
    .where('enabled', '=', true)
    .orderBy('from_skill')
    .orderBy('to_skill')
    .orderBy('strength')
    .execute();
  const keyOf = new Map(skills.map((skill) => [skill.id, skill.key]));
  createSkillGraph(
    skills.map((skill) => ({ id: skill.key, name: skill.name })),
    edges.map((edge) => ({
      from: keyOf.get(edge.from_skill) ?? '',
      to: keyOf.get(edge.to_skill) ?? '',
      strength: edge.strength,
    })),
  );
}

async function storeItems(
  { db, copyIn }: Transaction,
  course: number,
  dataset: number,
  { items, templates }: CourseMaterial,
  skillIds: ReadonlyMap<string, number>,
): Promise<number> {
  const entries = [
    ...items.map((item) => ({ key: item.id, body: JSON.stringify(item), template: false, skills: item.skills })),
    ...templates.map(({ id, skill }) => ({ key: id, body: null, template: true, skills: [skill] })),
  ];
  if (entries.length === 0) return 0;
  const keys = entries.map((entry) => entry.key);
  const { ids, fresh } = await resolveKeys(db, 'item', course, keys);
  const row = (k: number): string => copyRow([ids[k], course, keys[k], entries[k].body, entries[k].template]);
  await copyIn('item', ['id', 'course_id', 'key', 'body', 'template'], [fresh.map(row).join('')]);
  const isFresh = new Set(fresh);
  for (const [k, entry] of entries.entries()) {
    // Known by key from records: now it gets what there is to show.
    if (isFresh.has(k)) continue;
    await db
      .updateTable('item')
      .set({ body: entry.body, template: entry.template })
      .where('id', '=', ids[k])
      .where('body', 'is', null)
      .execute();
  }
  const links = entries.flatMap((entry, k) =>
    [...new Set(entry.skills)].map((skill) => ({ item_id: ids[k], skill_id: skillIds.get(skill) ?? 0 })),
  );
  for (let start = 0; start < links.length; start += 1000) {
    const batch = links.slice(start, start + 1000);
    await db
      .insertInto('item_skill')
      .values(batch)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await recordMentions(db, dataset, 'item', [...ids]);
  return entries.length;
}
