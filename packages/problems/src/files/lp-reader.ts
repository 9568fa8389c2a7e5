/** Grammar of LP files (see `lp-file.ts`): from words to expressions, rows, bounds and kinds, each with its place. */
import { fileError } from './lines.ts';
import { type LpSection, type LpToken, lpTokens } from './lp-tokens.ts';

/** A sum of terms; pairs with one variable twice are squares. */
export interface LpExpression {
  readonly linear: [string, number][];
  readonly pairs: [string, string, number][];
  constant: number;
  /** Where it begins. */
  readonly at: LpToken;
}

export interface LpRow {
  readonly name: string | null;
  /** Left side minus right side. */
  readonly left: LpExpression;
  readonly sense: '<=' | '>=' | '==';
}

export interface LpVariable {
  /** Where it was first named. */
  readonly at: LpToken;
  kind: 'continuous' | 'general' | 'binary';
  lower: number | null;
  upper: number | null;
}

export interface LpModel {
  readonly sense: 'minimise' | 'maximise';
  readonly objective: LpExpression;
  readonly rows: readonly LpRow[];
  /** In the order in which they are first named. */
  readonly variables: ReadonlyMap<string, LpVariable>;
}

/** Reads a file's words. @throws ProblemError BAD_FILE with line and column. */
export function parseLp(text: string, file: string): LpModel {
  const stream = tokenStream(lpTokens(text, file), file);
  const variables = new Map<string, LpVariable>();
  const seen = (token: LpToken): LpVariable => {
    const known = variables.get(token.text);
    if (known) return known;
    const made: LpVariable = { at: token, kind: 'continuous', lower: null, upper: null };
    variables.set(token.text, made);
    return made;
  };
  const head = stream.next();
  if (head.section !== 'minimise' && head.section !== 'maximise') throw stream.fault(head, 'Minimize or Maximize');
  readLabel(stream);
  const objective = readExpression(stream, seen, true);
  const rows: LpRow[] = [];
  let section: LpSection = head.section;
  while (section !== 'end') {
    const token = stream.next();
    if (token.kind === 'end of file') throw stream.fault(token, 'End');
    if (token.section === null) throw stream.fault(token, 'a section or an operator');
    section = token.section;
    readSection(section, token, stream, seen, rows);
  }
  const rest = stream.next();
  if (rest.kind !== 'end of file') throw stream.fault(rest, 'nothing after End');
  return { sense: head.section, objective, rows, variables };
}

type Seen = (token: LpToken) => LpVariable;

function readSection(section: LpSection, head: LpToken, stream: TokenStream, seen: Seen, rows: LpRow[]): void {
  const inside = (): boolean => stream.peek().section === null && stream.peek().kind !== 'end of file';
  if (section === 'end') return;
  if (section === 'constraints') {
    while (inside()) rows.push(...readRow(stream, seen));
  } else if (section === 'bounds') {
    while (inside()) readBound(stream, seen);
  } else if (section === 'general' || section === 'binary') {
    while (inside()) {
      const token = stream.next();
      if (token.kind !== 'name') throw stream.fault(token, 'the name of a variable');
      seen(token).kind = section;
    }
  } else throw stream.fault(head, 'one of the sections Subject To, Bounds, General, Binary, End');
}

interface TokenStream {
  peek(ahead?: number): LpToken;
  next(): LpToken;
  /** Takes a symbol if it is next. */
  take(symbol: string): boolean;
  fault(token: LpToken, expected: string): Error;
}

function tokenStream(tokens: readonly LpToken[], file: string): TokenStream {
  let at = 0;
  const peek = (ahead = 0): LpToken => tokens[Math.min(at + ahead, tokens.length - 1)];
  return {
    peek,
    next() {
      const token = peek();
      at++;
      return token;
    },
    take(symbol) {
      const found = peek().kind === 'symbol' && peek().text === symbol;
      if (found) at++;
      return found;
    },
    fault(token, expected) {
      const got = token.kind === 'end of file' ? token.text : JSON.stringify(token.text.slice(0, 40));
      return fileError(file, token.line, token.column, expected, got, 'correct the line');
    },
  };
}

