import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = process.env.STEWARD_API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  // Workspace packages are compiled from source, so the web build never waits for theirs.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  server: { proxy: { '/api': api, '^/health/(live|ready)$': api } },
  build: { outDir: 'dist', sourcemap: true, reportCompressedSize: false, chunkSizeWarningLimit: 1200 },
});
