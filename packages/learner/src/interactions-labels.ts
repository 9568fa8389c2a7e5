/** Labels to dense indices, for columns that hold indices instead of text. */

export interface Labels {
  readonly list: readonly string[];
  /** The label's index; a new label gets the next one. */
  index(label: string): number;
}

export function createLabels(): Labels {
  const list: string[] = [];
  const indices = new Map<string, number>();
  return {
    list,
    index(label) {
      let index = indices.get(label);
      if (index === undefined) {
        const own = detachText(label);
        index = list.push(own) - 1;
        indices.set(own, index);
      }
      return index;
    },
  };
}

// V8 copies shorter parts of a text and keeps longer ones as views of the whole (SlicedString::kMinLength).
const shortestView = 13;

/** The same text in memory of its own: a cell kept as a view would keep the whole chunk of file it was cut from. */
export function detachText(text: string): string {
  return text.length < shortestView ? text : (JSON.parse(JSON.stringify(text)) as string);
}
