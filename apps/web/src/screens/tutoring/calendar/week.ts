/**
 * Slots as a calendar shows them: weeks from Monday, days as columns, times of day as rows, all by the clock of one time
 * zone (IANA Time Zone Database, through ECMA-402's `Intl.DateTimeFormat`), whatever zone the reader sits in.
 */

export interface WeekSlot {
  readonly id: string;
  /** ISO 8601 instants. */
  readonly start: string;
  readonly end: string;
}

/** What the clock on the wall shows. */
interface WallTime {
  /** '2026-10-25' */
  readonly day: string;
  /** '09:30' */
  readonly time: string;
  /** Minutes ahead of UTC. */
  readonly offset: number;
}

export interface Week {
  /** Its Monday, '2026-10-19'. */
  readonly monday: string;
  /** '19 to 25 October 2026' */
  readonly label: string;
  readonly slots: readonly WeekSlot[];
}

export interface WeekDay {
  /** '2026-10-19' */
  readonly day: string;
  /** 'Mon' and '19 Oct', for heads of columns; 'Monday 19 October' where it is read aloud. */
  readonly weekday: string;
  readonly date: string;
  readonly spoken: string;
}

export interface WeekRow {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** One per day of the grid; null where nothing can be held then. */
  readonly slots: readonly (WeekSlot | null)[];
}

export interface WeekGrid {
  readonly days: readonly WeekDay[];
  readonly rows: readonly WeekRow[];
}

const DAY_MILLISECONDS = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times as long as using it. */
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const kept = clocks.get(timeZone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  clocks.set(timeZone, made);
  return made;
};

const wallTime = (instant: string, timeZone: string): WallTime => {
  const parts: Record<string, string> = {};
  const at = new Date(instant);
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts[type] = value;
  const day = `${parts['year']}-${parts['month']}-${parts['day']}`;
  const time = `${parts['hour']}:${parts['minute']}`;
  return { day, time, offset: Math.round((Date.parse(`${day}T${time}Z`) - at.getTime()) / 60_000) };
};

/** Days are counted as dates without a zone, in which no day is 23 or 25 hours long. */
const plusDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + count * DAY_MILLISECONDS).toISOString().slice(0, 10);

const mondayOf = (day: string): string => plusDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));

const sayDate = (day: string, style: Intl.DateTimeFormatOptions): string =>
  new Date(`${day}T00:00Z`).toLocaleDateString('en-GB', { ...style, timeZone: 'UTC' });

const LONG = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** '19 to 25 October 2026', '28 September to 4 October 2026': what both ends share is said once. */
const sayWeek = (monday: string): string => {
  const sunday = plusDays(monday, 6);
  const style: Intl.DateTimeFormatOptions = { day: 'numeric' };
  if (monday.slice(0, 7) !== sunday.slice(0, 7)) style.month = 'long';
  if (monday.slice(0, 4) !== sunday.slice(0, 4)) style.year = 'numeric';
  return `${sayDate(monday, style)} to ${sayDate(sunday, LONG)}`;
};

/** The Sunday of a week. */
export const weekEnd = ({ monday }: Week): string => plusDays(monday, 6);

/** The weeks in which there are slots, in order. */
export const weeksOf = (slots: readonly WeekSlot[], timeZone: string): Week[] => {
  const byMonday = new Map<string, WeekSlot[]>();
  for (const slot of slots) {
    const monday = mondayOf(wallTime(slot.start, timeZone).day);
    const own = byMonday.get(monday);
    if (own) own.push(slot);
    else byMonday.set(monday, [slot]);
  }
  return [...byMonday]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([monday, own]) => ({ monday, label: sayWeek(monday), slots: own }));
};

const WORKING_DAYS = 5;

const daysOf = (monday: string, used: ReadonlySet<string>): WeekDay[] =>
  Array.from({ length: 7 }, (_, index) => plusDays(monday, index))
    .filter((day, index) => index < WORKING_DAYS || used.has(day))
    .map((day) => ({
      day,
      weekday: sayDate(day, { weekday: 'short' }),
      date: sayDate(day, { day: 'numeric', month: 'short' }),
      spoken: sayDate(day, { weekday: 'long', day: 'numeric', month: 'long' }),
    }));

/**
 * Monday to Friday, and the weekend where it has slots, by the times of day at which slots begin and end. Where a clock
 * that is put back shows one time twice on a day, the second stands in a row of its own.
 */
export const gridOf = ({ monday, slots }: Week, timeZone: string): WeekGrid => {
  const walls = slots.map((slot) => {
    const start = wallTime(slot.start, timeZone);
    return { slot, start, to: wallTime(slot.end, timeZone).time };
  });
  const days = daysOf(monday, new Set(walls.map(({ start }) => start.day)));
  const column = new Map(days.map(({ day }, index) => [day, index]));
  const rows = new Map<string, { from: string; to: string; slots: (WeekSlot | null)[] }>();
  const inOrder = walls.toSorted((one, other) => Date.parse(one.slot.start) - Date.parse(other.slot.start));
  for (const { slot, start, to } of inOrder) {
    const at = column.get(start.day)!;
    let key = `${start.time}–${to}`;
    while (rows.get(key)?.slots[at]) key += ' again';
    let row = rows.get(key);
    if (!row) {
      row = { from: start.time, to, slots: days.map(() => null) };
      rows.set(key, row);
    }
    row.slots[at] = slot;
  }
  return {
    days,
    rows: [...rows]
      .map(([key, row]) => ({ key, ...row }))
      .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)),
  };
};

const sayOffset = (minutes: number): string => {
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
};

/** 'Europe/Madrid (UTC+2)', and for a week in which the clock changes 'Europe/Madrid (UTC+2, from 25 Oct UTC+1)'. */
export const sayZone = (week: Week | undefined, timeZone: string): string => {
  const walls = (week?.slots ?? [])
    .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start))
    .map((slot) => wallTime(slot.start, timeZone));
  const [first] = walls;
  if (first === undefined) return timeZone;
  const later = walls.find(({ offset }) => offset !== first.offset);
  const change = later
    ? `, from ${sayDate(later.day, { day: 'numeric', month: 'short' })} ${sayOffset(later.offset)}`
    : '';
  return `${timeZone} (${sayOffset(first.offset)}${change})`;
};

/** 'Mon 19 Oct, 09:30' by the clock of a zone. */
export const sayInstant = (instant: string, timeZone: string): string => {
  const { day, time } = wallTime(instant, timeZone);
  return `${sayDate(day, { weekday: 'short' })} ${sayDate(day, { day: 'numeric', month: 'short' })}, ${time}`;
};

/** Times of a week, 'Mon 09:00', in the order of the week, each with the slots that begin then in whichever week. */
export const weekTimes = (slots: readonly WeekSlot[], timeZone: string): { time: string; slotIds: string[] }[] => {
  const found = new Map<string, { order: string; time: string; slotIds: string[] }>();
  for (const { id, start } of slots) {
    const { day, time } = wallTime(start, timeZone);
    const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
    const name = `${sayDate(day, { weekday: 'short' })} ${time}`;
    const own = found.get(name);
    if (own) own.slotIds.push(id);
    else found.set(name, { order: `${weekday} ${time}`, time: name, slotIds: [id] });
  }
  return [...found.values()]
    .sort((one, other) => (one.order < other.order ? -1 : 1))
    .map(({ time, slotIds }) => ({ time, slotIds }));
};
