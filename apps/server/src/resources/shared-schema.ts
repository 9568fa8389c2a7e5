/** Shapes that several resources answer with. Zod 4; the OpenAPI document and the web app's types come from these. */
import { z } from '@hono/zod-openapi';

export const idSchema = z.coerce.number().int().positive();

/** A figure with its interval; `low` and `high` bound the central 90 % (estimates) or 95 % (comparisons) as the resource says. */
export const estimateSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() });

export const skillRefSchema = z.object({ id: z.number().int(), key: z.string(), name: z.string() });

export type SkillRef = z.infer<typeof skillRefSchema>;
