/**
 * Readers of skill graphs in JSON: our own file, the Marble taxonomy, Metacademy, networkx node-link data, and lists of
 * courses with prerequisite pairs. Each says where something is wrong, and what, in plain words.
 */
import type { Prerequisite, Skill } from '../skill-graph.ts';
import { checkJson, createShapes } from './checked-json.ts';
import { skillGraphFile } from './graph-json-schema.ts';
import type { GraphFormat, PlacedPrerequisite, SkillGraphData } from './skill-graph-data.ts';
import { tidy } from './skill-graph-data.ts';

const MINUTES_PER_HOUR = 60;

export type JsonGraphFormat = Exclude<GraphFormat, 'edge-list'>;

/** Which reader takes this parsed JSON; null for none. Looks at names of fields only. */
export function detectJsonGraph(value: unknown): JsonGraphFormat | null {
  if (typeof value !== 'object' || value === null) return null;
  const file = value as Readonly<Record<string, unknown>>;
  const first = (field: string): unknown => (Array.isArray(file[field]) ? file[field][0] : undefined);
  const hasLists = (...fields: string[]): boolean => fields.every((field) => Array.isArray(file[field]));
  if (file['format'] === 'qurriculum-skill-graph' || hasLists('skills', 'prerequisites')) return 'qurriculum';
  if (hasLists('courses_name_pair', 'prereqs')) return 'course-pairs';
  if (hasLists('nodes', 'links')) return 'node-link';
  if (!hasLists('nodes', 'edges')) return null;
  const edge = first('edges');
  if (Array.isArray(edge)) return edge.length > 2 ? 'marble' : 'metacademy';
  if (edge !== undefined) return 'node-link';
  return JSON.stringify(first('nodes') ?? {}).includes('"hours"') ? 'metacademy' : 'marble';
}

/** Reads parsed JSON. @throws FormatError */
export function readJsonGraph(value: unknown, file: string, format: JsonGraphFormat): SkillGraphData {
  return READERS[format](value, file);
}

const READERS: Readonly<Record<JsonGraphFormat, (value: unknown, file: string) => SkillGraphData>> = {
  qurriculum: (value, file) => {
    const read = checkJson(skillGraphFile, value, file);
    const placed = read.prerequisites.map((prerequisite, k) => ({
      prerequisite,
      at: () => ({ path: `$.prerequisites[${k}]` }),
    }));
    const skills = read.skills.map((skill) => ({ ...skill, name: skill.name ?? skill.id }));
    return tidy(file, { format: 'qurriculum', ...terms(read, file), skills, placed });
  },
  marble: (value, file) => readNodesAndEdges('marble', value, file),
  metacademy: (value, file) => readNodesAndEdges('metacademy', value, file),
  'node-link': readNodeLink,
  'course-pairs': readCoursePairs,
};

/** Marble: edges [prerequisite, topic, hard|soft]. Metacademy: edges [prerequisite, concept], hours of study. */
function readNodesAndEdges(format: 'marble' | 'metacademy', value: unknown, file: string): SkillGraphData {
  const shapes = createShapes(file);
  const read = shapes.record(value);
  const skills = shapes.list(read['nodes'], 'nodes').map((entry, k): Skill => {
    const node = shapes.record(entry, 'nodes', k);
    const id = shapes.id(node['id'], 'nodes', k, 'id');
    const text = (field: string): string | undefined => shapes.words(node[field], 'nodes', k, field);
    const hours = shapes.positive(node['hours'], 'nodes', k, 'hours');
    return withoutGaps({
      id,
      name: text('name') ?? id.replaceAll('_', ' '),
      subject: text('subject'),
      domain: text('domain'),
      description: text('description'),
      minutes: hours === undefined ? undefined : hours * MINUTES_PER_HOUR,
    });
  });
  const placed = shapes.list(read['edges'], 'edges').map((entry, k) => {
    const edge = shapes.list(entry, 'edges', k);
    const [from, to] = [shapes.id(edge[0], 'edges', k, 0), shapes.id(edge[1], 'edges', k, 1)];
    const strength = format === 'marble' ? shapes.strength(edge[2], 'edges', k, 2) : 'hard';
    return place('edges', k, from, to, strength);
  });
  return tidy(file, { format, ...termsOf(read, file), skills, placed });
}

