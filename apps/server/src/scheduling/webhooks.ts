/**
 * Webhooks: an address is told of publications and repairs. Each message is signed as in the Standard Webhooks
 * specification (webhook-id, webhook-timestamp, webhook-signature: v1,BASE64(HMAC-SHA256(secret, "id.timestamp.body"))), so
 * that who gets it can tell that it is ours and not sent again by another. Tried again with growing pauses, then given up.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '@qurriculum/evidence';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { AddressRefused, type OutgoingPolicy, postTo, requireReachable } from '../http/outgoing.ts';
import { Problem } from '../http/problem.ts';
import { defineJob, type Jobs } from '../jobs/definition.ts';
import type { WebhookView } from '../resources/schedules/service-schema.ts';
import type { Database } from '../store/database.ts';
import type { Transaction } from '../store/store.ts';

type Db = Kysely<Database>;

export interface WebhookMessage {
  readonly event: 'schedule.published' | 'schedule.repaired' | 'schedule.test';
  readonly at: string;
  readonly courseId: number;
  readonly [key: string]: Json;
}

/** Pauses before each further attempt, in seconds: a restart, a deployment, a short outage. */
const PAUSES = [2, 10, 60, 300] as const;
/** Who does not answer in this time is tried again. */
const ANSWER_MS = 10_000;
const LISTED_DELIVERIES = 20;

/** How an operator lets webhooks into the own network; stands in what refuses them. */
const HOW_TO_ALLOW = 'whoever runs the server can allow it by --webhook-hosts';

/** An address that may be told; @throws Problem naming what is wrong. */
export async function requireWebhookUrl(text: string, policy: OutgoingPolicy): Promise<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const refuse = (detail: string): Problem =>
    new Problem('invalid-request', `url: ${detail}; correct the address.`, [{ field: 'url', detail }]);
  if (url === null) throw refuse(`expected an address such as https://example.org/hook, got "${text}"`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse(`expected http or https, got ${url.protocol}`);
  // They would end up in logs; the secret is there to sign.
  if (url.username !== '' || url.password !== '') throw refuse('expected no name and password in it');
  try {
    await requireReachable(url, policy);
  } catch (error) {
    if (error instanceof AddressRefused)
      throw refuse(`expected an address outside of the server's own network, got ${url.hostname} (${HOW_TO_ALLOW})`);
    throw refuse(`expected a host that can be found, got ${url.hostname}`);
  }
  return url.href;
}

export const signatureOf = (secret: string, id: string, timestamp: number, body: string): string =>
  `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;

const payload = z.object({ deliveryId: z.uuid(), courseId: z.number().int() });

export const webhookJob = defineJob<z.output<typeof payload>>({
  name: 'webhook',
  payload,
  title: () => 'Telling a webhook',
  course: ({ courseId }) => courseId,
  concurrency: 4,
  async run({ deliveryId }, { store, signal, outgoing }) {
    for (;;) {
      const delivery = await selectDelivery(store.db, deliveryId);
      // The webhook was removed meanwhile, or a process that died had been answered already.
      if (delivery === undefined || delivery.state !== 'waiting') return { state: delivery?.state ?? 'removed' };
      if (delivery.attempts > 0) await sleep(1000 * PAUSES[delivery.attempts - 1], undefined, { signal });
      const outcome = await deliver(delivery, outgoing, signal);
      const attempts = delivery.attempts + 1;
      const isDone = isTaken(outcome.status);
      // 410: whoever runs the address does not want to hear of us again.
      const isLast = attempts > PAUSES.length || outcome.status === 410;
      const state = isDone ? 'delivered' : isLast ? 'failed' : 'waiting';
      await store.db
        .updateTable('webhook_delivery')
        .set({ ...outcome, attempts, state, last_at: new Date() })
        .where('id', '=', deliveryId)
        .execute();
    }
  },
  async abandon({ deliveryId }, { store }) {
    await store.db
      .updateTable('webhook_delivery')
      .set({ state: 'failed', error: 'Cancelled.' })
      .where('id', '=', deliveryId)
      .where('state', '=', 'waiting')
      .execute();
  },
});

const selectDelivery = (db: Db, id: string) =>
  db
    .selectFrom('webhook_delivery')
    .innerJoin('webhook', 'webhook.id', 'webhook_delivery.webhook_id')
    .select(['webhook_delivery.id', 'webhook_delivery.body', 'state', 'attempts', 'url', 'secret'])
    .where('webhook_delivery.id', '=', id)
    .executeTakeFirst();

type Delivery = NonNullable<Awaited<ReturnType<typeof selectDelivery>>>;

/** One attempt. What the address answers is not kept: it is not ours. */
async function deliver({ id, url, secret, body }: Delivery, policy: OutgoingPolicy, signal: AbortSignal) {
  const late = AbortSignal.timeout(ANSWER_MS);
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const status = await postTo(new URL(url), policy, {
      body,
      signal: AbortSignal.any([signal, late]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Qurriculum',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(secret, id, timestamp, body),
      },
    });
    return { status, error: isTaken(status) ? null : `It answered ${status}.` };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, error: late.aborted ? `No answer in ${ANSWER_MS / 1000} s.` : sayUnreached(error) };
  }
}

const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

function sayUnreached(error: unknown): string {
  if (error instanceof AddressRefused) return `It leads into the server's own network (${HOW_TO_ALLOW}).`;
  const { code } = error as { code?: string };
  return `It cannot be reached${code ? ` (${code})` : ''}.`;
}

/** Sends a message to every webhook of a course, if and when the transaction commits. */
export async function tellWebhooks(
  transaction: Transaction,
  jobs: Jobs,
  courseId: number,
  message: WebhookMessage,
): Promise<void> {
  const rows = await transaction.db.selectFrom('webhook').select('id').where('course_id', '=', courseId).execute();
  for (const { id } of rows) await tellWebhook(transaction, jobs, courseId, id, message);
}

export async function tellWebhook(
  transaction: Transaction,
  jobs: Jobs,
  courseId: number,
  webhookId: number,
  message: WebhookMessage,
): Promise<void> {
  const deliveryId = randomUUID();
  await transaction.db
    .insertInto('webhook_delivery')
    .values({ id: deliveryId, webhook_id: webhookId, event: message.event, body: JSON.stringify(message) })
    .execute();
  await jobs.send(webhookJob, { deliveryId, courseId }, { transaction });
}

/** Webhooks of a course with their newest deliveries; secrets stay here. */
export async function listWebhooks(db: Db, courseId: number): Promise<WebhookView[]> {
  const rows = await db
    .selectFrom('webhook')
    .select(['id', 'url', 'created_by', 'created_at'])
    .where('course_id', '=', courseId)
    .orderBy('id')
    .execute();
  return Promise.all(
    rows.map(async (row): Promise<WebhookView> => {
      const deliveries = await db
        .selectFrom('webhook_delivery')
        .select(['id', 'event', 'state', 'attempts', 'status', 'error', 'created_at', 'last_at'])
        .where('webhook_id', '=', row.id)
        .orderBy('created_at', 'desc')
        .limit(LISTED_DELIVERIES)
        .execute();
      return {
        ...{ id: row.id, url: row.url, createdBy: row.created_by, createdAt: iso(row.created_at) },
        deliveries: deliveries.map(({ created_at, last_at, event, ...delivery }) => ({
          ...{ ...delivery, event: event as WebhookMessage['event'] },
          ...{ createdAt: iso(created_at), lastAt: last_at === null ? null : iso(last_at) },
        })),
      };
    }),
  );
}

const iso = (date: Date): string => new Date(date).toISOString();
