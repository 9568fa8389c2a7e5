/** Names that somebody may have meant by one that is not there. */

/** Up to five of `names` that hold what was typed, or differ from it by few letters; the nearest first. */
export function nearNames(typed: string, names: Iterable<string>): string[] {
  const wanted = typed.toLowerCase();
  const far = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = [...new Set(names)].flatMap((name) => {
    const other = name.toLowerCase();
    // What is part of a name is nearer than any other likeness.
    const distance = other.includes(wanted) ? 0 : editDistance(wanted, other, far);
    return distance <= far && name !== '' ? [{ name, distance }] : [];
  });
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, 5).map(({ name }) => name);
}

/** How an error goes on after a name that nobody has: the near ones, else what to do. */
export function nearOr(typed: string, names: Iterable<string>, otherwise: string): string {
  const near = nearNames(typed, names).map((name) => `"${name}"`);
  return near.length > 0 ? `near are ${near.join(', ')}` : otherwise;
}

/** Letters put in, taken out or replaced (Levenshtein 1966), row by row; more than `most` is not told apart. */
function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let row = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let k = 0; k < to.length; k++) {
      next.push(Math.min(row[k + 1] + 1, next[k] + 1, row[k] + Number(from[i] !== to[k])));
    }
    row = next;
  }
  return row[to.length];
}
