/**
 * iCalendar (RFC 5545) to stretches of busy time. Lines, VTIMEZONE and recurrence are ical.js's; what counts as busy is
 * ours: events that are neither TRANSPARENT nor CANCELLED, and FREEBUSY periods that are not FREE.
 *
 * A time without a zone, and a whole day, are meant in the schedule's zone; a TZID without its VTIMEZONE is looked up as an
 * IANA name.
 */
import ical from 'ical.js';
import { ScheduleError } from '../error.ts';
import { createTimeZone, type TimeZone } from '../zoned-time.ts';
import { type Interval, mergeIntervals } from './intervals.ts';

export interface CalendarOptions {
  /** IANA name: of times that carry no zone. */
  readonly timeZone: string;
  /** Only what meets this stretch is read. */
  readonly within: Interval;
}

export interface CalendarReject {
  /** Title or UID of the event. */
  readonly event: string;
  readonly expected: string;
  readonly got: string;
}

export interface CalendarContent {
  /** In order, without overlaps. */
  readonly busy: readonly Interval[];
  /** Occurrences within the stretch, before overlaps were joined. */
  readonly occurrences: number;
  readonly notes: readonly string[];
  readonly rejects: readonly CalendarReject[];
}

/** A rule that yields more, every second for ever say, is no timetable. */
const MOST_OCCURRENCES = 20_000;
/** More than clocks ever change by. */
const DAY = 86_400_000;

type Component = InstanceType<typeof ical.Component>;
type Time = InstanceType<typeof ical.Time>;

interface Reading extends CalendarOptions {
  readonly zone: TimeZone;
  readonly zones: Map<string, TimeZone | null>;
  readonly found: Interval[];
  readonly notes: Set<string>;
}