/** "name:", if it is there. */
function readLabel(stream: TokenStream): LpToken | null {
  const colon = stream.peek(1);
  if (stream.peek().kind !== 'name' || colon.kind !== 'symbol' || colon.text !== ':') return null;
  const label = stream.next();
  stream.next();
  return label;
}

/** A sum up to a sense, a section or the next label; with `halved`, products stand in [ ... ] / 2. */
function readExpression(stream: TokenStream, seen: Seen, halved: boolean): LpExpression {
  const expression: LpExpression = { linear: [], pairs: [], constant: 0, at: stream.peek() };
  for (let first = true; ; first = false) {
    const sign = readSign(stream);
    const token = stream.peek();
    const begins = token.kind === 'number' || token.kind === 'name' || token.text === '[';
    if (!begins || (sign === null && !first)) {
      if (sign !== null) throw stream.fault(token, 'a number, a name or [ after the sign');
      return expression;
    }
    if (stream.take('[')) readProducts(stream, seen, expression, sign ?? 1, halved);
    else readTerm(stream, seen, expression, sign ?? 1);
    // The next row may begin where this one ends.
    if (isLabelNext(stream)) return expression;
  }
}

function isLabelNext(stream: TokenStream): boolean {
  return stream.peek().kind === 'name' && stream.peek(1).kind === 'symbol' && stream.peek(1).text === ':';
}

/** The product of signs; null where there is none. */
function readSign(stream: TokenStream): number | null {
  let sign: number | null = null;
  for (;;) {
    if (stream.take('-')) sign = -(sign ?? 1);
    else if (stream.take('+')) sign = sign ?? 1;
    else return sign;
  }
}

function readTerm(stream: TokenStream, seen: Seen, expression: LpExpression, sign: number): void {
  const number = stream.peek().kind === 'number' ? stream.next() : null;
  const coefficient = sign * (number ? finite(stream, number) : 1);
  if (stream.peek().kind !== 'name' || isLabelNext(stream)) {
    expression.constant += coefficient;
    return;
  }
  const name = stream.next();
  seen(name);
  expression.linear.push([name.text, coefficient]);
}

/** After "[": signed products and squares up to "]". */
function readProducts(stream: TokenStream, seen: Seen, expression: LpExpression, outer: number, halved: boolean): void {
  const pairs: [string, string, number][] = [];
  for (let first = true; !stream.take(']'); first = false) {
    const sign = readSign(stream);
    if (sign === null && !first) throw stream.fault(stream.peek(), '+, - or ]');
    const number = stream.peek().kind === 'number' ? finite(stream, stream.next()) : 1;
    const name = stream.next();
    if (name.kind !== 'name') throw stream.fault(name, 'the name of a variable');
    seen(name);
    const other = readFactor(stream, name);
    seen(other);
    pairs.push([name.text, other.text, outer * (sign ?? 1) * number]);
  }
  const slash = stream.peek();
  const divided = stream.take('/');
  if (divided !== halved)
    throw stream.fault(slash, halved ? '/ 2 after the products' : 'no division of products in a row');
  if (divided) {
    const two = stream.next();
    if (two.value !== 2) throw stream.fault(two, '2 after /');
  }
  for (const [i, j, value] of pairs) expression.pairs.push([i, j, divided ? value / 2 : value]);
}

/** "* name" or "^ 2". */
function readFactor(stream: TokenStream, name: LpToken): LpToken {
  if (stream.take('^')) {
    const two = stream.next();
    if (two.value !== 2) throw stream.fault(two, 'the exponent 2');
    return name;
  }
  if (!stream.take('*')) throw stream.fault(stream.peek(), '* or ^ 2 between the brackets');
  const other = stream.next();
  if (other.kind !== 'name') throw stream.fault(other, 'the name of a variable');
  return other;
}

