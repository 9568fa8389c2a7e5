/** Quizzes: begun by a learner, answered one question at a time, and ended with what was found out. */
import { z } from '@hono/zod-openapi';
import { exerciseSchema } from '../practice/schema.ts';
import { estimateSchema, skillRefSchema } from '../shared-schema.ts';
import { MOST_SKILLS, questionLimits } from './setup.ts';

/** GET /api/learners/:learnerId/quiz-offer: what a quiz could be about. */
export const quizOfferSchema = z.object({
  /** Skills that there are questions for; `chosen` are those of which least is known among those in reach. */
  skills: z.array(skillRefSchema.extend({ mastery: estimateSchema.nullable(), chosen: z.boolean() })),
  mostSkills: z.number().int(),
  questions: z.object({ least: z.number().int(), most: z.number().int(), usual: z.number().int() }),
});

/** POST /api/learners/:learnerId/quizzes */
export const quizBodySchema = z
  .object({
    /** Default: those that the offer has chosen. */
    skillIds: z.array(z.number().int()).min(1).max(MOST_SKILLS).optional(),
    /** Questions at most. */
    questions: z.number().int().min(questionLimits.least).max(questionLimits.most).optional(),
  })
  .strict();

const whySchema = z.object({
  text: z.string(),
  /** Probability of a right answer as believed before it. */
  chanceRight: z.number(),
  /** Uncertainty that the answer was expected to take away, bits. */
  bits: z.number(),
  rank: z.number().int(),
  eligible: z.number().int(),
  setAside: z.object({ asked: z.number().int(), exposure: z.number().int(), content: z.number().int() }),
});

/** A question as the learner sees it, with nothing that tells the answer. */
const questionSchema = exerciseSchema.extend({ number: z.number().int(), why: whySchema });

/** A question after the quiz. */
const reviewedSchema = z.object({
  number: z.number().int(),
  skill: skillRefSchema,
  prompt: z.string(),
  /** As given, or as the choices were worded; null: "I do not know". */
  response: z.string().nullable(),
  correct: z.boolean(),
  answer: z.string(),
  steps: z.array(z.string()),
  why: whySchema,
});

const quizResultSchema = z.object({
  /** Why it ended, in one sentence. */
  ending: z.string(),
  /** Questions answered. */
  answered: z.number().int(),
  stop: z.enum(['certainty', 'length', 'no-items', 'standard-error', 'stopped']),
  skills: z.array(
    skillRefSchema.extend({
      asked: z.number().int(),
      right: z.number().int(),
      /** Mastery by the course's model, central 90 % interval; null without a fitted model. */
      before: estimateSchema.nullable(),
      after: estimateSchema.nullable(),
      /** Probability that the skill is known, by the answers of this quiz and what was believed before. */
      known: z.number(),
      finding: z.enum(['knows', 'not-yet', 'unsure']),
    }),
  ),
  misconceptions: z.array(z.object({ id: z.string(), name: z.string(), description: z.string(), times: z.number() })),
  /** The model behind the figures, and whether chances of guessing and slipping are its own. */
  model: z.object({ name: z.string(), from: z.enum(['fitted', 'usual']) }).nullable(),
  simulated: z.boolean(),
  runId: z.string(),
});

export const quizSchema = z.object({
  id: z.string(),
  learnerId: z.number().int(),
  state: z.enum(['open', 'done', 'stopped']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  skills: z.array(skillRefSchema),
  answered: z.number().int(),
  most: z.number().int(),
  /** The open question; null once it has ended, or where its item was removed with a data set. */
  question: questionSchema.nullable(),
  /** Whether the answer before was right; null at the first question. */
  lastCorrect: z.boolean().nullable(),
  result: quizResultSchema.nullable(),
});

/** GET /api/quizzes/:quizId: with its questions and their answers once it has ended. */
export const quizDetailSchema = quizSchema.extend({ review: z.array(reviewedSchema) });

/** GET /api/learners/:learnerId/quizzes: newest first. */
export const quizListSchema = z.object({ quizzes: z.array(quizSchema) });

/** POST /api/quizzes/:quizId/answers */
export const quizAnswerBodySchema = z
  .object({
    /** Number of the question: an answer that comes twice is refused. */
    question: z.number().int().positive(),
    response: z.union([z.string().max(1000), z.array(z.string().max(200)).max(20)]),
    seconds: z.number().min(0).max(86_400).optional(),
    /** "I do not know": counts as not right. */
    giveUp: z.boolean().optional(),
  })
  .strict();

export const quizAnswerSchema = z.discriminatedUnion('accepted', [
  /** The answer could not be read; nothing was recorded, try again. */
  z.object({ accepted: z.literal(false), problem: z.string() }),
  z.object({ accepted: z.literal(true), correct: z.boolean(), quiz: quizSchema }),
]);

export type QuizOffer = z.infer<typeof quizOfferSchema>;
export type QuizView = z.infer<typeof quizSchema>;
export type QuizDetail = z.infer<typeof quizDetailSchema>;
export type QuizResult = z.infer<typeof quizResultSchema>;
export type QuizAnswerResult = z.infer<typeof quizAnswerSchema>;
