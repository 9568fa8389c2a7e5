/** The class: a heat map of learners by skills, and who needs help. */
import { z } from '@hono/zod-openapi';
import { estimateSchema, skillRefSchema } from '../shared-schema.ts';

/** GET /api/courses/:courseId/class?offset=&limit=&order=name|help&subject= */
export const heatMapSchema = z.object({
  /** Columns, prerequisites first. */
  skills: z.array(skillRefSchema.extend({ subject: z.string().nullable(), classMean: z.number().nullable() })),
  learners: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      simulated: z.boolean(),
      /** One mean per skill of `skills`; null where there is no evidence. */
      mastery: z.array(z.number().nullable()),
      attempts: z.number().int(),
      needsHelp: z.boolean(),
    }),
  ),
  total: z.number().int(),
  subjects: z.array(z.string()),
  /** At or above: mastered. */
  threshold: z.number(),
});

/** GET /api/courses/:courseId/help: the most urgent first. */
export const helpListSchema = z.object({
  needs: z.array(
    z.object({
      learnerId: z.number().int(),
      learnerName: z.string(),
      simulated: z.boolean(),
      skill: skillRefSchema,
      mastery: estimateSchema,
      /** 'stuck': many attempts without progress; 'gap': blocks much of what comes next; 'forgetting'; 'inactive'. */
      kind: z.enum(['stuck', 'gap', 'forgetting', 'inactive']),
      /** In words, with the evidence: "7 attempts on Adding fractions, 1 correct in the last 5; 6 skills wait for it." */
      reason: z.string(),
      attempts: z.number().int(),
    }),
  ),
  /** How the list is made, in a sentence. */
  rule: z.string(),
});

/** GET /api/courses/:courseId/prerequisites: all of them, switched off ones too. */
export const prerequisiteSchema = z.object({
  from: skillRefSchema,
  to: skillRefSchema,
  strength: z.enum(['hard', 'soft']),
  source: z.enum(['given', 'estimated']),
  /** 0 to 1, for estimated ones. */
  confidence: z.number().nullable(),
  enabled: z.boolean(),
  /** `teacher:Ms Lopez`: who switched it last; null while it stands as it came. */
  decidedBy: z.string().nullable(),
});

/** What estimating prerequisites looked at; null where nobody had to estimate any. */
export const prerequisiteEstimateSchema = z
  .object({
    /** Skills that enough learners answered. */
    skills: z.number().int(),
    /** Ordered pairs of them that enough learners met. */
    testedPairs: z.number().int(),
  })
  .nullable();

/** PUT /api/courses/:courseId/prerequisites/:from/:to, skills by id. */
export const prerequisiteBodySchema = z.object({ enabled: z.boolean() }).strict();

export type PrerequisiteView = z.infer<typeof prerequisiteSchema>;
export type HeatMapView = z.infer<typeof heatMapSchema>;
export type HelpListView = z.infer<typeof helpListSchema>;
export type PrerequisiteEstimateView = z.infer<typeof prerequisiteEstimateSchema>;
