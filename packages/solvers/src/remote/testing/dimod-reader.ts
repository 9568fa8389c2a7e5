/** dimod's binary files read back, with Node's Buffer and CRC: written from dimod's readers, apart from our writers. */
import { inflateRawSync, crc32 as nodeCrc32 } from 'node:zlib';
import { type BinaryQuadraticModel, type ConstrainedQuadraticModel, createBqm, createCqm } from '@qurriculum/problems';

interface Header {
  readonly data: Record<string, unknown>;
  /** Where what follows the header begins. */
  readonly end: number;
}

function readHeader(file: Buffer, prefix: string): Header {
  if (file.toString('ascii', 0, prefix.length) !== prefix) throw new Error(`expected ${prefix}`);
  if (file[prefix.length] !== 2 || file[prefix.length + 1] !== 0) throw new Error('expected version 2.0');
  const start = prefix.length + 6;
  const end = start + file.readUInt32LE(prefix.length + 2);
  if (end % 64 !== 0) throw new Error('expected a header of whole blocks');
  return { data: JSON.parse(file.toString('ascii', start, end)), end };
}

export function readBqmFile(file: Buffer): BinaryQuadraticModel {
  const { data, end } = readHeader(file, 'DIMODBQM');
  const [size, pairs] = data['shape'] as [number, number];
  const start = Array.from({ length: size }, (_, i) => file.readInt32LE(end + 8 + 12 * i));
  const linear = Array.from({ length: size }, (_, i) => file.readDoubleLE(end + 12 + 12 * i));
  const rows = end + 8 + 12 * size;
  const quadratic: [number, number, number][] = [];
  for (let i = 0; i < size; i++) {
    for (let k = start[i]; k < (start[i + 1] ?? 2 * pairs); k++) {
      const other = file.readInt32LE(rows + 12 * k);
      if (other < i) quadratic.push([i, other, file.readDoubleLE(rows + 12 * k + 4)]);
    }
  }
  if (rows + 24 * pairs !== file.length) throw new Error('expected the file to end with the rows');
  const vartype = data['vartype'] as 'SPIN' | 'BINARY';
  return createBqm({ vartype, variables: size, linear, quadratic, offset: file.readDoubleLE(end) });
}

/** The archive by its central directory, every entry held to its CRC. */
export function readZip(file: Buffer): Map<string, Buffer> {
  const end = file.length - 22;
  if (file.readUInt32LE(end) !== 0x06054b50) throw new Error('expected the end of the directory');
  const entries = new Map<string, Buffer>();
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    if (file.readUInt32LE(at) !== 0x02014b50) throw new Error('expected an entry of the directory');
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const local = file.readUInt32LE(at + 42);
    if (file.readUInt32LE(local) !== 0x04034b50) throw new Error('expected a local header');
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const stored = file.subarray(from, from + file.readUInt32LE(at + 20));
    const bytes = file.readUInt16LE(at + 10) === 8 ? inflateRawSync(stored) : stored;
    if (nodeCrc32(bytes) !== file.readUInt32LE(at + 16)) throw new Error(`expected the CRC of ${name}`);
    entries.set(name, Buffer.from(bytes));
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

interface Expression {
  readonly terms: [number, number][];
  readonly pairs: [number, number, number][];
  readonly offset: number;
}

export function readExpression(file: Buffer): Expression {
  const { data, end } = readHeader(file, 'DIMODEXPR');
  const [size, count] = data['shape'] as [number, number];
  let at = end;
  const section = (magic: string): Buffer => {
    if (file.toString('ascii', at, at + 4) !== magic) throw new Error(`expected ${magic}`);
    const wide = magic === 'QUAD';
    const from = at + (wide ? 12 : 8);
    at = from + (wide ? Number(file.readBigUInt64LE(at + 4)) : file.readUInt32LE(at + 4));
    return file.subarray(from, at);
  };
  const indices = section('INDX');
  const offset = section('OFFS').readDoubleLE(0);
  const linear = section('LINB');
  const quadratic = section('QUAD');
  if (at !== file.length) throw new Error('expected four sections');
  const variable = (k: number): number => indices.readInt32LE(4 * k);
  const pairs = Array.from({ length: count }, (_, k): [number, number, number] => [
    variable(quadratic.readInt32LE(16 * k)),
    variable(quadratic.readInt32LE(16 * k + 4)),
    quadratic.readDoubleLE(16 * k + 8),
  ]);
  return { terms: Array.from({ length: size }, (_, k) => [variable(k), linear.readDoubleLE(8 * k)]), pairs, offset };
}

export function readCqmFile(file: Buffer): ConstrainedQuadraticModel {
  const { data } = readHeader(file, 'DIMODCQM');
  const entries = readZip(file);
  const kinds = entries.get('varinfo')!.subarray(8);
  const variables = Array.from({ length: data['num_variables'] as number }, (_, i) => ({
    name: `${i}`,
    kind: kinds.readInt8(17 * i) === 0 ? ('BINARY' as const) : ('INTEGER' as const),
    lower: kinds.readDoubleLE(17 * i + 1),
    upper: kinds.readDoubleLE(17 * i + 9),
  }));
  const { terms, pairs, offset } = readExpression(entries.get('objective')!);
  const constraints = Array.from({ length: data['num_constraints'] as number }, (_, c) => {
    const folder = `constraints/${c}`;
    const left = readExpression(entries.get(`${folder}/lhs`)!);
    return {
      name: `${c}`,
      terms: left.terms,
      quadratic: left.pairs,
      sense: entries.get(`${folder}/sense`)!.toString('ascii') as '<=' | '>=' | '==',
      rhs: entries.get(`${folder}/rhs`)!.readDoubleLE(0),
    };
  });
  return createCqm({ variables, linear: terms, quadratic: pairs, offset, constraints });
}
