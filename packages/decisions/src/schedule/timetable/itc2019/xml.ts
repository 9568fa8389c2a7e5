/** XML elements with their places, so that an error about what a file says can name the line. Parsed by fast-xml-parser. */
import { fileError, readWhole } from '@qurriculum/problems';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface XmlElement {
  readonly line: number;
  readonly column: number;
  /** The child elements of a name, in order. */
  children(name: string): readonly XmlElement[];
  /** An attribute that may be missing. */
  optional(name: string): string | undefined;
  /** @throws ProblemError BAD_FILE where it is missing */
  text(name: string): string;
  /** A whole number from low to high. @throws ProblemError BAD_FILE */
  whole(name: string, low: number, high: number): number;
  /** BAD_FILE at this element. */
  fault(expected: string, got: string, advice: string): Error;
}

const ATTRIBUTE = '@';
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  parseAttributeValue: false,
  captureMetaData: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

type Node = { readonly [name: string]: unknown } & {
  readonly [place: symbol]: { readonly startIndex?: number } | undefined;
};

/** The outermost element, which must have the given name. @throws ProblemError BAD_FILE with line and column */
export function readXml(text: string, file: string, root: string): XmlElement {
  const source = text.replace(/^\ufeff/, '');
  const checked = XMLValidator.validate(source);
  if (checked !== true) {
    const { line, col, msg } = checked.err;
    throw fileError(file, line, col ?? 1, 'well-formed XML', msg.replace(/\.$/, ''), 'correct the file');
  }
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const place = (index: number): { line: number; column: number } => {
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= index) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: index - starts[low] + 1 };
  };
  const document = parser.parse(source) as Record<string, unknown>;
  const found = Object.keys(document).filter((name) => !name.startsWith('?'));
  const node = (document[root] as readonly Node[] | undefined)?.[0];
  if (node !== undefined) return elementOf(node, root, file, place);
  throw fileError(file, 1, 1, `an element <${root}>`, `<${found.join('>, <')}>`, 'see whether this is the right file');
}

function elementOf(
  node: Node,
  name: string,
  file: string,
  place: (index: number) => { line: number; column: number },
): XmlElement {
  const { line, column } = place(node[XMLParser.getMetaDataSymbol() as symbol]?.startIndex ?? 0);
  const fault: XmlElement['fault'] = (expected, got, advice) => fileError(file, line, column, expected, got, advice);
  const optional = (attribute: string): string | undefined => node[ATTRIBUTE + attribute] as string | undefined;
  const text = (attribute: string): string => {
    const value = optional(attribute);
    if (value !== undefined) return value;
    throw fault(`<${name}> with ${attribute}="..."`, 'none', 'add it');
  };
  return {
    ...{ line, column, fault, optional, text },
    // An element without attributes and children is read as an empty text.
    children: (child) =>
      ((node[child] as readonly (Node | string)[] | undefined) ?? []).map((one) =>
        elementOf(typeof one === 'string' ? {} : one, child, file, place),
      ),
    whole: (attribute, low, high) =>
      readWhole(file, line, { text: text(attribute), column }, low, high, `${attribute} of <${name}>`),
  };
}

/** A text as the value of an attribute. */
export function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
