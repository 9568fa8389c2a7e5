/**
 * Build of the web app. Workspaces resolve to their sources (`development` condition); the heavy libraries (plots, large
 * graphs, mathematics) are reached only through dynamic imports, so the first page loads none of them.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['development', 'module', 'browser'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Fonts of the mathematics stay files of their own: as data URLs they would be loaded with every page.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env['QURRICULUM_SERVER'] ?? 'http://127.0.0.1:4173' },
  },
});
