/** Reads the Marble graph's JSON for benchmarks. */
import { createSkillGraph, type SkillGraph } from '@qurriculum/course';

interface MarbleFile {
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly subject: string }[];
  readonly edges: readonly (readonly [string, string, 'hard' | 'soft'])[];
}

/** Skills and prerequisites of a file in the layout of paths/marble-v1.json. */
export function readMarble(text: string): SkillGraph {
  const { nodes, edges } = JSON.parse(text) as MarbleFile;
  return createSkillGraph(
    nodes,
    edges.map(([from, to, strength]) => ({ from, to, strength })),
  );
}
