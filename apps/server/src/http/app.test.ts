import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forEachApi } from '../testing/api.ts';
import { createApp } from './app.ts';
import { readPerson, requirePerson } from './person.ts';
import { Problem } from './problem.ts';
import type { ApiServices } from './router.ts';

forEachApi('the application', (api) => {
  it('answers with problem details where there is nothing', async () => {
    const response = await api.request('GET', '/api/nothing');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      status: 404,
      code: 'not-found',
      type: '/api/docs#problem-not-found',
    });
    expect((await api.refused('GET', '/api/courses/4711')).detail).toContain('4711');
  });

  it('names the field of a faulty request', async () => {
    const long = await api.refused('POST', '/api/courses', { body: { name: '' }, person: 'engineer:E' });
    expect(long).toMatchObject({ status: 400, code: 'invalid-request', errors: [{ field: 'name' }] });
    const address = await api.refused('GET', '/api/courses/abc');
    expect(address.errors).toMatchObject([{ field: 'courseId' }]);
    const query = await api.refused('GET', '/api/jobs?limit=0');
    expect(query.errors).toMatchObject([{ field: 'limit' }]);
  });

  it('does not repeat what a parser says', async () => {
    const refusal = await api.refused('POST', '/api/courses', {
      body: '{"name": ',
      headers: { 'content-type': 'application/json' },
      person: 'engineer:E',
    });
    expect(refusal).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(JSON.stringify(refusal)).not.toMatch(/position|token|SyntaxError|Zod/i);
  });

  it('refuses a large body', async () => {
    const refusal = await api.refused('POST', '/api/courses', { body: { name: 'x'.repeat(2_000_000) } });
    expect(refusal).toMatchObject({ status: 413, code: 'too-large' });
  });

  it('refuses other hosts and other sites', async () => {
    expect(await api.refused('GET', '/api/health', { headers: { host: 'evil.example' } })).toMatchObject({
      status: 421,
    });
    expect(await api.refused('GET', '/api/health', { headers: { origin: 'https://evil.example' } })).toMatchObject({
      status: 403,
      code: 'foreign-origin',
    });
    expect(await api.refused('POST', '/api/courses', { headers: { 'sec-fetch-site': 'cross-site' } })).toMatchObject({
      status: 403,
    });
    const own = await api.request('GET', '/api/health', {
      headers: { host: '127.0.0.1:4173', origin: 'http://127.0.0.1:4173' },
    });
    expect(own.status).toBe(200);
  });

  it('sends headers that keep the page to itself', async () => {
    const { headers } = await api.request('GET', '/api/health');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('describes itself in OpenAPI 3.1 and on a page', async () => {
    const document = await api.ok<{ openapi: string; paths: Record<string, unknown> }>('GET', '/api/openapi.json');
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/courses/{courseId}');
    const page = await (await api.request('GET', '/api/docs')).text();
    expect(page).toContain('/courses/{courseId}');
    expect(page).toContain('id="problem-not-found"');
    expect(page).not.toContain('<script');
  });

  it('refuses a person that cannot be', async () => {
    expect(await api.refused('GET', '/api/health', { person: 'wizard:Merlin' })).toMatchObject({
      status: 400,
      errors: [{ field: 'x-qurriculum-person' }],
    });
  });
});

describe('readPerson', () => {
  it('reads staff and learners, letters beyond ASCII percent-encoded', () => {
    expect(readPerson(encodeURIComponent('teacher:Frau Müller'))).toEqual({
      role: 'teacher',
      name: 'Frau Müller',
      label: 'teacher:Frau Müller',
    });
    expect(readPerson('decision maker:Ms O:Neil')).toMatchObject({ role: 'decision maker', name: 'Ms O:Neil' });
    expect(readPerson('learner:12')).toEqual({ role: 'learner', learnerId: 12, label: 'learner:12' });
    expect(readPerson(undefined)).toBeNull();
    for (const bad of ['learner:abc', 'learner:', 'teacher:', 'teacher', ': x', '%']) {
      expect(() => readPerson(bad), bad).toThrow(Problem);
    }
  });

  it('holds back what is for others', () => {
    const learner = readPerson('learner:12');
    expect(requirePerson(learner, 'learner', 'teacher')).toBe(learner);
    expect(() => requirePerson(learner, 'teacher')).toThrow(expect.objectContaining({ code: 'not-allowed' }));
    expect(() => requirePerson(null)).toThrow(expect.objectContaining({ code: 'person-missing' }));
  });
});

describe('without a database', () => {
  const broken = {
    store: { kind: 'embedded', place: 'nowhere', db: null },
  } as unknown as ApiServices;

  it('gives an unforeseen error a number and keeps its text to the log', async () => {
    const logged: string[] = [];
    const app = createApp(
      { ...broken, startedAt: new Date(), version: '1' },
      { logError: (line) => logged.push(line) },
    );
    const response = await app.request('/api/health', { headers: { host: 'localhost' } });
    const problem = (await response.json()) as { id: string; detail: string };
    expect(response.status).toBe(500);
    expect(logged[0]).toContain(problem.id);
    expect(logged[0]).toContain('TypeError');
    expect(JSON.stringify(problem)).not.toContain('TypeError');
  });

  it('says so when the database does not answer', async () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
    const db = {
      selectNoFrom() {
        throw lost;
      },
    };
    const services = { store: { db }, startedAt: new Date(), version: '1' } as unknown as ApiServices;
    const app = createApp(services, { logError: () => {} });
    const response = await app.request('/api/health', { headers: { host: 'localhost' } });
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('10.0.0.7');
  });

  it('logs requests only when asked', async () => {
    const lines: string[] = [];
    const app = createApp(
      { ...broken, startedAt: new Date(), version: '1' },
      { logRequest: (line) => lines.push(line) },
    );
    await app.request('/api/nothing?secret=1', { headers: { host: 'localhost' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/GET \/api\/nothing 404 \d+ ms$/);
  });
});

describe('the web app', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'qurriculum-web-'));
    await mkdir(path.join(directory, 'assets'));
    await writeFile(path.join(directory, 'index.html'), '<title>Qurriculum</title>');
    await writeFile(path.join(directory, 'assets', 'main-abc123.js'), 'export {};');
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const get = (webDirectory: string, address: string) =>
    createApp({ startedAt: new Date(), version: '1' } as ApiServices, { webDirectory }).request(address, {
      headers: { host: 'localhost' },
    });

  it('serves files, and its page for every address of a screen', async () => {
    const script = await get(directory, '/assets/main-abc123.js');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const address of ['/', '/learners/12', '/index.html']) {
      const page = await get(directory, address);
      expect(await page.text(), address).toContain('<title>Qurriculum</title>');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('does not serve its page for a file that is not there, nor anything outside', async () => {
    expect((await get(directory, '/assets/gone.js')).status).toBe(404);
    expect((await get(directory, '/..%2f..%2fetc/passwd')).status).not.toBe(500);
    expect(await (await get(directory, '/..%2f..%2fetc%2fpasswd')).text()).not.toContain('root:');
    expect((await get(directory, '/api/nothing')).headers.get('content-type')).toContain('problem+json');
  });

  it('says so where it is not built', async () => {
    const page = await get(path.join(directory, 'missing'), '/');
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('npm start');
  });
});
