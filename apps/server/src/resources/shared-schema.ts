/** Shapes that several resources answer with. Zod 4; the OpenAPI document and the web app's types come from these. */
import { z } from '@hono/zod-openapi';
import type { Json } from '@qurriculum/evidence';

export const idSchema = z.coerce.number().int().positive();

/** A figure with its interval; `low` and `high` bound the central 90 % (estimates) or 95 % (comparisons) as the resource says. */
export const estimateSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() });

export const skillRefSchema = z.object({ id: z.number().int(), key: z.string(), name: z.string() });

export type SkillRef = z.infer<typeof skillRefSchema>;

/** Any JSON value. */
export const jsonSchema = z.custom<Json>().openapi({
  type: ['object', 'array', 'string', 'number', 'boolean', 'null'],
  description: 'Any JSON value.',
});

/** A yes or no in an address: ?active=true. */
export const flagSchema = z.enum(['true', 'false']).transform((value) => value === 'true');

/** How many rows a list answers with. */
export const limitSchema = z.coerce.number().int().min(1).max(1000);
