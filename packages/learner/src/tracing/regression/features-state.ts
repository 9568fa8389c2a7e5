/**
 * A learner's past as plain data: records on shelves of 64 drawers by label. A new state shares every drawer but the one
 * that changed, so that an update costs the same however much was answered (a hash array of one level; Bagwell 2001,
 * "Ideal hash trees").
 */

/** Drawers of [label, record]; an empty shelf has no drawers yet. */
export type Shelf = readonly (readonly (readonly [string, readonly number[]])[])[];

const drawers = 64;

export const emptyShelf: Shelf = [];

export function findRecord(shelf: Shelf, label: string): readonly number[] | undefined {
  if (shelf.length === 0) return undefined;
  for (const entry of shelf[drawerOf(label)]) if (entry[0] === label) return entry[1];
  return undefined;
}

/** The shelf with the record under the label; the old shelf stays as it was. */
export function putRecord(shelf: Shelf, label: string, record: readonly number[]): Shelf {
  const next = shelf.length === 0 ? Array.from({ length: drawers }, () => []) : shelf.slice();
  const which = drawerOf(label);
  const drawer = next[which].slice();
  const position = drawer.findIndex((entry) => entry[0] === label);
  if (position < 0) drawer.push([label, record]);
  else drawer[position] = [label, record];
  next[which] = drawer;
  return next;
}

/** FNV-1a over the label's code units. */
function drawerOf(label: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (drawers - 1);
}
