/** The API page: the OpenAPI document as plain HTML, readable without scripts. */
import { html, raw } from 'hono/html';
import { problemKinds } from './problem.ts';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    schema?: unknown;
    description?: string;
  }[];
  readonly requestBody?: { content?: Record<string, { schema?: unknown }> };
  readonly responses?: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>;
}

export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths?: Record<string, Record<string, unknown>>;
  readonly components?: { readonly schemas?: Record<string, unknown> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { margin-top: 2.5rem; border-bottom: 1px solid; }
  h3 { margin: 2rem 0 .25rem; font: 600 1rem ui-monospace, monospace; overflow-wrap: anywhere; }
  table { border-collapse: collapse; } td, th { text-align: left; padding: .1rem 1rem .1rem 0; vertical-align: top; }
  pre { overflow-x: auto; padding: .5rem; border: 1px solid #8884; border-radius: .25rem; font-size: .85rem; }
`;

export function docsPage(document: ApiDocument) {
  const { info, paths = {}, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => method in methods).map((method) => ({
      path,
      method,
      operation: methods[method] as Operation,
    })),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'other');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
          <h1>${info.title} ${info.version}</h1>
          <p>${info.description ?? ''}</p>
          <p>The same for programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
          ${[...groups].map(([tag, members]) => html`<h2>${tag}</h2>${members.map(operationSection)}`)}
          <h2>Problems</h2>
          <p>Every refusal is a problem document (RFC 9457) of one of these kinds.</p>
          <table>
            <thead><tr><th>code</th><th>status</th><th>meaning</th></tr></thead>
            <tbody>
              ${problemKinds().map(
                ({ code, status, title }) =>
                  html`<tr id="problem-${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
              )}
            </tbody>
          </table>
          <h2>Schemas</h2>
          ${Object.entries(components?.schemas ?? {}).map(
            ([name, schema]) => html`<h3 id="schema-${name}">${name}</h3>${schemaBlock(schema)}`,
          )}
        </main>
      </body>
    </html>`;
}

function operationSection({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return html`<section>
    <h3>${method.toUpperCase()} ${path}</h3>
    <p>${operation.summary ?? ''} ${operation.description ?? ''}</p>
    ${
      (operation.parameters ?? []).length > 0
        ? html`<table>
          ${(operation.parameters ?? []).map(
            (one) => html`<tr>
              <td><code>${one.name}</code></td><td>${one.in}${one.required ? '' : ', optional'}</td>
              <td>${one.description ?? ''} <code>${JSON.stringify(one.schema)}</code></td>
            </tr>`,
          )}
        </table>`
        : ''
    }
    ${bodies.map(([type, body]) => html`<p>Body, <code>${type}</code>:</p>${schemaBlock(body.schema)}`)}
    ${Object.entries(operation.responses ?? {}).map(
      ([status, response]) => html`<p><strong>${status}</strong> ${response.description ?? ''}</p>
        ${status.startsWith('2') ? Object.values(response.content ?? {}).map((one) => schemaBlock(one.schema)) : ''}`,
    )}
  </section>`;
}

function schemaBlock(schema: unknown) {
  return schema === undefined ? '' : html`<pre>${JSON.stringify(schema, null, 2)}</pre>`;
}
