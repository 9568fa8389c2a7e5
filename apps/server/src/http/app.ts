/** The whole HTTP application: guards, the API with its description, and the web app. */
import { createApi } from '../api.ts';
import { type ApiDocument, docsPage } from './docs-page.ts';
import { headers, hostGuard, originGuard, personReader, requestLog, sizeGuard } from './guards.ts';
import { answerError, Problem } from './problem.ts';
import { type ApiServices, createRouter } from './router.ts';
import { serveWebApp } from './web-app.ts';

export interface AppOptions {
  /** The server was opened to other machines on purpose: names other than this machine's are answered. */
  readonly insecure?: boolean;
  /** Folder of the built web app; without it only the API is served. */
  readonly webDirectory?: string | null;
  /** Gets one line a request; without it requests are not logged. */
  readonly logRequest?: (line: string) => void;
  /** Gets unforeseen errors; standard error by default. */
  readonly logError?: (line: string) => void;
}

export function createApp(services: ApiServices, options: AppOptions = {}) {
  const report = options.logError ?? ((line: string) => process.stderr.write(`${line}\n`));
  const app = createRouter();
  app.onError((error, context) => answerError(context, error, report));
  app.notFound((context) =>
    answerError(context, new Problem('not-found', `${context.req.path}: there is no such address.`), report),
  );
  if (options.logRequest) app.use(requestLog(options.logRequest));
  app.use(headers());
  app.use(hostGuard(options.insecure ?? false));
  app.use(originGuard());
  app.use('/api/*', sizeGuard());
  app.use('/api/*', personReader());
  app.use('/api/*', async (context, next) => {
    await next();
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  });

  const api = createApi(services);
  app.route('/api', api);
  const document = () =>
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Qurriculum API',
        version: services.version,
        description:
          'What the app itself uses. A request may say who asks in the header x-qurriculum-person ' +
          '("teacher:Ms Lopez", "learner:12"; percent-encoded where needed).',
      },
      servers: [{ url: '/api' }],
    });
  app.get('/api/openapi.json', (context) => context.json(document()));
  app.get('/api/docs', (context) => context.html(docsPage(document() as ApiDocument)));
  app.all('/api/*', (context) => {
    throw new Problem('not-found', `${context.req.method} ${context.req.path}: there is no such address.`);
  });
  if (options.webDirectory) serveWebApp(app, options.webDirectory);
  return app;
}
