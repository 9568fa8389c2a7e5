/** Proposals of planning and repair, and what people ask of a plan: why, what else, at what price. */
import { z } from '@hono/zod-openapi';
import { skillRefSchema } from '../shared-schema.ts';
import { changeOfSessionSchema, figuresSchema, moveSchema, placeSchema, unmetSchema } from './schema.ts';
import { versionSchema } from './setting-schema.ts';

const slotsOfEvent = z.array(z.string()).optional();

export const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tutor-out'), tutorId: z.string(), slotIds: slotsOfEvent }),
  z.object({ kind: z.literal('tutor-gone'), tutorId: z.string() }),
  z.object({ kind: z.literal('learner-out'), learnerId: z.number().int(), slotIds: slotsOfEvent }),
  z.object({ kind: z.literal('learner-gone'), learnerId: z.number().int() }),
  /** A learner of the course who had left the schedule, or had no availability. */
  z.object({ kind: z.literal('learner-added'), learnerId: z.number().int(), available: z.array(z.string()) }),
  z.object({ kind: z.literal('slot-closed'), slotId: z.string() }),
  z.object({ kind: z.literal('room-closed'), roomId: z.string(), slotIds: slotsOfEvent }),
  z.object({
    kind: z.literal('need-changed'),
    learnerId: z.number().int(),
    skillId: z.number().int(),
    sessions: z.number().int().min(0).max(200),
  }),
]);

/** POST /schedule/repairs: a job with the result { proposalId }. */
export const repairBodySchema = z
  .object({
    version: versionSchema,
    events: z.array(eventSchema).min(1).max(10_000),
    /** Points that one changed session must be worth. Default: the weight of `change`, or 3. */
    changeCost: z.number().min(0).max(1000).optional(),
    seconds: z.number().min(0.2).max(60).optional(),
    seed: z.number().int().min(0).optional(),
  })
  .strict();

/** GET /schedule/proposals/:id: what a planning or repair job found, beside the plan that it would replace. */
export const proposalSchema = z.object({
  id: z.number().int(),
  kind: z.enum(['plan', 'repair']),
  createdAt: z.string(),
  byPerson: z.string(),
  /** Version it was made from. Accepting needs the present version, and that these are the same. */
  version: z.number().int(),
  current: z.boolean(),
  acceptedAt: z.string().nullable(),
  changeCost: z.number().nullable(),
  /** What happened, in words. */
  events: z.array(z.string()),
  alternatives: z.array(
    z.object({
      /** keep: changes nothing that is not broken; balanced: at the stated price per changed session; best: as if from scratch. */
      name: z.enum(['plan', 'keep', 'balanced', 'best']),
      figures: figuresSchema,
      /** Sessions that the events took away; that were given up besides; that stay. */
      broken: z.number().int(),
      changed: z.number().int(),
      kept: z.number().int(),
      people: z.number().int(),
      changes: z.array(changeOfSessionSchema),
      unmet: z.array(unmetSchema),
      runId: z.string().nullable(),
    }),
  ),
});

export const acceptBodySchema = z
  .object({ version: versionSchema, alternative: z.enum(['plan', 'keep', 'balanced', 'best']) })
  .strict();

/** GET /schedule/explanation?learnerId&skillId&tutorId&slotId: "why this tutor for this learner?" */
export const scheduleExplanationSchema = z.object({
  learnerId: z.number().int(),
  learnerName: z.string(),
  skill: skillRefSchema,
  is: placeSchema.extend({ tutorName: z.string(), start: z.string(), end: z.string() }),
  /** Parts of this session's value, by term; they add up to `total`. */
  terms: z.array(z.object({ term: z.string(), text: z.string(), value: z.number() })),
  total: z.number(),
  /** The next best place for the same session; null where there is none. */
  runnerUp: z
    .object({
      place: placeSchema.extend({ tutorName: z.string(), start: z.string(), end: z.string() }).nullable(),
      /** What the plan would lose, in points. */
      loss: z.number(),
      text: z.string(),
    })
    .nullable(),
  /** What would have to change for the runner-up to be taken. */
  wouldChange: z.array(z.string()),
});

export const suggestionsBodySchema = z
  .object({
    version: versionSchema,
    learnerId: z.number().int(),
    skillId: z.number().int(),
    limit: z.number().int().min(1).max(50).optional(),
  })
  .strict();

export const suggestionsSchema = z.object({
  version: z.number().int(),
  suggestions: z.array(
    z.object({
      place: placeSchema.extend({
        tutorName: z.string(),
        start: z.string(),
        end: z.string(),
        roomName: z.string().nullable(),
      }),
      /** Points that the plan gains. */
      value: z.number(),
      text: z.string(),
      /** To be sent to /schedule/moves: the new session, and one that makes way where needed. */
      moves: z.array(moveSchema),
    }),
  ),
  /** Why there is none, and what would help. */
  none: z.string().nullable(),
});

export const ruleSchema = z.enum([
  'mostPerDay',
  'mostPerWeek',
  'bufferMinutes',
  'levelWidth',
  'apart',
  'alone',
  'least',
  'most',
  'pins',
]);

/** POST /schedule/rule-prices: a job that plans with a rule and without it, each for so many seconds. */
export const rulePriceBodySchema = z
  .object({
    version: versionSchema,
    rule: ruleSchema,
    seconds: z.number().min(0.2).max(60).optional(),
  })
  .strict();

/** GET /schedule/rule-prices/:jobId: what such a job found. */
export const rulePriceSchema = z.object({
  rule: ruleSchema,
  withRule: z.number(),
  withoutRule: z.number(),
  /** Points, and sessions more that could be held. */
  price: z.number(),
  sessions: z.number().int(),
  /** The price lies between these, whatever the search missed; null where nothing is proved. */
  between: z.object({ least: z.number(), most: z.number() }).nullable(),
  text: z.string(),
  runIds: z.array(z.string()),
});

export type EventBody = z.infer<typeof eventSchema>;
export type ProposalView = z.infer<typeof proposalSchema>;
export type ScheduleExplanationView = z.infer<typeof scheduleExplanationSchema>;
export type SuggestionsView = z.infer<typeof suggestionsSchema>;
export type RulePriceView = z.infer<typeof rulePriceSchema>;
