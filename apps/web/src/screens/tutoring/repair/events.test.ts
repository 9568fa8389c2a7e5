import { describe, expect, it } from 'vitest';
import type { ScheduleView } from '../../../api/schedule.ts';
import { weeksOf } from '../calendar/week.ts';
import { type EventDraft, eventsOf, spansOf } from './events.ts';

const slot = (id: string, day: string, hour: string) => ({
  id,
  start: `2026-11-${day}T${hour}:00:00+01:00`,
  end: `2026-11-${day}T${hour}:45:00+01:00`,
});

const setting = {
  timeZone: 'Europe/Madrid',
  slots: [slot('m9', '23', '09'), slot('m10', '23', '10'), slot('t9', '24', '09'), slot('next', '30', '09')],
} as unknown as ScheduleView;
const [week] = weeksOf(setting.slots, setting.timeZone);

const draft = (fields: Partial<EventDraft>): EventDraft => ({
  ...{ kind: 'tutor-out', who: null, joining: null, span: null, times: [], skillId: null, sessions: 2 },
  ...fields,
});

describe('what happened', () => {
  it('is about a week, a day of it, or all that is left', () => {
    const spans = spansOf(setting, week, { single: false, all: true });
    expect(spans.map(({ label }) => label)).toEqual([
      'The week: 23 to 29 November 2026',
      'All of Mon 23 Nov',
      'All of Tue 24 Nov',
      'The rest of the term',
    ]);
    const about = (span: string) => eventsOf(draft({ who: 't', span }), setting, spans);
    expect(about('week')).toEqual([{ kind: 'tutor-out', tutorId: 't', slotIds: ['m9', 'm10', 't9'] }]);
    expect(about('all')).toEqual([{ kind: 'tutor-out', tutorId: 't', slotIds: undefined }]);
    expect(eventsOf(draft({ span: 'week' }), setting, spans)).toBeNull();
  });

  it('closes one time or each time of a day', () => {
    const spans = spansOf(setting, week, { single: true, all: false });
    const about = (span: string) => eventsOf(draft({ kind: 'slot-closed', span }), setting, spans);
    expect(about('Mon 23 Nov')).toEqual([
      { kind: 'slot-closed', slotId: 'm9' },
      { kind: 'slot-closed', slotId: 'm10' },
    ]);
    expect(about('slot t9')).toEqual([{ kind: 'slot-closed', slotId: 't9' }]);
  });

  it('lets a learner join at times of every week', () => {
    const joins = draft({ kind: 'learner-added', who: '7', times: ['Mon 09:00'] });
    expect(eventsOf(joins, setting, [])).toEqual([{ kind: 'learner-added', learnerId: 7, available: ['m9', 'next'] }]);
    expect(eventsOf({ ...joins, times: [] }, setting, [])).toBeNull();
  });

  it('changes a need only with a skill', () => {
    expect(eventsOf(draft({ kind: 'need-changed', who: '7' }), setting, [])).toBeNull();
    expect(eventsOf(draft({ kind: 'need-changed', who: '7', skillId: 3 }), setting, [])).toEqual([
      { kind: 'need-changed', learnerId: 7, skillId: 3, sessions: 2 },
    ]);
  });
});
