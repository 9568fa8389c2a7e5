/** Tutoring schedules of a course: what they are made from, the working plan, changes to it, what was published. */
import { queryOptions } from '@tanstack/react-query';
import type {
  EventBody,
  ProposalView,
  RulePriceView,
  ScheduleExplanationView,
  SuggestionsView,
} from '../../../server/src/resources/schedules/proposal-schema.ts';
import type {
  ConsequencesView,
  PublishedView,
  ScheduleMove,
  SchedulePlanView,
} from '../../../server/src/resources/schedules/schema.ts';
import type {
  FeedView,
  ImportReport,
  RosterReport,
  WebhookView,
} from '../../../server/src/resources/schedules/service-schema.ts';
import type {
  LearnerSetting,
  ScheduleLearnerView,
  ScheduleView,
  SettingBody,
} from '../../../server/src/resources/schedules/setting-schema.ts';
import { send } from './client.ts';

export type {
  ConsequencesView,
  EventBody,
  FeedView,
  ImportReport,
  ProposalView,
  PublishedView,
  RosterReport,
  RulePriceView,
  ScheduleExplanationView,
  ScheduleLearnerView,
  ScheduleMove,
  SchedulePlanView,
  ScheduleView,
  SuggestionsView,
  WebhookView,
};
export type SessionView = SchedulePlanView['sessions'][number];
export type ScheduleFigures = SchedulePlanView['figures'];
export type FairnessView = SchedulePlanView['fairness'];
export type UnmetView = SchedulePlanView['unmet'][number];
export type ChangeOfSession = ConsequencesView['changes'][number];
export type Alternative = ProposalView['alternatives'][number];

const at = (courseId: number, path: string) => `/api/courses/${courseId}/schedule${path}`;

const ask = async <T>(path: string, signal: AbortSignal): Promise<T> =>
  (await send(path, { signal })).json() as Promise<T>;

const tell = async <T>(method: string, path: string, body: unknown): Promise<T> =>
  (
    await send(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  ).json() as Promise<T>;

/** Everything of a schedule stands below this key: whatever is written makes all of it stale. */
export const scheduleKey = (courseId: number) => ['courses', courseId, 'schedule'] as const;

export const scheduleQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'setting'],
    queryFn: ({ signal }) => ask<ScheduleView>(at(courseId, ''), signal),
  });

export const scheduleLearnersQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'learners'],
    queryFn: ({ signal }) =>
      ask<{ version: number; learners: ScheduleLearnerView[] }>(at(courseId, '/learners'), signal),
  });

export const schedulePlanQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'plan'],
    queryFn: ({ signal }) => ask<SchedulePlanView>(at(courseId, '/plan'), signal),
  });

export const publishedQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'published'],
    queryFn: ({ signal }) => ask<{ version: number; published: PublishedView[] }>(at(courseId, '/published'), signal),
  });

export const publishedPlanQuery = (courseId: number, number: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'published', number],
    queryFn: ({ signal }) => ask<SchedulePlanView>(at(courseId, `/published/${number}`), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const proposalQuery = (courseId: number, id: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'proposal', id],
    queryFn: ({ signal }) => ask<ProposalView>(at(courseId, `/proposals/${id}`), signal),
  });

export interface Seat {
  readonly learnerId: number;
  readonly skillId: number;
  readonly tutorId: string;
  readonly slotId: string;
}

export const scheduleExplanationQuery = (courseId: number, version: number, seat: Seat) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'explanation', version, seat],
    queryFn: ({ signal }) => {
      const words = new URLSearchParams(Object.entries(seat).map(([name, value]) => [name, String(value)]));
      return ask<ScheduleExplanationView>(at(courseId, `/explanation?${words}`), signal);
    },
  });

export const feedsQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'feeds'],
    queryFn: async ({ signal }) => (await ask<{ feeds: FeedView[] }>(at(courseId, '/feeds'), signal)).feeds,
  });

export const webhooksQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'webhooks'],
    queryFn: async ({ signal }) => (await ask<{ webhooks: WebhookView[] }>(at(courseId, '/webhooks'), signal)).webhooks,
  });

interface Written {
  readonly version: number;
}
interface Started {
  readonly jobId: string;
}

export interface PlanBody {
  readonly version: number;
  readonly from?: string;
  readonly to?: string;
  readonly accept?: boolean;
}

export const startPlanning = (courseId: number, body: PlanBody) => tell<Started>('POST', at(courseId, '/plan'), body);

export interface RepairBody {
  readonly version: number;
  readonly events: EventBody[];
  readonly changeCost?: number;
}

