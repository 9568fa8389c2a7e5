/** Every kind of job that a server or worker runs. */
import type { JobDefinition } from './definition.ts';

export const allJobs: readonly JobDefinition[] = [];
