/** Practice: an exercise is given, hints are asked for, the answer is checked here. Nothing that gives the answer away leaves the server before. */
import { z } from '@hono/zod-openapi';
import { skillRefSchema } from '../shared-schema.ts';

/** POST /api/learners/:learnerId/exercises */
export const exerciseBodySchema = z.object({
  /** Default: the first step of the current plan. */
  skillId: z.number().int().optional(),
});

export const exerciseSchema = z.object({
  id: z.string(),
  skill: skillRefSchema,
  /** Plain text with $...$ for mathematics. */
  prompt: z.string(),
  input: z.enum(['text', 'choice', 'choices']),
  choices: z.array(z.object({ id: z.string(), text: z.string() })),
  /** What an answer looks like: "a fraction in lowest terms". */
  inputHelp: z.string().nullable(),
  hintsAvailable: z.number().int(),
  source: z.enum(['template', 'imported']),
  attribution: z.string().nullable(),
});

/** POST /api/exercises/:exerciseId/hints: the next hint. */
export const hintSchema = z.object({ hint: z.string(), number: z.number().int(), remaining: z.number().int() });

/** POST /api/exercises/:exerciseId/answer */
export const answerBodySchema = z.object({
  response: z.union([z.string().max(1000), z.array(z.string().max(200)).max(20)]),
  seconds: z.number().min(0).max(86_400).optional(),
  /** True when the learner gives up: counts as not correct and shows the steps. */
  giveUp: z.boolean().optional(),
});

export const answerResultSchema = z.discriminatedUnion('accepted', [
  /** The answer could not be read; nothing was recorded, try again. */
  z.object({ accepted: z.literal(false), problem: z.string() }),
  z.object({
    accepted: z.literal(true),
    correct: z.boolean(),
    feedback: z.string().nullable(),
    misconception: z.object({ id: z.string(), name: z.string(), description: z.string() }).nullable(),
    /** The correct answer as shown to people, and the worked solution. */
    answer: z.string(),
    steps: z.array(z.string()),
    mastery: z.array(
      skillRefSchema.extend({
        before: z.number(),
        after: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
    /** True when the current plan was made again because of this answer. */
    planChanged: z.boolean(),
  }),
]);

export type ExerciseView = z.infer<typeof exerciseSchema>;
export type AnswerResult = z.infer<typeof answerResultSchema>;