export const startRepair = (courseId: number, body: RepairBody) =>
  tell<Started>('POST', at(courseId, '/repairs'), body);

export const acceptProposal = (
  courseId: number,
  proposalId: number,
  body: { version: number; alternative: Alternative['name'] },
) => tell<Written>('POST', at(courseId, `/proposals/${proposalId}/accept`), body);

export interface MovesBody {
  readonly version: number;
  readonly moves: ScheduleMove[];
}

export const previewMoves = (courseId: number, body: MovesBody) =>
  tell<ConsequencesView>('POST', at(courseId, '/moves/preview'), body);

export const applyMoves = (courseId: number, body: MovesBody) => tell<Written>('POST', at(courseId, '/moves'), body);

export interface PinBody {
  readonly version: number;
  readonly learnerId: number;
  readonly skillId: number;
  readonly tutorId?: string;
  readonly slotId?: string;
  readonly roomId?: string;
}

export const addPin = (courseId: number, body: PinBody) => tell<Written>('POST', at(courseId, '/pins'), body);

export const removePin = (courseId: number, pinId: string, version: number) =>
  tell<Written>('DELETE', at(courseId, `/pins/${pinId}`), { version });

export const suggestPlaces = (courseId: number, body: { version: number; learnerId: number; skillId: number }) =>
  tell<SuggestionsView>('POST', at(courseId, '/suggestions'), { ...body, limit: 6 });

export const priceOfRule = (courseId: number, body: { version: number; rule: RuleName }) =>
  tell<RulePriceView>('POST', at(courseId, '/rule-price'), body);

export type RuleName =
  | 'mostPerDay'
  | 'mostPerWeek'
  | 'bufferMinutes'
  | 'levelWidth'
  | 'groups'
  | 'languages'
  | 'access'
  | 'least'
  | 'pins'
  | 'rooms';

export const publishPlan = (courseId: number, body: { version: number; name: string; note?: string }) =>
  tell<PublishedView>('POST', at(courseId, '/publish'), body);

export const renewFeed = (courseId: number, body: { kind: FeedView['kind']; id: string }) =>
  tell<FeedView>('POST', at(courseId, '/feeds/renew'), body);

export const addWebhook = (courseId: number, body: { url: string; secret: string }) =>
  tell<WebhookView>('POST', at(courseId, '/webhooks'), body);

export const removeWebhook = (courseId: number, id: number) => tell('DELETE', at(courseId, `/webhooks/${id}`), {});

export const testWebhook = (courseId: number, id: number) => tell('POST', at(courseId, `/webhooks/${id}/test`), {});

export interface AvailabilityOptions {
  readonly version: number;
  readonly format: 'ics' | 'csv';
  readonly kind?: 'tutor' | 'learner' | 'room';
  readonly id?: string;
  readonly means?: 'busy' | 'free';
}

const sendBytes = async <T>(path: string, file: File): Promise<T> => {
  const headers = { 'content-type': 'application/octet-stream' };
  return (await send(path, { method: 'PUT', body: file, headers })).json() as Promise<T>;
};

export const importAvailability = (courseId: number, options: AvailabilityOptions, file: File) => {
  const words = new URLSearchParams(Object.entries(options).map(([name, value]) => [name, String(value)]));
  return sendBytes<ImportReport>(at(courseId, `/imports/availability?${words}`), file);
};

export const importRoster = (courseId: number, version: number, file: File) =>
  sendBytes<RosterReport>(at(courseId, `/imports/roster?version=${version}`), file);

export const changeSetting = (courseId: number, body: Omit<SettingBody, 'version'> & { version: number }) =>
  tell<Written>('PUT', at(courseId, ''), body);

const named = (kind: 'tutors' | 'rooms', id: string) => `/${kind}/${encodeURIComponent(id)}`;

export const putTutor = (courseId: number, body: { version: number; tutor: ScheduleView['tutors'][number] }) =>
  tell<Written>('PUT', at(courseId, named('tutors', body.tutor.id)), body);

export const removeTutor = (courseId: number, id: string, version: number) =>
  tell<Written>('DELETE', at(courseId, `${named('tutors', id)}?version=${version}`), undefined);

export const putRoom = (courseId: number, body: { version: number; room: ScheduleView['rooms'][number] }) =>
  tell<Written>('PUT', at(courseId, named('rooms', body.room.id)), body);

export const removeRoom = (courseId: number, id: string, version: number) =>
  tell<Written>('DELETE', at(courseId, `${named('rooms', id)}?version=${version}`), undefined);

export const putLearner = (courseId: number, learnerId: number, body: { version: number; learner: LearnerSetting }) =>
  tell<Written>('PUT', at(courseId, `/learners/${learnerId}`), body);
