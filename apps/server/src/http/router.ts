/** Routers whose refusals are problem details; every resource makes its routes on one of these. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Jobs, Services } from '../jobs/definition.ts';
import type { Person } from './person.ts';
import { invalidRequest } from './problem.ts';

export interface ApiEnv {
  Variables: {
    /** Who asks; null where nobody was chosen. */
    person: Person | null;
  };
}

/** What routes and services work with. */
export interface ApiServices extends Services {
  readonly jobs: Jobs;
  readonly startedAt: Date;
  readonly version: string;
}

const places = { json: 'Body', query: 'Query', param: 'Address', header: 'Header', form: 'Form', cookie: 'Cookie' };

export function createRouter(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook(result) {
      if (!result.success) throw invalidRequest(places[result.target], result.error);
    },
  });
}

/** A successful answer in JSON, for a route's `responses`: `200: json(schema, 'The courses')`. */
export function json<Schema>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A JSON body that must be there. */
export function jsonBody<Schema>(schema: Schema) {
  return { required: true as const, content: { 'application/json': { schema } } };
}
