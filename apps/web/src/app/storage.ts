/** What this browser remembers between visits; it may forbid that, and then nothing is remembered. */

/** What was stored under a key; null where storage is forbidden or holds something else. */
export const recall = (key: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
};

export const remember = (key: string, value: unknown): void => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage may be forbidden or full: the choice then lasts as long as the page.
  }
};
