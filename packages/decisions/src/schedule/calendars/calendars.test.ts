import { createRandom } from '@qurriculum/random';
import ical from 'ical.js';
import { describe, expect, it } from 'vitest';
import { slotsFromWeek } from '../slots.ts';
import { readAvailabilityCsv, writeScheduleCsv } from './csv.ts';
import { type CalendarEntry, type CalendarItem, type CalendarSession, entriesOf, nextEntries } from './entries.ts';
import { freeSlots, mergeIntervals } from './intervals.ts';
import { readCalendar } from './read-calendar.ts';
import { writeCalendar } from './write-calendar.ts';

const timeZone = 'Europe/Madrid';
const within = { start: Date.parse('2026-10-19T00:00:00Z'), end: Date.parse('2026-11-02T00:00:00Z') };
const options = { timeZone, within };

// As Google and Outlook write it; the clocks go back on 25 October 2026.
const madrid = [
  ...[
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Madrid',
    'BEGIN:DAYLIGHT',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'TZNAME:CEST',
  ],
  ...['DTSTART:19700329T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT', 'BEGIN:STANDARD'],
  ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'TZNAME:CET', 'DTSTART:19701025T030000'],
  ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'END:VTIMEZONE'],
];
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string[] => [
  'BEGIN:VEVENT',
  `UID:${lines.join('|').length}-${lines[0]}`,
  ...lines,
  'END:VEVENT',
];
const busy = (text: string): string[] =>
  readCalendar(text, options).busy.map(
    ({ start, end }) => `${new Date(start).toISOString()} ${(end - start) / 60_000}`,
  );

describe('readCalendar', () => {
  it('follows a weekly rule over the change of clocks, with the zone from the file or by its name', () => {
    const weekly = event(
      'DTSTART;TZID=Europe/Madrid:20261005T090000',
      'DTEND;TZID=Europe/Madrid:20261005T100000',
      'RRULE:FREQ=WEEKLY',
    );
    const expected = ['2026-10-19T07:00:00.000Z 60', '2026-10-26T08:00:00.000Z 60'];
    expect(busy(calendar(...madrid, ...weekly))).toEqual(expected);
    expect(busy(calendar(...weekly))).toEqual(expected);
  });

  it('leaves out what was cancelled, takes what was moved, and joins what overlaps', () => {
    const series = [
      'UID:s',
      'DTSTART:20261020T080000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=5',
      'EXDATE:20261021T080000Z',
    ];
    const moved = ['UID:s', 'RECURRENCE-ID:20261022T080000Z', 'DTSTART:20261022T120000Z', 'DTEND:20261022T130000Z'];
    const gone = ['UID:s', 'RECURRENCE-ID:20261023T080000Z', 'DTSTART:20261023T080000Z', 'STATUS:CANCELLED'];
    const events = [series, moved, gone].flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']);
    const over = event('DTSTART:20261024T083000Z', 'DTEND:20261024T100000Z');
    expect(busy(calendar(...events, ...over))).toEqual([
      '2026-10-20T08:00:00.000Z 60',
      '2026-10-22T12:00:00.000Z 60',
      '2026-10-24T08:00:00.000Z 120',
    ]);
  });

  it('takes an occurrence that was moved into the stretch from behind it', () => {
    const series = ['UID:s', 'DTSTART:20260901T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY'];
    const moved = ['UID:s', 'RECURRENCE-ID:20261201T080000Z', 'DTSTART:20261030T080000Z', 'DURATION:PT1H'];
    const events = [series, moved].flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']);
    expect(busy(calendar(...events))).toEqual(['2026-10-30T08:00:00.000Z 60', '2026-11-01T08:00:00.000Z 60']);
  });

  it('reads whole days and times without a zone on the wall, and free ones not at all', () => {
    const text = calendar(
      ...event('DTSTART;VALUE=DATE:20261025', 'DTEND;VALUE=DATE:20261026'),
      ...event('DTSTART:20261027T090000', 'DTEND:20261027T093000'),
      ...event('DTSTART:20261028T090000Z', 'DTEND:20261028T093000Z', 'TRANSP:TRANSPARENT'),
      ...['BEGIN:VFREEBUSY', 'FREEBUSY:20261029T080000Z/PT30M,20261029T100000Z/20261029T101500Z'],
      ...['FREEBUSY;FBTYPE=FREE:20261030T080000Z/PT8H', 'END:VFREEBUSY'],
    );
    // The day of the change has 25 hours.
    expect(busy(text)).toEqual([
      '2026-10-24T22:00:00.000Z 1500',
      '2026-10-27T08:00:00.000Z 30',
      '2026-10-29T08:00:00.000Z 30',
      '2026-10-29T10:00:00.000Z 15',
    ]);
  });

  it('keeps the rest where an event is wrong or a zone unknown, and says so', () => {
    const text = calendar(
      ...event('SUMMARY:No start'),
      ...event('DTSTART:20261020T100000Z', 'DTEND:20261020T090000Z', 'SUMMARY:Backwards'),
      ...event('DTSTART:20261020T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY', 'SUMMARY:Every second'),
      ...event('DTSTART;TZID=Customized Time Zone 1:20261027T090000', 'DURATION:PT1H'),
    );
    const {
      rejects,
      notes,
      busy: found,
    } = readCalendar(text, { timeZone, within: { ...within, start: within.start + 9 * 86_400_000 } });
    expect(rejects.map((reject) => reject.event).sort()).toEqual(['Backwards', 'Every second', 'No start']);
    expect(notes).toEqual([
      'The time zone "Customized Time Zone 1" is not known; its times are read in Europe/Madrid.',
    ]);
    expect(found).toEqual([]);
  });

  it.each([
    ['an empty file', ''],
    ['a component VEVENT', 'BEGIN:VEVENT\r\nEND:VEVENT'],
    ['invalid', 'name,day\nx,y'],
  ])('refuses %s whole', (got, text) => {
    expect(() => readCalendar(text, options)).toThrow(/readCalendar: expected iCalendar .*; export the calendar again/);
    expect(() => readCalendar(text, options)).toThrow(got);
  });
});

