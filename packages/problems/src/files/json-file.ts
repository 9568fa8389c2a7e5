/**
 * `.json` files of Ocean: what `json.dumps(bqm.to_serializable())` writes for a binary quadratic model, schema 3.0.0 of
 * dimod (0.9 to 0.12; `dimod/binary/binary_quadratic_model.py`, `to_serializable`), with biases as lists (`use_bytes` false).
 *
 * `info` is not kept, and biases are written as float64. Ocean has no JSON for constrained models: they go through its
 * binary files (ocean/cqm-reader.ts) or through LP files, which `dimod.lp.dump` and `dimod.lp.load` write and read.
 */
import { type BinaryQuadraticModel, createBqm, upperPairs, type Vartype } from '../bqm.ts';
import { ProblemError } from '../errors.ts';
import { parseJson } from './json-syntax.ts';
import { isObject, type JsonObject, labelText, labelValue, shown } from './json-values.ts';
import type { BqmFile } from './problem-file.ts';

type Fault = (path: string, expected: string, got: unknown, advice?: string) => ProblemError;

/** Reads a serialised model. @throws ProblemError BAD_FILE with line and column (syntax) or the path in the document. */
export function readOceanJson(text: string, name = 'json file'): BqmFile {
  const parsed = parseJson(text, name);
  const fault: Fault = (path, expected, got, advice = 'correct it') =>
    new ProblemError('BAD_FILE', `${name}: ${path}: expected ${expected}, got ${shown(got)}; ${advice}.`);
  const { document, vartype, offset } = requireHead(parsed, fault);
  const list = listReader(document, fault);
  const variables = list('variable_labels').map((label, k) => {
    const text = labelText(label);
    if (text === null) throw fault(`variable_labels[${k}]`, 'a text, a number or a list', label);
    return text;
  });
  const size = variables.length;
  const numbers = (field: string, length?: number): Float64Array =>
    Float64Array.from(list(field, length), (value, k) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) throw fault(`${field}[${k}]`, 'a finite number', value);
      return value;
    });
  const coefficient = numbers('quadratic_biases');
  const indices = (field: string): Int32Array =>
    Int32Array.from(numbers(field, coefficient.length), (index, k) => {
      if (Number.isInteger(index) && index >= 0 && index < size) return index;
      throw fault(`${field}[${k}]`, `a variable from 0 to ${size - 1}`, index);
    });
  const [first, second] = [indices('quadratic_head'), indices('quadratic_tail')];
  for (const [field, expected] of [
    ['num_variables', size],
    ['num_interactions', coefficient.length],
  ] as const) {
    if (document[field] !== expected) throw fault(field, `${expected} as the lists have`, document[field]);
  }
  const self = first.findIndex((i, k) => i === second[k]);
  if (self >= 0) throw fault(`quadratic_tail[${self}]`, 'another variable than the head', second[self]);
  const linear = numbers('linear_biases', size);
  const problem = createBqm({ vartype, variables, offset, linear, quadratic: { first, second, coefficient } });
  return { format: 'json', problem, sense: 'minimise', objectiveName: 'energy', objectiveOf: (energy) => energy };
}

/** What kind of document it is, and its single values. */
function requireHead(parsed: unknown, fault: Fault): { document: JsonObject; vartype: Vartype; offset: number } {
  if (!isObject(parsed)) {
    throw fault('document', 'an object', parsed, 'write it by json.dumps(bqm.to_serializable())');
  }
  const { type, version } = parsed;
  if (type !== 'BinaryQuadraticModel') {
    throw fault('type', '"BinaryQuadraticModel"', type, 'pass constrained models as .cqm or .lp files');
  }
  const schema = isObject(version) ? version['bqm_schema'] : undefined;
  if (schema !== '3.0.0') throw fault('version.bqm_schema', '"3.0.0"', schema, 'write it by a dimod from 0.9 on');
  if (parsed['use_bytes'] !== false) {
    throw fault('use_bytes', 'false', parsed['use_bytes'], 'write it without use_bytes');
  }
  const vartype = parsed['variable_type'];
  if (vartype !== 'SPIN' && vartype !== 'BINARY') throw fault('variable_type', '"SPIN" or "BINARY"', vartype);
  const offset = parsed['offset'];
  if (typeof offset !== 'number') throw fault('offset', 'a number', offset);
  return { document: parsed, vartype, offset };
}

/** Reads lists of a document, of a given length where one is known. */
function listReader(document: JsonObject, fault: Fault): (field: string, length?: number) => readonly unknown[] {
  return (field, length) => {
    const value = document[field];
    if (!Array.isArray(value)) throw fault(field, 'a list', value);
    if (length !== undefined && value.length !== length) {
      throw fault(`${field}.length`, `${length}`, value.length, 'the file may be cut or edited');
    }
    return value;
  };
}

/** A serialised model that `BinaryQuadraticModel.from_serializable(json.loads(text))` reads. */
export function writeOceanJson(bqm: BinaryQuadraticModel): string {
  const pairs = upperPairs(bqm);
  const size = bqm.variables.length;
  return `${JSON.stringify({
    type: 'BinaryQuadraticModel',
    version: { bqm_schema: '3.0.0' },
    use_bytes: false,
    index_type: size <= 2 ** 16 ? 'uint16' : 'uint32',
    bias_type: 'float64',
    num_variables: size,
    num_interactions: pairs.length,
    variable_labels: bqm.variables.map(labelValue),
    variable_type: bqm.vartype,
    offset: bqm.offset,
    info: {},
    linear_biases: Array.from(bqm.linear),
    quadratic_biases: pairs.map(([, , bias]) => bias),
    quadratic_head: pairs.map(([i]) => i),
    quadratic_tail: pairs.map(([, j]) => j),
  })}\n`;
}
