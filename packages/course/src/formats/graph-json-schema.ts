/**
 * Qurriculum's own skill graph file, version 1: JSON with `format`, `skills` and `prerequisites`. The schema below is the
 * documentation; `skillGraphJsonSchema` gives it as JSON Schema (draft 2020-12) for editors and other programs.
 */
import { z } from 'zod';

const id = z.string().min(1).max(500);

const skill = z.object({
  id: id.describe('Unique inside the file.'),
  name: z.string().optional().describe('Default: the id.'),
  subject: z.string().optional(),
  domain: z.string().optional(),
  description: z.string().optional(),
  minutes: z.number().positive().optional().describe('Minutes of study, if known.'),
});

const prerequisite = z.object({
  from: id.describe('The skill that comes first.'),
  to: id.describe('The skill that needs it.'),
  strength: z
    .enum(['hard', 'soft'])
    .default('hard')
    .describe('hard: cannot be learned without it; soft: easier with it.'),
  source: z.enum(['given', 'estimated']).optional(),
  confidence: z.number().min(0).max(1).optional().describe('For estimated ones, 0 to 1.'),
});

export const skillGraphFile = z.object({
  format: z.literal('qurriculum-skill-graph'),
  version: z.literal(1),
  name: z.string().optional(),
  licence: z.string().optional().describe('Under which terms the graph may be used.'),
  credit: z.string().optional().describe('Whom to name.'),
  source: z.string().optional().describe('Where it comes from.'),
  skills: z.array(skill),
  prerequisites: z.array(prerequisite),
});

/** What a file holds; see the schema for each field. */
export type SkillGraphFile = z.input<typeof skillGraphFile>;

/** JSON Schema (draft 2020-12) of the file. */
export const skillGraphJsonSchema = (): unknown => z.toJSONSchema(skillGraphFile, { io: 'input' });
