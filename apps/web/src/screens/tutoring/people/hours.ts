/** Hours of a day as people type them. */

const RANGE = /^\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*$/;

/** Pairs of 'HH:MM' from '09:00-09:45, 10:00-10:45'; none at all where any part is not a time, or ends before it begins. */
export const readTimes = (text: string): [string, string][] => {
  const found: [string, string][] = [];
  for (const part of text.split(/[,;]/)) {
    if (part.trim() === '') continue;
    const [, fromHour, fromMinute, toHour, toMinute] = RANGE.exec(part) ?? [];
    if (toMinute === undefined || Number(fromHour) > 23 || Number(toHour) > 23) return [];
    if (Number(fromMinute) > 59 || Number(toMinute) > 59) return [];
    const from = `${fromHour.padStart(2, '0')}:${fromMinute}`;
    const to = `${toHour.padStart(2, '0')}:${toMinute}`;
    if (to <= from) return [];
    found.push([from, to]);
  }
  return found;
};
