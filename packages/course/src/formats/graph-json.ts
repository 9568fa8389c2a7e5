/**
 * Readers of skill graphs in JSON: our own file, the Marble taxonomy, Metacademy, networkx node-link data, and lists of
 * courses with prerequisite pairs. Each checks shapes with zod and says where and what in plain words.
 */
import { z } from 'zod';
import type { Prerequisite } from '../skill-graph.ts';
import { FormatError, show } from './format-error.ts';
import { skillGraphFile } from './graph-json-schema.ts';
import type { GraphFormat, PlacedPrerequisite, SkillGraphData } from './skill-graph-data.ts';
import { tidy } from './skill-graph-data.ts';

const MINUTES_PER_HOUR = 60;
const text = z.string().min(1);
/** networkx writes ids as they were in Python: text or number. */
const anyId = z.union([text, z.number()]).transform(String);

const header = {
  name: z.string().optional(),
  license: z.string().optional(),
  licence: z.string().optional(),
  credit: z.string().optional(),
  source: z.string().optional(),
};

const marbleFile = z.object({
  ...header,
  nodes: z.array(
    z.object({
      id: text,
      name: text,
      subject: z.string().optional(),
      domain: z.string().optional(),
      description: z.string().optional(),
    }),
  ),
  edges: z.array(z.tuple([text, text, z.enum(['hard', 'soft'])])),
});

const metacademyFile = z.object({
  ...header,
  nodes: z.array(z.object({ id: text, name: z.string().optional(), hours: z.number().positive().nullish() })),
  edges: z.array(z.tuple([text, text])),
});

const nodeLinkNodes = z.array(
  z.object({ id: anyId, name: z.string().nullish(), label: z.string().nullish(), description: z.string().nullish() }),
);
const nodeLinks = z.array(
  z.object({
    source: anyId,
    target: anyId,
    strength: z.enum(['hard', 'soft']).optional(),
    weight: z.number().optional(),
  }),
);
/** networkx writes "links", from version 3.4 on "edges" if asked to. */
const nodeLinkFile = z
  .object({
    ...header,
    graph: z.object({ name: z.string().optional(), license: z.string().optional() }).partial().optional(),
    nodes: nodeLinkNodes,
    links: nodeLinks.optional(),
    edges: nodeLinks.optional(),
  })
  .refine((file) => file.links !== undefined || file.edges !== undefined, {
    path: ['links'],
    message: 'a list of links',
  });

const coursePairsFile = z.object({
  ...header,
  courses_name_pair: z.array(z.tuple([text, z.string()])),
  prereqs: z.array(z.tuple([text, text])),
});

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
    const read = parse(skillGraphFile, value, file);
    const placed = read.prerequisites.map((prerequisite, k) => place(prerequisite, `$.prerequisites[${k}]`));
    const skills = read.skills.map((skill) => ({ ...skill, name: skill.name ?? skill.id }));
    return tidy(file, { format: 'qurriculum', ...terms(read, file), skills, placed });
  },
  marble: (value, file) => {
    const read = parse(marbleFile, value, file);
    const placed = read.edges.map(([from, to, strength], k) =>
      place({ from, to, strength, source: 'given' }, `$.edges[${k}]`),
    );
    return tidy(file, { format: 'marble', ...terms(read, file), skills: read.nodes, placed });
  },
  metacademy: (value, file) => {
    const read = parse(metacademyFile, value, file);
    const placed = read.edges.map(([from, to], k) => place(given(from, to), `$.edges[${k}]`));
    const skills = read.nodes.map(({ id, name, hours }) => ({
      id,
      name: name ?? id.replaceAll('_', ' '),
      ...(hours != null && { minutes: hours * MINUTES_PER_HOUR }),
    }));
    return tidy(file, { format: 'metacademy', ...terms(read, file), skills, placed });
  },
  'node-link': (value, file) => {
    const read = parse(nodeLinkFile, value, file);
    const [links, field] = read.links ? [read.links, 'links'] : [read.edges!, 'edges'];
    const placed = links.map(({ source, target, strength }, k) =>
      place({ ...given(source, target), strength: strength ?? 'hard' }, `$.${field}[${k}]`),
    );
    const skills = read.nodes.map(({ id, name, label, description }) => ({
      id,
      name: name || label || id,
      ...(description && description !== id && { description }),
    }));
    const named = { ...read, name: read.name ?? read.graph?.name, license: read.license ?? read.graph?.license };
    return tidy(file, { format: 'node-link', ...terms(named, file), skills, placed });
  },
  'course-pairs': (value, file) => {
    const read = parse(coursePairsFile, value, file);
    const placed = read.prereqs.map(([from, to], k) => place(given(from, to), `$.prereqs[${k}]`));
    // Such lists repeat a course that is taught under two names; the first stays.
    const names = new Map([...read.courses_name_pair].reverse());
    const missing = new Set(read.prereqs.flat().filter((id) => !names.has(id)));
    const listed = new Set(read.courses_name_pair.map(([id]) => id));
    const skills = Array.from([...listed, ...missing], (id) => ({ id, name: names.get(id) || id }));
    const notes = [
      ...counted(read.courses_name_pair.length - listed.size, 'repeated courses merged'),
      ...counted(missing.size, 'courses that only prerequisites mention added by their code'),
    ];
    return tidy(file, { format: 'course-pairs', ...terms(read, file), skills, placed, notes });
  },
};

const counted = (count: number, what: string): string[] => (count > 0 ? [`${count} ${what}`] : []);
const given = (from: string, to: string): Prerequisite => ({ from, to, strength: 'hard', source: 'given' });
const place = (prerequisite: Prerequisite, path: string): PlacedPrerequisite => ({ prerequisite, at: { path } });

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

function parse<T extends z.ZodType>(schema: T, value: unknown, file: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue.path.reduce<string>(
    (at, step) => at + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`),
    '$',
  );
  let found: unknown = value;
  for (const step of issue.path) found = (found as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[step];
  throw new FormatError(
    'bad-value',
    file,
    { path },
    {
      expected: expectation(issue),
      got: show(found),
      advice: 'correct the value',
    },
  );
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'array' || issue.expected === 'tuple' ? 'a list' : `a ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => show(value)).join(' or ');
    case 'too_small':
      return issue.origin === 'string'
        ? 'text that is not empty'
        : issue.origin === 'array'
          ? `a list of at least ${issue.minimum}`
          : `at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array' ? `a list of at most ${issue.maximum}` : `at most ${issue.maximum}`;
    case 'invalid_union':
      return 'text or a number';
    default:
      return issue.message;
  }
}
