/**
 * Tests of the API, on both databases:
 *
 *     forEachApi('courses', (api) => {
 *       it('...', async () => {
 *         const { courses } = await api.ok<{ courses: Course[] }>('GET', '/api/courses');
 *       });
 *     });
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { createComputePool } from '../compute/pool.ts';
import { createApp } from '../http/app.ts';
import { createOutgoingPolicy } from '../http/outgoing.ts';
import { PERSON_HEADER } from '../http/person.ts';
import type { ApiServices } from '../http/router.ts';
import { allJobs } from '../jobs/all.ts';
import type { JobDefinition, Jobs } from '../jobs/definition.ts';
import { createJobs } from '../jobs/jobs.ts';
import type { Store } from '../store/store.ts';
import { type DatabaseKind, forEachDatabase } from './databases.ts';

export interface RequestOptions {
  readonly body?: unknown;
  /** `teacher:Ms Lopez`; percent-encoded by the harness. */
  readonly person?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
  readonly id?: string;
}

export interface TestApi {
  readonly kind: DatabaseKind;
  readonly store: Store;
  readonly jobs: Jobs;
  readonly services: ApiServices;
  /** What went to the error log: tests that expect none say so. */
  readonly logged: string[];
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
  /** The JSON of an answer that must be a success. */
  ok<T>(method: string, path: string, options?: RequestOptions): Promise<T>;
  /** The problem document of an answer that must be a refusal. */
  refused(method: string, path: string, options?: RequestOptions): Promise<Refusal>;
}

export interface ForEachApiOptions {
  /** Kinds of jobs besides the server's own. */
  readonly jobs?: readonly JobDefinition[];
}

/** Runs the suite on an application over PGlite and over PostgreSQL, with jobs running. */
export function forEachApi(title: string, suite: (api: TestApi) => void, options: ForEachApiOptions = {}): void {
  forEachDatabase(title, (database) => {
    let services: ApiServices;
    let app: ReturnType<typeof createApp>;
    const logged: string[] = [];
    beforeAll(async () => {
      const filesDirectory = await mkdtemp(path.join(tmpdir(), 'qurriculum-files-'));
      const base = {
        ...{ store: database.store, compute: createComputePool(1), filesDirectory },
        // Servers of the tests.
        outgoing: createOutgoingPolicy(['127.0.0.1']),
      };
      const jobs = await createJobs(base, [...allJobs, ...(options.jobs ?? [])]);
      await jobs.work();
      services = { ...base, jobs, startedAt: new Date(), version: 'test' };
      app = createApp(services, { logError: (line) => logged.push(line) });
    });
    afterAll(async () => {
      await services.jobs.stop();
      await services.compute.close();
      await rm(services.filesDirectory, { recursive: true, force: true });
    });

    async function request(method: string, address: string, given: RequestOptions = {}): Promise<Response> {
      const headers = new Headers({ host: '127.0.0.1', ...given.headers });
      if (given.person !== undefined) headers.set(PERSON_HEADER, encodeURIComponent(given.person));
      const raw = typeof given.body === 'string' || given.body instanceof Uint8Array;
      const isJson = given.body !== undefined && !raw;
      if (isJson) headers.set('content-type', 'application/json');
      const body = isJson ? JSON.stringify(given.body) : (given.body as BodyInit | undefined);
      return app.request(`http://127.0.0.1${address}`, { method, headers, body });
    }

    suite({
      kind: database.kind,
      get store() {
        return database.store;
      },
      get jobs() {
        return services.jobs;
      },
      get services() {
        return services;
      },
      logged,
      request,
      async ok<T>(method: string, address: string, given?: RequestOptions) {
        const response = await request(method, address, given);
        const text = await response.text();
        expect(response.ok, `${method} ${address}: ${response.status} ${text} ${logged.join('\n')}`).toBe(true);
        return (text === '' ? null : JSON.parse(text)) as T;
      },
      async refused(method, address, given) {
        const response = await request(method, address, given);
        expect(response.headers.get('content-type')).toContain('application/problem+json');
        return (await response.json()) as Refusal;
      },
    });
  });
}
