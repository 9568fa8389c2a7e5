/** A folder of OATutor content into a course: skills, items with their answers, hints and steps, lessons as the order. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type OatutorFiles, readOatutor } from '@qurriculum/course/oatutor';
import type { Store } from '../store/store.ts';
import { findSameFile, withNewDataset } from './dataset.ts';
import { ImportError } from './import-error.ts';
import { contentFiles } from './inspect.ts';
import { readWholeFile, type WholeFile } from './read-file.ts';
import { storeMaterial } from './store-course.ts';

export interface ImportContentOptions {
  readonly course: number;
  /** The folder with the files. */
  readonly path: string;
  readonly name: string;
}

export interface ContentImport {
  readonly datasetId: number;
  readonly alreadyImported: boolean;
  readonly skills: number;
  readonly items: number;
  /** Problems that could not be used. */
  readonly rejected: number;
  readonly notes: readonly string[];
}

/** Unusable items named in the notes, at most. */
const NAMED = 10;

/** Imports the folder. @throws FormatError, or ImportError `missing-file`, `not-json`. */
export async function importContent(store: Store, options: ImportContentOptions): Promise<ContentImport> {
  const { course, name } = options;
  const files = await readFolder(options);
  const parts = contentFiles.flatMap((file) => files.get(file) ?? []);
  const sha256 = createHash('sha256')
    .update(parts.map((part) => part.sha256).join('\n'))
    .digest('hex');
  const same = await findSameFile(store, course, sha256);
  if (same !== null) return { datasetId: same, alreadyImported: true, skills: 0, items: 0, rejected: 0, notes: [] };
  const content = readOatutor(parseFolder(files, name));
  const unmapped = content.unmapped
    .slice(0, NAMED)
    .map(({ file, line, id, reason }) => `${file}:${line}: ${id}: ${reason}`);
  const notes = [...content.notes, ...unmapped];
  const dataset = {
    ...{ course, kind: 'content' as const, name, sha256 },
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    rejected: content.unmapped.length,
    licence: content.licence ?? null,
    source: content.credit ?? null,
    detail: { notes, contentName: content.name, lessons: content.lessons, statedTracing: content.tracing },
  };
  return withNewDataset(store, dataset, async (id) => {
    const stored = await store.transaction((transaction) =>
      storeMaterial(transaction, course, id, {
        ...{ skills: content.skills, items: content.items, courseOrder: content.courseOrder },
        ...{ prerequisites: [], templates: [], misconceptions: [], confusable: [] },
      }),
    );
    const { skills, items } = stored;
    return { datasetId: id, alreadyImported: false, skills, items, rejected: content.unmapped.length, notes };
  });
}

async function readFolder({ path: folder, name }: ImportContentOptions): Promise<ReadonlyMap<string, WholeFile>> {
  const present = new Set(await readdir(folder));
  const files = new Map<string, WholeFile>();
  for (const file of contentFiles) {
    if (present.has(file)) files.set(file, await readWholeFile(path.join(folder, file), `${name}/${file}`));
    else if (file !== 'bktParams.json') {
      throw new ImportError(
        'missing-file',
        `import: expected ${contentFiles.join(', ')} together, got ${name} without ${file}; send the whole folder.`,
      );
    }
  }
  return files;
}

function parseFolder(files: ReadonlyMap<string, WholeFile>, name: string): OatutorFiles {
  const json = (file: string): unknown => {
    const text = files.get(file)?.text;
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new ImportError(
        'not-json',
        `import: expected JSON in ${name}/${file}, got: ${String(error)}; check that it is whole.`,
      );
    }
  };
  return {
    coursePlan: json('coursePlan.json'),
    skillModel: json('skillModel.json'),
    bktParams: json('bktParams.json'),
    problems: (files.get('problems.jsonl')?.text ?? '').split('\n'),
  };
}