describe('freeSlots', () => {
  it('agrees with looking at every minute, for calendars that overlap', () => {
    const random = createRandom('free slots');
    for (let round = 0; round < 60; round++) {
      const stretch = (length: number) => {
        const start = random.integer(300);
        return { start, end: start + random.integer(length) };
      };
      const intervals = Array.from({ length: random.integer(12) }, () => stretch(60));
      const slots = Array.from({ length: 20 }, (_, k) => {
        const { start, end } = stretch(40);
        return { id: `${k}`, start, end: end + 1 };
      });
      const held = (minute: number): boolean => intervals.some(({ start, end }) => start <= minute && minute < end);
      const minutes = ({ start, end }: { start: number; end: number }) =>
        Array.from({ length: end - start }, (_, k) => start + k);
      const iso = slots.map(({ id, start, end }) => ({ id, start: at(start), end: at(end) }));
      const scaled = intervals.map(({ start, end }) => ({ start: 60_000 * start, end: 60_000 * end }));
      const idsOf = (keep: (slot: (typeof slots)[number]) => boolean) => slots.filter(keep).map(({ id }) => id);
      expect(freeSlots(iso, scaled, 'busy')).toEqual(idsOf((slot) => !minutes(slot).some(held)));
      expect(freeSlots(iso, scaled, 'free')).toEqual(idsOf((slot) => minutes(slot).every(held)));
    }
  });

  const at = (minute: number): string => new Date(60_000 * minute).toISOString();

  it('joins what touches', () => {
    expect(
      mergeIntervals([
        { start: 5, end: 9 },
        { start: 1, end: 5 },
        { start: 3, end: 3 },
      ]),
    ).toEqual([{ start: 1, end: 9 }]);
  });
});

const session = (over: Partial<CalendarSession> = {}): CalendarSession => ({
  ...{ tutor: 'ana', slot: 's1', skill: 'add', room: 'r1', learners: ['1', '2'] },
  ...{ start: '2026-10-22T09:00:00+02:00', end: '2026-10-22T09:45:00+02:00', ...over },
});

