/** Ids of learners and skills in a `ScheduleState`: the store's numbers with a word before them, so that no two ids are alike. */

export const learnerKey = (id: number): string => `learner:${id}`;
export const skillKey = (id: number): string => `skill:${id}`;

/** The store's number in such an id. */
export const numberIn = (key: string): number => Number(key.slice(key.indexOf(':') + 1));
