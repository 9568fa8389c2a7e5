/** Builds the page from the workspace's sources. Elsewhere, with the libraries from npm, Vite needs no configuration. */
import { defineConfig } from 'vite';

const conditions = ['development', 'module', 'browser'];

export default defineConfig({
  base: './',
  resolve: { conditions },
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0 },
});
