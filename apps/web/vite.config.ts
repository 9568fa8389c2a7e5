/**
 * Build of the web app. It shares types with the server and no code with any workspace, so its libraries resolve as they
 * do everywhere. The heavy ones (plots, large graphs, mathematics) are reached only through dynamic imports: the first
 * page loads none of them.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig(({ command }) => {
  // A build is for production whoever starts it: under a test runner NODE_ENV is `test`, which builds React's
  // development version, several times slower.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [react()],
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
  };
});
