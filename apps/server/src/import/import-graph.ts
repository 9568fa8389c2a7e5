/** One skill graph into a course: refused with the cycle named, or freed of its cycles when asked. */
import { breakCycles, createSkillGraph, SkillGraphError } from '@qurriculum/course';
import { readSkillGraph } from '@qurriculum/course/formats';
import type { Store } from '../store/store.ts';
import { findSameFile, withNewDataset } from './dataset.ts';
import { ImportError } from './import-error.ts';
import { readWholeFile } from './read-file.ts';
import { storeMaterial } from './store-course.ts';

export interface ImportGraphOptions {
  readonly course: number;
  readonly path: string;
  readonly name: string;
  readonly breakCycles?: boolean;
}

export interface GraphImport {
  readonly datasetId: number;
  readonly alreadyImported: boolean;
  readonly format: string;
  readonly skills: number;
  readonly prerequisites: number;
  readonly notes: readonly string[];
  /** Prerequisites left out to break cycles: "A -> B (soft)". */
  readonly dropped: readonly string[];
}

/** Imports the file. @throws FormatError, or ImportError `cyclic-graph`. */
export async function importGraph(store: Store, options: ImportGraphOptions): Promise<GraphImport> {
  const { course, path, name } = options;
  const file = await readWholeFile(path, name);
  const data = readSkillGraph(file.text, name);
  const same = await findSameFile(store, course, file.sha256);
  if (same !== null) {
    const nothing = { skills: 0, prerequisites: 0, notes: [], dropped: [] };
    return { datasetId: same, alreadyImported: true, format: data.format, ...nothing };
  }
  const { prerequisites, dropped } = withoutCycles(data, options);
  const dataset = {
    ...{ course, kind: 'graph' as const, name, sha256: file.sha256, bytes: file.bytes },
    licence: data.licence ?? null,
    source: data.credit ?? data.source ?? null,
    detail: { notes: data.notes, dropped, format: data.format, graphName: data.name },
  };
  return withNewDataset(store, dataset, async (id) => {
    const material = { skills: data.skills, prerequisites, items: [], templates: [], misconceptions: [] };
    const stored = await store.transaction((transaction) =>
      storeMaterial(transaction, course, id, { ...material, confusable: [], courseOrder: [] }),
    );
    return { datasetId: id, alreadyImported: false, format: data.format, ...stored, notes: data.notes, dropped };
  }).catch((error: unknown) => {
    if (!(error instanceof SkillGraphError)) throw error;
    throw new ImportError(
      'cyclic-graph',
      `import: expected ${name} to fit the prerequisites that the course has, got a cycle with them: ${error.message}`,
    );
  });
}

type GraphData = ReturnType<typeof readSkillGraph>;

function withoutCycles(
  { skills, prerequisites }: GraphData,
  { name, breakCycles: mayDrop }: ImportGraphOptions,
): { prerequisites: GraphData['prerequisites']; dropped: string[] } {
  if (mayDrop) {
    const { graph, dropped } = breakCycles(skills, prerequisites);
    const words = dropped.map(({ prerequisite: { from, to, strength } }) => `${from} -> ${to} (${strength})`);
    return { prerequisites: graph.prerequisites, dropped: words };
  }
  try {
    createSkillGraph(skills, prerequisites);
  } catch (error) {
    if (!(error instanceof SkillGraphError)) throw error;
    throw new ImportError(
      'cyclic-graph',
      `import: ${name}: ${error.message} Or import with --break-cycles, which leaves out the weakest prerequisite of each cycle and lists it.`,
    );
  }
  return { prerequisites, dropped: [] };
}