describe('feeds', () => {
  it('keep an entry for ever: sequence counts changes, and who left is told', () => {
    const first = nextEntries([], [session()], '2026-10-01T00:00:00Z');
    expect(nextEntries(first, [session({ learners: ['2', '1'] })], '2026-10-02T00:00:00Z')).toEqual(first);
    const second = nextEntries(first, [session({ learners: ['2', '3'], room: 'r2' })], '2026-10-03T00:00:00Z');
    expect(second).toMatchObject([{ sequence: 1, cancelled: false, formerLearners: ['1'], formerRooms: ['r1'] }]);
    expect(entriesOf(second, 'learner', '1')).toMatchObject([{ cancelled: true, sequence: 1 }]);
    expect(entriesOf(second, 'learner', '3')).toMatchObject([{ cancelled: false }]);
    expect(entriesOf(second, 'room', 'r1')).toMatchObject([{ cancelled: true }]);
    expect(entriesOf(second, 'learner', '9')).toEqual([]);
    const third = nextEntries(second, [], '2026-10-04T00:00:00Z');
    expect(third).toMatchObject([{ sequence: 2, cancelled: true }]);
    expect(nextEntries(third, [], '2026-10-05T00:00:00Z')).toEqual(third);
    expect(nextEntries(third, [session()], '2026-10-06T00:00:00Z')).toMatchObject([
      { sequence: 3, cancelled: false, formerLearners: ['3'], formerRooms: ['r2'] },
    ]);
  });

  const ats = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05'].map((day) => `${day}T00:00:00Z`);
  const published = (...plans: readonly (readonly CalendarSession[])[]) =>
    plans.reduce<CalendarEntry[]>((entries, sessions, k) => nextEntries(entries, sessions, ats[k]), []);
  const later = { slot: 's2', start: '2026-10-23T09:00:00+02:00', end: '2026-10-23T09:45:00+02:00' };
  const uids = (entries: readonly CalendarEntry[], kind: 'tutor' | 'learner', id: string) =>
    entriesOf(entries, kind, id).map(({ uid, slot, sequence, cancelled }) => [uid, slot, sequence, cancelled]);

  it('keep the entry of a session that is moved, moved back, cancelled, and held again', () => {
    const moved = published([session()], [session(later)]);
    const all = [['s1.ana', 's2', 1, false]];
    expect([uids(moved, 'tutor', 'ana'), uids(moved, 'learner', '1')]).toEqual([all, all]);
    const back = nextEntries(moved, [session()], ats[2]);
    expect(uids(back, 'learner', '2')).toEqual([['s1.ana', 's1', 2, false]]);
    const gone = nextEntries(moved, [], ats[2]);
    expect(uids(gone, 'tutor', 'ana')).toEqual([['s1.ana', 's2', 2, true]]);
    const again = nextEntries(gone, [session(later)], ats[3]);
    expect(uids(again, 'tutor', 'ana')).toEqual([['s1.ana', 's2', 3, false]]);
    // The first place is free for another session, which is another entry.
    const other = session({ learners: ['9'] });
    expect(uids(nextEntries(again, [session(later), other], ats[4]), 'tutor', 'ana')).toEqual([
      ['s1.ana', 's2', 3, false],
      ['s1.ana/2', 's1', 0, false],
    ]);
  });

  it("keep a learner's part over a change of tutor, and where one leaves a group", () => {
    const taken = published([session()], [session({ tutor: 'bo' })]);
    expect(uids(taken, 'learner', '1')).toEqual([['s1.ana', 's1', 1, false]]);
    expect(uids(taken, 'tutor', 'ana')).toEqual([['s1.ana', 's1', 1, true]]);
    expect(uids(taken, 'tutor', 'bo')).toEqual([['s1.bo', 's1', 1, false]]);
    const split = published([session()], [session({ learners: ['2'] }), session({ ...later, learners: ['1'] })]);
    expect(uids(split, 'learner', '1')).toEqual([['s1.ana', 's2', 1, false]]);
    expect(uids(split, 'learner', '2')).toEqual([['s1.ana', 's1', 1, false]]);
    // Coming back to the first group as well: its UID is in use for the other session by then.
    const both = nextEntries(split, [session(), session({ ...later, learners: ['1'] })], ats[2]);
    expect(uids(both, 'learner', '1')).toEqual([
      ['s1.ana+2', 's1', 2, false],
      ['s1.ana', 's2', 1, false],
    ]);
  });

  it('give entries of before the UIDs that calendars know them by', () => {
    const [{ id: _, ...old }] = published([session()]);
    expect(uids([old], 'learner', '1')).toEqual([['s1.ana', 's1', 0, false]]);
    expect(uids(nextEntries([old], [session(later)], ats[1]), 'learner', '1')).toEqual([['s1.ana', 's2', 1, false]]);
  });

  it('leave every calendar that follows them with the sessions that are held, whatever is published', () => {
    const random = createRandom('feeds');
    const subjects = [
      ...['ana', 'bo'].map((id) => ['tutor', id] as const),
      ...['1', '2', '3', '4'].map((id) => ['learner', id] as const),
      ...['r1', 'r2'].map((id) => ['room', id] as const),
    ];
    for (let round = 0; round < 40; round++) {
      let entries: CalendarEntry[] = [];
      // Calendars as RFC 5546 has them: a UID is taken over by a higher sequence only, and goes only when it is cancelled.
      const calendars = subjects.map(() => new Map<string, CalendarItem>());
      for (let step = 0; step < 12; step++) {
        const sessions = randomSessions(random);
        entries = nextEntries(entries, sessions, ats[0]);
        for (const [k, [kind, id]] of subjects.entries()) {
          const items = entriesOf(entries, kind, id);
          expect(new Set(items.map(({ uid }) => uid)).size).toBe(items.length);
          for (const item of items) {
            const was = calendars[k].get(item.uid);
            if (was === undefined || item.sequence > was.sequence) calendars[k].set(item.uid, item);
          }
          const shown = [...calendars[k].values()].filter(({ cancelled }) => !cancelled);
          const held = sessions.filter((each) =>
            kind === 'tutor' ? each.tutor === id : kind === 'room' ? each.room === id : each.learners.includes(id),
          );
          const say = ({ tutor, slot, skill, room, learners }: CalendarSession) =>
            [tutor, slot, skill, room, ...[...learners].sort()].join(' ');
          expect(shown.map(say).sort()).toEqual(held.map(say).sort());
        }
      }
    }
  });

  /** Sessions of two tutors at four times; a learner may have several. */
  const randomSessions = (random: ReturnType<typeof createRandom>): CalendarSession[] =>
    ['ana', 'bo'].flatMap((tutor) =>
      [1, 2, 3, 4].flatMap((hour) => {
        if (random.integer(2) === 0) return [];
        const learners = ['1', '2', '3', '4'].filter(() => random.integer(3) === 0);
        const start = `2026-10-22T0${hour}:00:00Z`;
        const at = { tutor, slot: `s${hour}`, start, end: start.replace(':00:00', ':45:00') };
        const what = {
          skill: random.integer(3) === 0 ? 'multiply' : 'add',
          room: random.integer(2) === 0 ? 'r1' : 'r2',
        };
        return learners.length === 0 ? [] : [{ ...at, ...what, learners }];
      }),
    );

  it('are read back by another library, commas, line breaks and long names included', () => {
    const events = [
      {
        ...{
          uid: 'a.s1',
          start: '2026-10-22T09:00:00+02:00',
          end: '2026-10-22T09:45:00+02:00',
          sequence: 3,
          cancelled: false,
        },
        ...{ summary: `Brüche; Teil 1, ${'ö'.repeat(90)}`, location: 'Room 1', description: 'Ada\nBen \\ Chen' },
        modified: '2026-10-01T12:00:00Z',
      },
      {
        ...{
          uid: 'a.s2',
          start: '2026-10-29T09:00:00+01:00',
          end: '2026-10-29T09:45:00+01:00',
          sequence: 1,
          cancelled: true,
        },
        ...{ summary: 'Gone', modified: '2026-10-01T12:00:00Z' },
      },
    ];
    const text = writeCalendar(events, { name: 'Ana Ruiz' });
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    const read = new ical.Component(ical.parse(text)).getAllSubcomponents('vevent').map((component) => {
      const one = new ical.Event(component);
      const status = component.getFirstPropertyValue('status');
      return {
        uid: one.uid,
        summary: one.summary,
        sequence: one.sequence,
        status,
        start: one.startDate.toJSDate().toISOString(),
        text: one.description,
      };
    });
    expect(read).toEqual([
      {
        ...{ uid: 'a.s1', summary: events[0].summary, sequence: 3, status: 'CONFIRMED' },
        ...{ start: '2026-10-22T07:00:00.000Z', text: 'Ada\nBen \\ Chen' },
      },
      { uid: 'a.s2', summary: 'Gone', sequence: 1, status: 'CANCELLED', start: '2026-10-29T08:00:00.000Z', text: null },
    ]);
    expect(busy(text)).toEqual(['2026-10-22T07:00:00.000Z 45']);
  });
});

