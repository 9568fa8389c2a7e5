/** Builds one page of this workspace with Vite and serves it on a free port of 127.0.0.1, for tests of components. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface StaticSite {
  /** With a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the `index.html` of a folder with the app's own configuration. */
export const serveBuilt = async (root: string, configFile: string): Promise<StaticSite> => {
  const folder = await mkdtemp(join(tmpdir(), 'qurriculum-web-'));
  await build({ root, configFile, publicDir: false, logLevel: 'error', build: { outDir: folder, minify: false } });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path.endsWith('/') || extname(path) === '' ? 'index.html' : path);
    readFile(file).then(
      (bytes) => response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream').end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