function finite(stream: TokenStream, token: LpToken): number {
  if (!Number.isFinite(token.value)) throw stream.fault(token, 'a number below 1.8e308');
  return token.value;
}

function readSense(stream: TokenStream): LpRow['sense'] | null {
  if (stream.peek().kind !== 'sense') return null;
  const { text } = stream.next();
  if (text === '=') return '==';
  return text.includes('<') ? '<=' : '>=';
}

/** One row, or two for "low <= terms <= high": NAME_low and NAME_high. A right-hand side is one number, as CPLEX has it. */
function readRow(stream: TokenStream, seen: Seen): LpRow[] {
  const name = readLabel(stream)?.text ?? null;
  const first = readExpression(stream, seen, false);
  const sense = readSense(stream);
  if (sense === null) throw stream.fault(stream.peek(), '<=, >= or =');
  if (first.linear.length + first.pairs.length > 0) {
    return [{ name, left: minus(first, readConstant(stream)), sense }];
  }
  const second = readExpression(stream, seen, false);
  const turned = ({ '<=': '>=', '>=': '<=', '==': '==' } as const)[sense];
  const row = (suffix: string, rowSense: LpRow['sense'], bound: number): LpRow => ({
    name: suffix === '' || name === null ? name : `${name}_${suffix}`,
    left: minus(second, bound),
    sense: rowSense,
  });
  const at = stream.peek();
  const nextSense = readSense(stream);
  if (nextSense === null) return [row('', turned, first.constant)];
  if (sense !== nextSense || sense === '==') throw stream.fault(at, 'a range with the same inequality twice');
  const third = readConstant(stream);
  const [low, high] = sense === '<=' ? [first.constant, third] : [third, first.constant];
  return [row('low', '>=', low), row('high', '<=', high)];
}

function readConstant(stream: TokenStream): number {
  const sign = readSign(stream) ?? 1;
  const token = stream.next();
  if (token.kind !== 'number') throw stream.fault(token, 'a number on the right side');
  return sign * finite(stream, token);
}

function minus(expression: LpExpression, constant: number): LpExpression {
  return { ...expression, constant: expression.constant - constant };
}

/** "x free", "x <= 4", "2 <= x", "2 <= x <= 4" or "x = 3". */
function readBound(stream: TokenStream, seen: Seen): void {
  const name = (): LpToken => {
    const token = stream.next();
    if (token.kind !== 'name') throw stream.fault(token, 'the name of a variable');
    return token;
  };
  if (stream.peek().kind === 'name' && !isInfinity(stream.peek())) {
    const variable = seen(name());
    const sense = readSense(stream);
    if (sense !== null) {
      setBound(variable, sense, readBoundValue(stream));
      return;
    }
    const word = stream.next();
    if (word.text.toLowerCase() !== 'free') throw stream.fault(word, '<=, >=, = or free');
    variable.lower = Number.NEGATIVE_INFINITY;
    variable.upper = Number.POSITIVE_INFINITY;
    return;
  }
  const value = readBoundValue(stream);
  const sense = readSense(stream);
  if (sense === null) throw stream.fault(stream.peek(), '<=, >= or =');
  const variable = seen(name());
  setBound(variable, ({ '<=': '>=', '>=': '<=', '==': '==' } as const)[sense], value);
  const other = readSense(stream);
  if (other !== null) setBound(variable, other, readBoundValue(stream));
}

function isInfinity(token: LpToken): boolean {
  return token.kind === 'name' && /^(inf|infinity)$/i.test(token.text);
}

function readBoundValue(stream: TokenStream): number {
  const sign = readSign(stream) ?? 1;
  const token = stream.next();
  if (isInfinity(token)) return sign * Number.POSITIVE_INFINITY;
  if (token.kind !== 'number') throw stream.fault(token, 'a number or infinity');
  return sign * token.value;
}

function setBound(variable: LpVariable, sense: LpRow['sense'], value: number): void {
  if (sense !== '>=') variable.upper = value;
  if (sense !== '<=') variable.lower = value;
}