describe('CSV', () => {
  const slots = slotsFromWeek({
    timeZone,
    from: '2026-10-19',
    weeks: 2,
    days: [1, 4],
    times: [
      ['09:00', '09:45'],
      ['10:00', '10:45'],
    ],
  });

  it('gives free slots by days of the week and by dates, on the wall', () => {
    const text =
      '\uFEFFKind;ID;Day;Start;End\r\ntutor;ana;Monday;08:30;10:30\r\ntutor;"ana";2026-10-29;09:00;09:30\r\ntutor;ana;2026-10-29;9:30;11:00\r\nlearner;"Ada; B.";thu;10:00;10:45\r\n';
    const { rows, rejects, lines } = readAvailabilityCsv(text, options);
    expect([lines, rejects]).toEqual([4, []]);
    expect(rows.map(({ kind, who, line }) => [kind, who, line])).toEqual([
      ['tutor', 'ana', 2],
      ['learner', 'Ada; B.', 5],
    ]);
    expect(rows.map(({ free }) => freeSlots(slots, free, 'free'))).toEqual([
      ['2026-10-19T09:00', '2026-10-26T09:00', '2026-10-29T09:00', '2026-10-29T10:00'],
      ['2026-10-22T10:00', '2026-10-29T10:00'],
    ]);
  });

  it('names lines that it cannot use, and refuses what is no such table', () => {
    const text =
      'kind,id,day,start,end\npupil,x,Monday,09:00,10:00\ntutor,,Monday,09:00,10:00\ntutor,x,2026-02-30,09:00,10:00\ntutor,x,Monday,10:00,09:00\ntutor,x,Monday,09:00,10:00\n';
    const { rows, rejects } = readAvailabilityCsv(text, options);
    expect(rejects.map(({ line, got }) => [line, got])).toEqual([
      [2, 'pupil'],
      [3, 'nothing'],
      [4, '2026-02-30'],
      [5, '10:00 and 09:00'],
    ]);
    expect(rows).toHaveLength(1);
    for (const bad of ['', 'a,b\n1,2\n'])
      expect(() => readAvailabilityCsv(bad, options)).toThrow(/expected columns id, day, start and end/);
  });

  it('writes a schedule in order of time, with times on the wall and no formulas', () => {
    const row = { tutor: 'Ana', learner: '=1+1', skill: 'Add, carry', room: '' };
    const text = writeScheduleCsv(
      [
        { ...row, start: '2026-10-26T08:00:00Z', end: '2026-10-26T08:45:00Z' },
        { ...row, start: '2026-10-22T07:00:00Z', end: '2026-10-22T07:45:00Z' },
      ],
      timeZone,
    );
    expect(text.split('\r\n')).toEqual([
      'date,start,end,time zone,tutor,learner,skill,room',
      `2026-10-22,09:00,09:45,Europe/Madrid,Ana,'=1+1,"Add, carry",`,
      `2026-10-26,09:00,09:45,Europe/Madrid,Ana,'=1+1,"Add, carry",`,
      '',
    ]);
  });
});
