/** The built web app: its files, and its page for every address that is not a file and not the API's. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { Problem } from './problem.ts';
import type { ApiEnv } from './router.ts';

/** Files below /assets/ carry a hash of their content in their names. */
const FOREVER = 'public, max-age=31536000, immutable';

export function serveWebApp(app: Hono<ApiEnv>, directory: string): void {
  app.use('/*', async (context, next) => {
    await next();
    if (context.res.headers.has('cache-control')) return;
    const isHashed = context.req.path.startsWith('/assets/') && context.res.ok;
    context.header('cache-control', isHashed ? FOREVER : 'no-cache');
  });
  if (existsSync(directory)) app.use('/*', serveStatic({ root: directory }));
  app.get('/*', async (context) => {
    if (path.extname(context.req.path) !== '') {
      throw new Problem('not-found', `${context.req.path}: there is no such file.`);
    }
    const page = path.join(directory, 'index.html');
    if (!existsSync(page)) return context.html(notBuiltPage(), 503);
    return context.html(await readFile(page, 'utf8'));
  });
}

function notBuiltPage() {
  return html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8" /><title>Qurriculum</title></head>
      <body>
        <main>
          <h1>The app is not built yet</h1>
          <p>Stop the server and run <code>npm start</code>, which builds it. The <a href="/api/docs">API</a> works already.</p>
        </main>
      </body>
    </html>`;
}
