/**
 * iCalendar feeds (RFC 5545) of published sessions. Times are in UTC, so no VTIMEZONE is needed; an event keeps its UID
 * for ever, counts SEQUENCE up with every change, and says CANCELLED where its session went away, so that calendars which
 * subscribed take it out.
 */

export interface FeedEvent {
  readonly uid: string;
  readonly start: string;
  readonly end: string;
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly summary: string;
  readonly location?: string;
  readonly description?: string;
  /** When it was last changed: ISO 8601. */
  readonly modified: string;
}

export interface FeedOptions {
  readonly name: string;
  /** How often calendars should look again, in minutes. Default 60. */
  readonly refreshMinutes?: number;
}

/** The text of a feed, lines ended by CRLF and folded at 75 octets. */
export function writeCalendar(events: readonly FeedEvent[], { name, refreshMinutes = 60 }: FeedOptions): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Qurriculum//Tutoring//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...[`NAME:${escapeText(name)}`, `X-WR-CALNAME:${escapeText(name)}`],
    ...[`REFRESH-INTERVAL;VALUE=DURATION:PT${refreshMinutes}M`, `X-PUBLISHED-TTL:PT${refreshMinutes}M`],
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventLines(event: FeedEvent): string[] {
  return [
    ...['BEGIN:VEVENT', `UID:${escapeText(event.uid)}`, `DTSTAMP:${utc(event.modified)}`],
    ...[`LAST-MODIFIED:${utc(event.modified)}`, `SEQUENCE:${event.sequence}`],
    ...[`DTSTART:${utc(event.start)}`, `DTEND:${utc(event.end)}`, `SUMMARY:${escapeText(event.summary)}`],
    ...(event.location === undefined ? [] : [`LOCATION:${escapeText(event.location)}`]),
    ...(event.description === undefined ? [] : [`DESCRIPTION:${escapeText(event.description)}`]),
    ...[
      `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      `TRANSP:${event.cancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    ],
    'END:VEVENT',
  ];
}

/** 20261022T070000Z */
const utc = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** Section 3.3.11. */
const escapeText = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

const LINE_OCTETS = 75;

/** Section 3.1: never within a character. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
