/** Reads a skill graph in any format that we know, and writes our own. */
import type { SkillGraph } from '../skill-graph.ts';
import { looksLikeEdgeList, readEdgeList } from './edge-list.ts';
import { FormatError, show } from './format-error.ts';
import { detectJsonGraph, readJsonGraph } from './graph-json.ts';
import type { SkillGraphFile } from './graph-json-schema.ts';
import type { GraphFormat, SkillGraphData } from './skill-graph-data.ts';

const KNOWN =
  'a skill graph: Qurriculum JSON (skills, prerequisites), Marble or Metacademy JSON (nodes, edges), networkx node-link ' +
  'JSON (nodes, links), course pairs JSON (courses_name_pair, prereqs), or CSV with columns like prerequisite,skill';

/** The format of a file's text; null when it is not a skill graph that we know. Never throws. */
export function detectGraphFormat(text: string): GraphFormat | null {
  if (/^[\uFEFF\s]*[[{]/.test(text)) {
    try {
      return detectJsonGraph(JSON.parse(text.replace(/^\uFEFF/, '')));
    } catch {
      return null;
    }
  }
  return looksLikeEdgeList(text) ? 'edge-list' : null;
}

/**
 * Reads the text of a file (already unpacked).
 *
 * @param file the file's name, for messages.
 * @throws FormatError that says file, place, what was expected, what was there and what to do.
 */
export function readSkillGraph(text: string, file: string): SkillGraphData {
  if (text.trim() === '') {
    throw new FormatError('empty', file, {}, { expected: KNOWN, got: 'an empty file', advice: 'check the file' });
  }
  if (text.includes('\u0000')) {
    throw new FormatError(
      'unknown-format',
      file,
      {},
      { expected: KNOWN, got: 'binary data', advice: 'unpack or export it as text' },
    );
  }
  if (!/^[\uFEFF\s]*[[{]/.test(text)) {
    return readEdgeList(text, file);
  }
  const value = parseJson(text.replace(/^\uFEFF/, ''), file);
  const format = detectJsonGraph(value);
  if (format === null) {
    const got = Array.isArray(value)
      ? 'a JSON list'
      : `JSON with ${
          Object.keys(value as object)
            .slice(0, 8)
            .map(show)
            .join(', ') || 'no fields'
        }`;
    throw new FormatError(
      'unknown-format',
      file,
      { path: '$' },
      { expected: KNOWN, got, advice: 'convert it to one of these' },
    );
  }
  return readJsonGraph(value, file, format);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError('not-json', file, placeOf(text, String(error)), {
      expected: 'JSON',
      got: String(error).replace(/^SyntaxError: /, ''),
      advice: 'check whether the file is complete',
    });
  }
}

/** Engines tell the position of the error in their message, if at all. */
function placeOf(text: string, message: string): { line?: number; column?: number } {
  const found = /position (\d+)/.exec(message);
  const position = found ? Number(found[1]) : /end of/.test(message) ? text.length : null;
  if (position === null) return {};
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

/** A graph as our own file; `JSON.stringify` makes its text. */
export function toSkillGraphFile(
  graph: Pick<SkillGraph, 'skills' | 'prerequisites'>,
  about: Pick<SkillGraphFile, 'name' | 'licence' | 'credit' | 'source'> = {},
): SkillGraphFile {
  return {
    format: 'qurriculum-skill-graph',
    version: 1,
    ...about,
    skills: [...graph.skills],
    prerequisites: [...graph.prerequisites],
  };
}
