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
