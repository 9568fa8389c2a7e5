/** OATutor's text (LaTeX between double dollars, bare dollar amounts, names of figures) as ours. */

export interface ReadText {
  /** Plain text with LaTeX between single dollars; dollar amounts are \$5. */
  readonly text: string;
  readonly figures: readonly string[];
}

const FIGURE = /##([^#\s]+?\.(?:gif|png|jpe?g|svg))(?:##)?/gi;

export function readText(source: string): ReadText {
  const figures = Array.from(source.matchAll(FIGURE), ([, name]) => name);
  const bare = source.replace(FIGURE, ' ').replaceAll('\\n', '\n');
  const pieces = bare.split('$$');
  const text = pieces
    .map((piece, k) =>
      k % 2 === 1 && k < pieces.length - 1 ? `$${escapeDollars(piece).trim()}$` : escapeDollars(piece),
    )
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .trim();
  return { text, figures };
}

const escapeDollars = (text: string): string => text.replace(/\\?\$/g, '\\$');

/** "https://creativecommons.org/licenses/by/4.0/ <CC BY 4.0>" -> "CC BY 4.0 (https://...)". */
export function readTerms(source: string | undefined): string | undefined {
  const match = /^(\S+)\s*<(.+)>$/.exec(source?.trim() ?? '');
  return match ? `${match[2]} (${match[1]})` : source?.trim() || undefined;
}