/** networkx writes "links", from version 3.4 on "edges" if asked to; ids as they were in Python, text or number. */
function readNodeLink(value: unknown, file: string): SkillGraphData {
  const shapes = createShapes(file);
  const read = shapes.record(value);
  const field = read['links'] === undefined ? 'edges' : 'links';
  const skills = shapes.list(read['nodes'], 'nodes').map((entry, k): Skill => {
    const node = shapes.record(entry, 'nodes', k);
    const id = shapes.id(node['id'], 'nodes', k, 'id');
    const text = (name: string): string | undefined => shapes.words(node[name], 'nodes', k, name);
    const description = text('description');
    return withoutGaps({
      id,
      name: text('name') ?? text('label') ?? id,
      description: description === id ? undefined : description,
    });
  });
  const placed = shapes.list(read[field], field).map((entry, k) => {
    const link = shapes.record(entry, field, k);
    const [from, to] = [shapes.id(link['source'], field, k, 'source'), shapes.id(link['target'], field, k, 'target')];
    const strength = link['strength'] === undefined ? 'hard' : shapes.strength(link['strength'], field, k, 'strength');
    return place(field, k, from, to, strength);
  });
  const graph = read['graph'] === undefined ? {} : shapes.record(read['graph'], 'graph');
  return tidy(file, { format: 'node-link', ...termsOf({ ...graph, ...read }, file), skills, placed });
}

/** Such lists repeat a course that is taught under two names (the first stays) and need courses that they do not list. */
function readCoursePairs(value: unknown, file: string): SkillGraphData {
  const shapes = createShapes(file);
  const read = shapes.record(value);
  const names = new Map<string, string>();
  const courses = shapes.list(read['courses_name_pair'], 'courses_name_pair');
  for (const [k, entry] of courses.entries()) {
    const pair = shapes.list(entry, 'courses_name_pair', k);
    const id = shapes.id(pair[0], 'courses_name_pair', k, 0);
    if (!names.has(id)) names.set(id, shapes.words(pair[1], 'courses_name_pair', k, 1) ?? id);
  }
  const listed = names.size;
  const placed = shapes.list(read['prereqs'], 'prereqs').map((entry, k) => {
    const pair = shapes.list(entry, 'prereqs', k);
    const [from, to] = [0, 1].map((end) => shapes.id(pair[end], 'prereqs', k, end));
    for (const id of [from, to]) if (!names.has(id)) names.set(id, id);
    return place('prereqs', k, from, to, 'hard');
  });
  const notes = [
    ...counted(courses.length - listed, 'repeated courses merged'),
    ...counted(names.size - listed, 'courses that only prerequisites mention added by their code'),
  ];
  const skills = Array.from(names, ([id, name]) => ({ id, name }));
  return tidy(file, { format: 'course-pairs', ...termsOf(read, file), skills, placed, notes });
}

const counted = (count: number, what: string): string[] => (count > 0 ? [`${count} ${what}`] : []);

function place(
  field: string,
  k: number,
  from: string,
  to: string,
  strength: Prerequisite['strength'],
): PlacedPrerequisite {
  return { prerequisite: { from, to, strength, source: 'given' }, at: () => ({ path: `$.${field}[${k}]` }) };
}

/** Without the fields that are undefined. */
function withoutGaps({ id, name, ...more }: { [K in keyof Skill]: Skill[K] | undefined }): Skill {
  const skill: Record<string, unknown> = { id, name };
  for (const field in more) {
    const value = more[field as keyof typeof more];
    if (value !== undefined) skill[field] = value;
  }
  return skill as unknown as Skill;
}

interface Terms {
  readonly name?: string | undefined;
  readonly license?: string | undefined;
  readonly licence?: string | undefined;
  readonly credit?: string | undefined;
  readonly source?: string | undefined;
}

/** Name, licence and credit as stated; a "credit: ..." inside the licence text is the credit. */
function terms({ name, license, licence = license, credit, source }: Terms, file: string) {
  const inside = licence === undefined ? undefined : /credit:\s*(.+)$/i.exec(licence)?.[1];
  const named = credit ?? inside;
  return {
    name: name ?? file,
    ...(licence !== undefined && { licence }),
    ...(named !== undefined && { credit: named }),
    ...(source !== undefined && { source }),
  };
}

function termsOf(read: Readonly<Record<string, unknown>>, file: string) {
  const shapes = createShapes(file);
  const [name, license, licence, credit, source] = ['name', 'license', 'licence', 'credit', 'source'].map((field) =>
    shapes.words(read[field], field),
  );
  return terms({ name, license, licence: licence ?? license, credit, source }, file);
}
