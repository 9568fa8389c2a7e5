/**
 * `.qubo` files of D-Wave's qbsolv (README of dwavesystems/qbsolv, "qubo file format"): comment lines begin with c, one
 * line "p qubo 0 maxNodes nNodes nCouplers", then nNodes lines "i i bias" and nCouplers lines "i j bias", i < j, from 0.
 * Minimised. Nodes that no line names do not take part, but keep their numbers.
 */
import { type BinaryQuadraticModel, createBqm, type PairEntry, upperPairs } from '../bqm.ts';
import { ProblemError } from '../errors.ts';
import { fileError, readNumber, readWhole, tokensOf } from './lines.ts';
import type { BqmFile } from './problem-file.ts';

/** As in the other formats: a header beyond it is no header. */
const MOST_NODES = 2 ** 24;

interface Header {
  readonly size: number;
  readonly nodes: number;
  readonly couplers: number;
  readonly line: number;
}

/** Reads a qbsolv file; variables are called by their numbers. @throws ProblemError BAD_FILE with line and column. */
export function readQubo(text: string, name = 'qubo file'): BqmFile {
  const lines = text.split(/\r\n|\n|\r/);
  let header: Header | null = null;
  const quadratic: PairEntry[] = [];
  const seen = new Set<number>();
  let nodes = 0;
  for (const [k, content] of lines.entries()) {
    const tokens = tokensOf(content);
    const line = k + 1;
    if (tokens.length === 0 || tokens[0].text.startsWith('c')) continue;
    if (header === null) {
      header = readHeader(content, line, name);
      continue;
    }
    if (tokens.length !== 3) {
      throw fileError(name, line, 1, 'an entry "i j bias"', `${tokens.length} columns`, 'check the line');
    }
    const i = readWhole(name, line, tokens[0], 0, header.size - 1, 'a node');
    const j = readWhole(name, line, tokens[1], i, header.size - 1, 'a node not before the first');
    const bias = readNumber(name, line, tokens[2]);
    if (seen.has(i * header.size + j)) {
      throw fileError(name, line, 1, 'each entry once', `${i} ${j} again`, 'merge the lines');
    }
    seen.add(i * header.size + j);
    if (i === j) nodes++;
    quadratic.push([i, j, bias]);
  }
  const size = checked(header, nodes, quadratic.length - nodes, lines.length, name);
  const variables = Array.from({ length: size }, (_, i) => `${i}`);
  const problem = createBqm({ vartype: 'BINARY', variables, quadratic });
  return { format: 'qubo', problem, sense: 'minimise', objectiveName: 'objective', objectiveOf: (energy) => energy };
}

function readHeader(content: string, line: number, name: string): Header {
  const what = 'a line "p qubo 0 maxNodes nNodes nCouplers"';
  const tokens = tokensOf(content);
  if (tokens[0].text !== 'p' || tokens[1]?.text !== 'qubo' || tokens.length !== 6) {
    throw fileError(name, line, 1, what, JSON.stringify(content.slice(0, 40)), 'check the first lines');
  }
  if (tokens[2].text !== '0' && tokens[2].text !== 'unconstrained') {
    throw fileError(name, line, tokens[2].column, 'topology 0', JSON.stringify(tokens[2].text), 'correct the line');
  }
  const size = readWhole(name, line, tokens[3], 0, MOST_NODES, 'the number of nodes');
  const nodes = readWhole(name, line, tokens[4], 0, MOST_NODES, 'the number of node lines');
  const couplers = readWhole(name, line, tokens[5], 0, 2 ** 28, 'the number of coupler lines');
  return { size, nodes, couplers, line };
}

function checked(header: Header | null, nodes: number, couplers: number, lines: number, name: string): number {
  if (header === null) {
    throw fileError(name, lines, 1, 'a line "p qubo 0 maxNodes nNodes nCouplers"', 'none', 'check the file');
  }
  if (nodes !== header.nodes || couplers !== header.couplers) {
    const expected = `${header.nodes} nodes and ${header.couplers} couplers as the p line says`;
    throw fileError(name, header.line, 1, expected, `${nodes} and ${couplers}`, 'the file may be cut off');
  }
  return header.size;
}

/** A qbsolv file of a BINARY model; labels and offset are not kept. @throws ProblemError BAD_VARIABLE for SPIN. */
export function writeQubo(bqm: BinaryQuadraticModel): string {
  if (bqm.vartype !== 'BINARY') {
    throw new ProblemError('BAD_VARIABLE', 'writeQubo: expected a BINARY model, got SPIN; use toVartype first.');
  }
  const nodes = Array.from(bqm.linear, (bias, i) => `${i} ${i} ${bias}`);
  const couplers = upperPairs(bqm).map(([i, j, bias]) => `${i} ${j} ${bias}`);
  const head = `p qubo 0 ${bqm.linear.length} ${nodes.length} ${couplers.length}`;
  return `${[head, ...nodes, ...couplers].join('\n')}\n`;
}