/** @throws ScheduleError BAD_CALENDAR where the text is not iCalendar at all; single bad events are rejects. */
export function readCalendar(text: string, options: CalendarOptions): CalendarContent {
  const reading: Reading = {
    ...options,
    zone: createTimeZone(options.timeZone),
    zones: new Map(),
    found: [],
    notes: new Set(),
  };
  const rejects: CalendarReject[] = [];
  for (const calendar of parse(text)) {
    for (const [master, exceptions] of eventsOf(calendar)) {
      try {
        readEvent(master, exceptions, reading);
      } catch (error) {
        const name = String(
          master.getFirstPropertyValue('summary') ?? master.getFirstPropertyValue('uid') ?? 'an event',
        );
        rejects.push({ event: name, expected: 'times and rules as in RFC 5545', got: messageOf(error) });
      }
    }
    for (const component of calendar.getAllSubcomponents('vfreebusy')) readFreeBusy(component, reading);
  }
  return {
    busy: mergeIntervals(reading.found),
    occurrences: reading.found.length,
    notes: [...reading.notes],
    rejects,
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function parse(text: string): Component[] {
  const fault = (got: string): ScheduleError =>
    new ScheduleError(
      'BAD_CALENDAR',
      `readCalendar: expected iCalendar (BEGIN:VCALENDAR ... END:VCALENDAR), got ${got}; export the calendar again as .ics.`,
    );
  if (text.trim() === '') throw fault('an empty file');
  let parsed: unknown[];
  try {
    parsed = ical.parse(text.replace(/^\uFEFF/, '')) as unknown[];
  } catch (error) {
    throw fault(messageOf(error));
  }
  // Several calendars in one file come as a list of them.
  const roots = (Array.isArray(parsed[0]) ? parsed : [parsed]) as unknown[][];
  const calendars = roots.map((root) => new ical.Component(root)).filter(({ name }) => name === 'vcalendar');
  if (calendars.length === 0) throw fault(`a component ${String(roots[0]?.[0]).toUpperCase()}`);
  return calendars;
}

/** Each event with those that stand for single occurrences of it (RECURRENCE-ID). */
function eventsOf(calendar: Component): [Component, Component[]][] {
  const events = calendar.getAllSubcomponents('vevent');
  const masters = new Map<unknown, [Component, Component[]]>();
  const alone: [Component, Component[]][] = [];
  for (const event of events) {
    if (event.hasProperty('recurrence-id')) continue;
    const entry: [Component, Component[]] = [event, []];
    alone.push(entry);
    masters.set(event.getFirstPropertyValue('uid'), entry);
  }
  for (const event of events) {
    if (!event.hasProperty('recurrence-id')) continue;
    const master = masters.get(event.getFirstPropertyValue('uid'));
    // An invitation to one occurrence comes without its series.
    if (master === undefined) alone.push([event, []]);
    else master[1].push(event);
  }
  return alone;
}

const isBusy = (event: Component): boolean =>
  String(event.getFirstPropertyValue('transp') ?? '').toUpperCase() !== 'TRANSPARENT' &&
  String(event.getFirstPropertyValue('status') ?? '').toUpperCase() !== 'CANCELLED';

function readEvent(master: Component, exceptions: readonly Component[], reading: Reading): void {
  if (!master.hasProperty('dtstart')) throw new Error('no DTSTART');
  const event = new ical.Event(master, { exceptions: [...exceptions], strictExceptions: true });
  if (!event.isRecurring()) {
    if (isBusy(master)) add(master, event.startDate, event.endDate, reading);
    return;
  }
  const iterator = event.iterator();
  const milliseconds = 1000 * event.duration.toSeconds() + DAY;
  for (let count = 0; ; count++) {
    const next = iterator.next();
    if (!next) return;
    if (count >= MOST_OCCURRENCES) throw new Error(`a rule with more than ${MOST_OCCURRENCES} occurrences`);
    const from = instantOf(next, master, reading);
    // An occurrence that was moved may lie before or after its place in the series: only that place tells when to stop.
    if (from >= reading.within.end) {
      finishExceptions(event, reading, next);
      return;
    }
    if (exceptions.length === 0 && from + milliseconds < reading.within.start) continue;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (isBusy(item.component)) add(item.component, startDate, endDate, reading);
  }
}

/** Occurrences past the stretch that were moved into it. */
function finishExceptions(event: InstanceType<typeof ical.Event>, reading: Reading, from: Time): void {
  for (const exception of Object.values(event.exceptions)) {
    if (exception.recurrenceId.compare(from) < 0 || !isBusy(exception.component)) continue;
    add(exception.component, exception.startDate, exception.endDate, reading);
  }
}

function add(component: Component, start: Time, end: Time, reading: Reading): void {
  const from = instantOf(start, component, reading);
  const to = instantOf(end, component, reading);
  if (Number.isNaN(from) || Number.isNaN(to)) throw new Error(`the time ${start} to ${end}`);
  if (to < from) throw new Error(`an end before the start: ${start} to ${end}`);
  if (to > reading.within.start && from < reading.within.end) reading.found.push({ start: from, end: to });
}

/** Milliseconds since 1970. */
function instantOf(time: Time, component: Component, reading: Reading): number {
  const { year, month, day, hour, minute, second } = time;
  if (time.isDate) return reading.zone.instantOf({ year, month, day, hour: 0, minute: 0 });
  if (time.zone !== ical.Timezone.localTimezone) return 1000 * time.toUnixTime();
  const zone = zoneOf(component, reading);
  return zone.instantOf({ year, month, day, hour, minute }) + 1000 * second;
}

/** Of a time whose VTIMEZONE is not in the file. */
function zoneOf(component: Component, { zone, zones, notes, timeZone }: Reading): TimeZone {
  const tzid = component.getFirstProperty('dtstart')?.getParameter('tzid');
  if (typeof tzid !== 'string') return zone;
  let known = zones.get(tzid);
  if (known === undefined) {
    known = namedZone(tzid);
    zones.set(tzid, known);
    if (known === null) notes.add(`The time zone "${tzid}" is not known; its times are read in ${timeZone}.`);
  }
  return known ?? zone;
}

function namedZone(name: string): TimeZone | null {
  try {
    return createTimeZone(name);
  } catch {
    return null;
  }
}

function readFreeBusy(component: Component, reading: Reading): void {
  for (const property of component.getAllProperties('freebusy')) {
    if (String(property.getParameter('fbtype') ?? 'BUSY').toUpperCase() === 'FREE') continue;
    for (const value of property.getValues()) {
      const period = value as InstanceType<typeof ical.Period>;
      add(component, period.start as Time, period.getEnd() as Time, reading);
    }
  }
}
