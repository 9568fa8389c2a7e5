/**
 * Reads the part of OpenQASM 3.0 (https://openqasm.com; Cross et al. 2022, ACM TQC 3(3)) that `toOpenQasm` writes: one
 * qubit register, one bit register, gates of stdgates.inc on single qubits, and `c = measure q;` at the end. Angles may
 * be expressions of numbers, pi and + - * / ( ). Everything else is refused, with its place.
 */
import { type Circuit, createCircuit, type Operation } from './circuit.ts';
import { GATES, type GateName } from './gates.ts';
import { qasmError, qasmTokens, type Token } from './qasm-tokens.ts';
import { MOST_QUBITS } from './state-vector.ts';

export interface QasmProgram {
  readonly circuit: Circuit;
  /** Whether it ends in `c = measure q;`: bit k of `c` is qubit k. */
  readonly measured: boolean;
}

/** The tokens not yet read. */
interface Reader {
  peek(): Token;
  take(): Token;
  /** Takes the given symbol or word. */
  expect(text: string): Token;
  word(what: string): Token;
  whole(what: string, most: number): number;
  fail(token: Token, expected: string, advice: string): Error;
}

interface Registers {
  qubits: { readonly name: string; readonly size: number } | null;
  bits: { readonly name: string; readonly size: number } | null;
}

/** @param name what errors call the source. @throws QuantumError BAD_QASM: "name:line:column: expected X, got Y; do Z". */
export function parseOpenQasm(source: string, name = 'circuit.qasm'): QasmProgram {
  const reader = createReader(source, name);
  readHeader(reader);
  const registers: Registers = { qubits: null, bits: null };
  const operations: Operation[] = [];
  let measured = false;
  while (reader.peek().kind !== 'end') {
    const token = reader.word('a gate, qubit, bit or a measurement');
    if (measured) throw reader.fail(token, 'nothing behind the measurement', 'measure all qubits once, at the end');
    if (token.text === 'qubit' || token.text === 'bit') declare(reader, token, registers);
    else if (token.text === registers.bits?.name) measured = readMeasurement(reader, registers);
    else operations.push(readGate(reader, token, registers));
  }
  if (!registers.qubits) throw reader.fail(reader.peek(), 'qubit[n] q;', 'declare the qubits');
  return { circuit: createCircuit(registers.qubits.size, operations), measured };
}

function createReader(source: string, name: string): Reader {
  const tokens = qasmTokens(source, name);
  let at = 0;
  const peek = (): Token => tokens[at];
  const take = (): Token => (tokens[at].kind === 'end' ? tokens[at] : tokens[at++]);
  const fail = (token: Token, expected: string, advice: string) => qasmError(name, token, expected, advice);
  return {
    peek,
    take,
    fail,
    expect(text) {
      if (peek().text !== text || peek().kind === 'text') throw fail(peek(), `"${text}"`, 'correct the statement');
      return take();
    },
    word(what) {
      if (peek().kind !== 'word') throw fail(peek(), what, 'correct the statement');
      return take();
    },
    whole(what, most) {
      const token = peek();
      if (token.kind !== 'number' || !/^\d+$/.test(token.text) || Number(token.text) > most) {
        throw fail(token, `${what}, a whole number of at most ${most}`, 'correct it');
      }
      return Number(take().text);
    },
  };
}

/** `OPENQASM 3.0; include "stdgates.inc";` */
function readHeader(reader: Reader): void {
  reader.expect('OPENQASM');
  const version = reader.take();
  if (!/^3(\.\d+)?$/.test(version.text)) throw reader.fail(version, 'version 3.0', 'convert the file to OpenQASM 3');
  reader.expect(';');
  if (reader.peek().text !== 'include') return;
  reader.take();
  const file = reader.take();
  if (file.text !== '"stdgates.inc"') throw reader.fail(file, '"stdgates.inc"', 'no other file can be included');
  reader.expect(';');
}

