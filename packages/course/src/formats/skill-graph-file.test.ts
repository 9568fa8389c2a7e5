import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakCycles } from '../break-cycles.ts';
import { foundationsOfAlgebra } from '../sample-course/index.ts';
import { createSkillGraph, SkillGraphError } from '../skill-graph.ts';
import { FormatError } from './format-error.ts';
import { skillGraphFile, skillGraphJsonSchema } from './graph-json-schema.ts';
import { detectGraphFormat, readSkillGraph, toSkillGraphFile } from './skill-graph-file.ts';

const DATA = process.env['QURRICULUM_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data');

function load(path: string): string {
  const bytes = readFileSync(resolve(DATA, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function refusal(text: string): FormatError {
  try {
    readSkillGraph(text, 'f.json');
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('expected a FormatError');
}

const json = (value: unknown): string => JSON.stringify(value);

describe('our own file', () => {
  it('comes back as it was written', () => {
    const { graph } = foundationsOfAlgebra;
    const text = json(toSkillGraphFile(graph, { name: 'Algebra', licence: 'Apache-2.0', credit: 'us' }));
    expect(detectGraphFormat(text)).toBe('qurriculum');
    const read = readSkillGraph(text, 'a.json');
    expect(read.skills).toEqual(graph.skills);
    expect(read.prerequisites).toEqual(graph.prerequisites);
    expect([read.name, read.licence, read.credit, read.notes]).toEqual(['Algebra', 'Apache-2.0', 'us', []]);
    expect(createSkillGraph(read.skills, read.prerequisites).depth).toEqual(graph.depth);
  });

  it('has defaults, and a schema that other programs can read', () => {
    const read = readSkillGraph(
      json({
        format: 'qurriculum-skill-graph',
        version: 1,
        skills: [{ id: 'a' }, { id: 'b' }],
        prerequisites: [{ from: 'a', to: 'b' }],
      }),
      'a.json',
    );
    expect(read.skills[0]).toEqual({ id: 'a', name: 'a' });
    expect(read.prerequisites).toEqual([{ from: 'a', to: 'b', strength: 'hard' }]);
    expect(read.licence).toBeUndefined();
    const schema = skillGraphJsonSchema() as { $schema: string; required: string[] };
    expect(schema.$schema).toContain('2020-12');
    expect(schema.required).toEqual(expect.arrayContaining(['format', 'version', 'skills', 'prerequisites']));
    expect(skillGraphFile.safeParse({ format: 'qurriculum-skill-graph' }).success).toBe(false);
  });
});

describe('small files of each format', () => {
  it.each([
    [
      'marble',
      json({
        name: 'm',
        license: 'ODbL; credit: Some One',
        nodes: [
          { id: 'a', name: 'A' },
          { id: 'b', name: 'B' },
        ],
        edges: [['a', 'b', 'soft']],
      }),
    ],
    [
      'metacademy',
      json({
        nodes: [
          { id: 'a', hours: 1.5 },
          { id: 'b', hours: null },
        ],
        edges: [['a', 'b']],
      }),
    ],
    [
      'node-link',
      json({ directed: true, nodes: [{ id: 'a', name: 'A' }, { id: 'b' }], links: [{ source: 'a', target: 'b' }] }),
    ],
    ['node-link', json({ directed: true, nodes: [{ id: 1 }, { id: 2 }], edges: [{ source: 1, target: 2 }] })],
    ['course-pairs', json({ courses_name_pair: [['a', 'A']], prereqs: [['a', 'b']] })],
    ['edge-list', 'Prerequisite,Skill\na,b\n'],
    ['edge-list', '\uFEFFfrom;to;strength\r\n"a";"b";soft\r\n'],
    ['edge-list', 'source_id\ttarget_id\n\na\tb'],
  ])('reads %s', (format, text) => {
    expect(detectGraphFormat(text)).toBe(format);
    const { skills, prerequisites } = readSkillGraph(text, 'f');
    expect(skills).toHaveLength(2);
    expect(createSkillGraph(skills, prerequisites).prerequisites).toHaveLength(1);
  });

  it('keeps minutes, strengths, licence and credit', () => {
    expect(readSkillGraph(json({ nodes: [{ id: 'a', hours: 1.5 }], edges: [] }), 'f').skills[0].minutes).toBe(90);
    const marble = json({
      license: 'ODbL; credit: Some One',
      nodes: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
      edges: [['a', 'b', 'soft']],
    });
    expect(readSkillGraph(marble, 'f')).toMatchObject({ credit: 'Some One', prerequisites: [{ strength: 'soft' }] });
  });

  it('merges repetitions, says so, and keeps loops for the graph to refuse', () => {
    const read = readSkillGraph('from,to,strength,confidence\na,b,soft,0.5\na,b,hard,\nc,,,\n', 'f.csv');
    expect(read.prerequisites).toEqual([{ from: 'a', to: 'b', strength: 'hard', source: 'given' }]);
    expect(read.skills.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(read.notes).toEqual(['1 repeated prerequisite merged']);
    const { skills, prerequisites } = readSkillGraph('from,to\na,a', 'f.csv');
    expect(() => createSkillGraph(skills, prerequisites)).toThrow(SkillGraphError);
  });

  it('reads quoted cells with delimiters, quotes and line ends in them', () => {
    const read = readSkillGraph('from,to\n"a, ""b""\nc",d\ne,f\n', 'f.csv');
    expect(read.skills.map(({ id }) => id)).toEqual(['a, "b"\nc', 'd', 'e', 'f']);
    const loose = readSkillGraph('\uFEFFfrom;to\r\n "a" ; 5" pipe \r\n', 'f.csv');
    expect(loose.skills.map(({ id }) => id)).toEqual(['a', '5" pipe']);
  });

  it('counts lines as an editor does: cells over several lines and empty lines too', () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['from,to', '"a', 'b",c', '', 'd,e,f'].join(end);
      expect(() => readSkillGraph(text, 'f.csv')).toThrow('f.csv at line 5: expected 2 cells, got 3;');
    }
  });
});

describe('bad files', () => {
  it.each([
    ['', 'empty', {}],
    ['  \n ', 'empty', {}],
    ['\u0001\u0000\u0002', 'unknown-format', {}],
    ['{"nodes": [', 'not-json', { line: 1 }],
    ['{"a":1}', 'unknown-format', { path: '$' }],
    ['[1,2]', 'unknown-format', { path: '$' }],
    ['hello world', 'missing-column', { line: 1 }],
    ['from,b\n1,2', 'missing-column', { line: 1 }],
    ['from,to\na,b\nc\n', 'bad-row', { line: 3 }],
    ['from,to\na,"b\n', 'bad-row', { line: 2 }],
    ['from,to\na,"b"c\n', 'bad-row', { line: 2 }],
    ['from,to,strength\na,b,maybe', 'bad-value', { line: 2, column: 3 }],
    ['from,to,confidence\na,b,NaN', 'bad-value', { line: 2, column: 3 }],
    [json({ nodes: [{ id: 'a', name: 'A' }], edges: [['a', 'z', 'hard']] }), 'unknown-skill', { path: '$.edges[0]' }],
    [json({ nodes: [{ id: 'a', name: 'A' }], edges: [['a', 'a', 'firm']] }), 'bad-value', { path: '$.edges[0][2]' }],
    [json({ nodes: [{ id: 'a' }, { id: 'a' }], edges: [['a', 'a']] }), 'duplicate-skill', { path: 'skill 2' }],
    [json({ nodes: [{ id: 'a', hours: 'two' }], edges: [['a', 'a']] }), 'bad-value', { path: '$.nodes[0].hours' }],
    [json({ nodes: [{ name: 'x' }], links: [] }), 'bad-value', { path: '$.nodes[0].id' }],
    [json({ skills: [{ id: '' }], prerequisites: [] }), 'bad-value', {}],
  ])('refuses %j', (text, code, at) => {
    const error = refusal(text);
    expect([error.code, error.file]).toEqual([code, 'f.json']);
    expect(error.at).toMatchObject(at);
    expect(error.message).toMatch(/^f\.json.*: expected .+, got .+; .+\.$/s);
  });

  it('answers any text with a graph or a FormatError', () => {
    const piece = fc.constantFrom(
      'from',
      'to',
      ',',
      '\n',
      '"',
      ';',
      'a',
      'b',
      '{',
      '}',
      '[',
      ']',
      ':',
      '"nodes"',
      '"edges"',
      '1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (text) => {
          detectGraphFormat(text);
          try {
            readSkillGraph(text, 'f');
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
    );
  });
});

describe.skipIf(!existsSync(DATA))(`published graphs (skipped where ${DATA} is absent)`, () => {
  const read = (path: string) => readSkillGraph(load(path), path);

  it('reads the Marble taxonomy with its published figures and its credit line', () => {
    const data = read('paths/marble-v1.json');
    const graph = createSkillGraph(data.skills, data.prerequisites);
    expect([graph.skills.length, graph.prerequisites.length, Math.max(...graph.depth)]).toEqual([1590, 3221, 28]);
    const hard = data.prerequisites.filter(({ strength }) => strength === 'hard');
    expect([hard.length, Math.max(...createSkillGraph(data.skills, hard).depth)]).toEqual([2025, 24]);
    expect(graph.depth.filter((depth) => depth === 0)).toHaveLength(100);
    expect(data.licence).toContain('ODbL');
    expect(data.credit).toContain('Marble Skill Taxonomy');
  });

  it('reads Metacademy with its published figures, hours as minutes', () => {
    const data = read('paths/metacademy-393.json');
    const graph = createSkillGraph(data.skills, data.prerequisites);
    expect([graph.skills.length, graph.prerequisites.length, Math.max(...graph.depth)]).toEqual([393, 629, 13]);
    expect(data.skills.filter(({ minutes }) => minutes !== undefined)).toHaveLength(282);
    expect(data.skills.find(({ id }) => id === 'ada_boost')!.minutes).toBeCloseTo(64.758, 2);
    expect(data.licence).toContain('Attribution-ShareAlike 3.0');
  });

  it.each([
    ['learner/prereq_kc4edu_DBE-KT22.json.gz', 98, 101, 0],
    ['learner/prereq_kc4edu_WDKG-Course.json.gz', 46, 73, 1],
    ['learner/prereq_kc4edu_WDKG-KnowledgePoints.json.gz', 121, 285, 0],
  ])('reads %s', (path, skills, prerequisites, loops) => {
    const data = read(path);
    expect([data.format, data.skills.length, data.prerequisites.length]).toEqual(['node-link', skills, prerequisites]);
    const { dropped } = breakCycles(data.skills, data.prerequisites);
    expect(dropped.map(({ reason }) => reason)).toEqual(new Array(loops).fill('self-loop'));
  });

  it('names what is wrong with the Junyi graph, and mends it', () => {
    const data = read('learner/prereq_kc4edu_Junyi-Prerequisites.json.gz');
    expect([data.skills.length, data.prerequisites.length]).toEqual([1004, 740]);
    expect(() => createSkillGraph(data.skills, data.prerequisites)).toThrow(SkillGraphError);
    const { graph, dropped } = breakCycles(data.skills, data.prerequisites);
    expect(graph.prerequisites.length + dropped.length).toBe(740);
    expect(dropped.map(({ reason }) => reason)).toEqual(['self-loop', 'self-loop']);
  });

  it('cleans the Stony Brook courses: repetitions, loops and 2-cycles', () => {
    const data = read('learner/prereq_sbu_courses_graph.json.gz');
    expect([data.format, data.skills.length, data.prerequisites.length]).toEqual(['course-pairs', 2591, 2783]);
    const { graph, dropped } = breakCycles(data.skills, data.prerequisites);
    const count = (reason: string): number => dropped.filter((drop) => drop.reason === reason).length;
    expect([count('self-loop'), count('cycle'), count('duplicate')]).toEqual([17, 4, 0]);
    expect(dropped.filter(({ reason }) => reason === 'cycle').map(({ cycle }) => cycle.length)).toEqual([2, 2, 2, 2]);
    expect(graph.prerequisites.length).toBe(2783 - 21);
  });
});
