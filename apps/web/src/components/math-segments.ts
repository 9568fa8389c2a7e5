/**
 * Where mathematics begins and ends in a plain text. Delimiters as in Pandoc's `tex_math_dollars`: an opening `$` has
 * no space after it, a closing one no space before it and no digit after it, so that "$5 and $10" stays money. `$$...$$`
 * is set on a line of its own only when it stands on one: OATutor writes all its inline mathematics that way.
 */

export interface Segment {
  readonly kind: 'text' | 'inline' | 'display';
  readonly value: string;
}

const PATTERN = /\$\$([^$]+?)\$\$|(?<!\\)\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)/g;

/** True where nothing but spaces stands between the position and the line's end in that direction. */
const aloneOnLine = (text: string, start: number, end: number): boolean => {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const lineEnd = text.indexOf('\n', end);
  const after = text.slice(end, lineEnd === -1 ? undefined : lineEnd);
  return before.trim() === '' && after.trim() === '';
};

/** Cuts a text into plain and mathematical pieces, in order; nothing is lost but the delimiters. */
export const mathSegments = (text: string): Segment[] => {
  const segments: Segment[] = [];
  let from = 0;
  const plain = (value: string): void => {
    if (value !== '') segments.push({ kind: 'text', value: value.replaceAll('\\$', '$') });
  };
  for (const match of text.matchAll(PATTERN)) {
    plain(text.slice(from, match.index));
    const end = match.index + match[0].length;
    const wide = match[1] !== undefined && text.includes('\n') && aloneOnLine(text, match.index, end);
    segments.push({ kind: wide ? 'display' : 'inline', value: (match[1] ?? match[2]).trim() });
    from = end;
  }
  plain(text.slice(from));
  return segments;
};

/** TeX commands of school mathematics, as one says them. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1 over $2'],
  [/\\sqrt\s*\{([^{}]*)\}/g, 'square root of $1'],
  [/\\(?:cdot|times)\b/g, ' times '],
  [/\\(?:le|leq)\b/g, ' at most '],
  [/\\(?:ge|geq)\b/g, ' at least '],
  [/\\(?:ne|neq)\b/g, ' not equal to '],
  [/\\(?:left|right|displaystyle|text|mathrm)\b/g, ''],
  [/\^\{([^{}]*)\}|\^(\w)/g, ' to the power of $1$2'],
  [/[{}\\]/g, ' '],
];

/** A text with mathematics as plain words, for names that are only heard: formulas themselves give a control no name. */
export const sayMath = (text: string): string =>
  mathSegments(text)
    .map(({ kind, value }) =>
      kind === 'text' ? value : SPOKEN.reduce((said, [pattern, words]) => said.replace(pattern, words), value),
    )
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
