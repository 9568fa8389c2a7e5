/** Tutoring schedules, and who is told of them. */
import type { Generated, GeneratedAlways } from 'kysely';
import type { JsonColumn, Nullable, NullableJson, NullableTimestamp, TimestampDefault } from './columns.ts';

/** One per course; every change counts `version` up by one and leaves a row in `schedule_change`. */
interface ScheduleTable {
  course_id: number;
  version: Generated<number>;
  /** `StoredSetting`. */
  setting: JsonColumn;
  /** `StoredPlan`: the working plan; null before the first. */
  plan: NullableJson;
}

/** Learners who take part, with what a person set for them: `LearnerSetting`. */
interface ScheduleLearnerTable {
  learner_id: number;
  course_id: number;
  body: JsonColumn;
}

interface ScheduleChangeTable {
  course_id: number;
  /** The version that the change made. */
  version: number;
  text: string;
  by_person: string;
  at: TimestampDefault;
}

interface ScheduleProposalTable {
  id: GeneratedAlways<number>;
  course_id: number;
  kind: 'plan' | 'repair';
  /** Of the schedule that it was made from. */
  version: number;
  body: JsonColumn;
  by_person: string;
  created_at: TimestampDefault;
  accepted_at: NullableTimestamp;
}

/** Never changed once it is there. */
interface SchedulePublishedTable {
  course_id: number;
  number: number;
  name: string;
  note: Nullable<string>;
  approved_by: string;
  version: number;
  body: JsonColumn;
  published_at: TimestampDefault;
}

/** What is in the calendars of people: `CalendarEvent[]`, those taken away included. */
interface ScheduleCalendarTable {
  course_id: number;
  body: JsonColumn;
}

/** What OneRoster packages said so far: `Roster`. */
interface ScheduleRosterTable {
  course_id: number;
  body: JsonColumn;
}

/** What plans of a schedule as it is can be worth at the most; no version counts it, since nobody decided it. */
interface ScheduleBoundTable {
  course_id: number;
  /** `stateKey` of the state that somebody looked at last. */
  wanted: string;
  /** `stateKey` of the state that `bound` holds for; null before the first. */
  state_key: Nullable<string>;
  /** Null where there is none. */
  bound: Nullable<number>;
}

interface ScheduleFeedTable {
  token: string;
  course_id: number;
  kind: 'tutor' | 'learner' | 'room';
  subject: string;
  renewed_at: TimestampDefault;
}

interface WebhookTable {
  id: GeneratedAlways<number>;
  course_id: number;
  url: string;
  /** Signs; never leaves the server. */
  secret: string;
  created_by: string;
  created_at: TimestampDefault;
}

interface WebhookDeliveryTable {
  id: string;
  webhook_id: number;
  event: string;
  /** The very text that is signed and sent, also when it is sent again. */
  body: string;
  state: Generated<'waiting' | 'delivered' | 'failed'>;
  attempts: Generated<number>;
  status: Nullable<number>;
  error: Nullable<string>;
  created_at: TimestampDefault;
  last_at: NullableTimestamp;
}

export interface ScheduleTables {
  schedule: ScheduleTable;
  schedule_learner: ScheduleLearnerTable;
  schedule_change: ScheduleChangeTable;
  schedule_proposal: ScheduleProposalTable;
  schedule_published: SchedulePublishedTable;
  schedule_calendar: ScheduleCalendarTable;
  schedule_roster: ScheduleRosterTable;
  schedule_bound: ScheduleBoundTable;
  schedule_feed: ScheduleFeedTable;
  webhook: WebhookTable;
  webhook_delivery: WebhookDeliveryTable;
}