/** `qubit[n] q;` or `bit[n] c;`, once each. */
function declare(reader: Reader, keyword: Token, registers: Registers): void {
  const key = keyword.text === 'qubit' ? 'qubits' : 'bits';
  if (registers[key]) throw reader.fail(keyword, `one ${keyword.text} register`, 'join the registers into one');
  let size = 1;
  if (reader.peek().text === '[') {
    reader.take();
    const token = reader.peek();
    size = reader.whole(`how many ${keyword.text}s`, MOST_QUBITS);
    if (size < 1) throw reader.fail(token, `at least 1 ${keyword.text}`, 'correct it');
    reader.expect(']');
  }
  const name = reader.word('a name');
  const other = registers.qubits ?? registers.bits;
  if (name.text === other?.name || Object.hasOwn(GATES, name.text)) {
    throw reader.fail(name, 'a name that is not taken', 'rename the register');
  }
  reader.expect(';');
  registers[key] = { name: name.text, size };
}

/** `= measure q;` behind the bit register's name. */
function readMeasurement(reader: Reader, { qubits, bits }: Registers): true {
  reader.expect('=');
  reader.expect('measure');
  const name = reader.word('the qubit register');
  if (!qubits || name.text !== qubits.name || bits?.size !== qubits.size) {
    const expected = qubits ? `"${qubits.name}", with as many bits as qubits` : 'a qubit register declared before';
    throw reader.fail(name, expected, 'measure the whole register');
  }
  reader.expect(';');
  return true;
}

/** `name(angle, ...) q[i], q[j];` */
function readGate(reader: Reader, token: Token, { qubits }: Registers): Operation {
  if (!Object.hasOwn(GATES, token.text)) {
    throw reader.fail(token, `one of ${Object.keys(GATES).join(', ')}`, 'rewrite it in these gates');
  }
  const gate = token.text as GateName;
  if (!qubits) throw reader.fail(token, 'qubit[n] q; before the first gate', 'declare the qubits');
  const parameters: number[] = [];
  for (let k = 0; k < GATES[gate].parameters; k++) {
    reader.expect(k === 0 ? '(' : ',');
    const first = reader.peek();
    const angle = readSum(reader);
    if (!Number.isFinite(angle)) throw reader.fail(first, 'a finite angle', 'correct it');
    parameters.push(angle);
  }
  if (parameters.length > 0) reader.expect(')');
  const operands: number[] = [];
  for (let k = 0; k < GATES[gate].qubits; k++) {
    if (k > 0) reader.expect(',');
    reader.expect(qubits.name);
    reader.expect('[');
    const place = reader.peek();
    const qubit = reader.whole('a qubit', qubits.size - 1);
    if (operands.includes(qubit)) throw reader.fail(place, 'different qubits', 'correct it');
    operands.push(qubit);
    reader.expect(']');
  }
  reader.expect(';');
  return { gate, qubits: operands, parameters };
}

function readSum(reader: Reader): number {
  let value = readProduct(reader);
  while (reader.peek().text === '+' || reader.peek().text === '-') {
    value = reader.take().text === '+' ? value + readProduct(reader) : value - readProduct(reader);
  }
  return value;
}

function readProduct(reader: Reader): number {
  let value = readFactor(reader);
  while (reader.peek().text === '*' || reader.peek().text === '/') {
    value = reader.take().text === '*' ? value * readFactor(reader) : value / readFactor(reader);
  }
  return value;
}

function readFactor(reader: Reader): number {
  const token = reader.take();
  if (token.text === '-') return -readFactor(reader);
  if (token.text === '+') return readFactor(reader);
  if (token.text === 'pi' || token.text === 'π') return Math.PI;
  if (token.kind === 'number') return Number(token.text);
  if (token.text !== '(') throw reader.fail(token, 'an angle: a number, pi or (', 'correct it');
  const value = readSum(reader);
  reader.expect(')');
  return value;
}
