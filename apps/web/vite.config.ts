import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = process.env.STEWARD_API_URL ?? 'http://127.0.0.1:3000';

/** Libraries that are large and not on every page. */
const GRID = /node_modules[\\/]ag-(grid|stack|charts)/;
const CHARTS =
  /node_modules[\\/](recharts|victory-vendor|d3-|internmap|decimal\.js|immer|@reduxjs|redux|reselect|es-toolkit)/;
const DATES = /node_modules[\\/](dayjs|@mantine[\\/]dates)/;
const isOnEveryPage = (id: string) => /node_modules/.test(id) && ![GRID, CHARTS, DATES].some((each) => each.test(id));

export default defineConfig({
  plugins: [react()],
  // Workspace packages are compiled from source, so the web build never waits for theirs.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  server: { proxy: { '/api': api, '^/health/(live|ready)$': api } },
  build: {
    outDir: 'dist',
    sourcemap: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // A page asks for a dozen files; cut by what shares what, it would be a hundred and fifty.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: isOnEveryPage, priority: 3 },
            { name: 'grid', test: GRID, priority: 2 },
            { name: 'charts', test: CHARTS, priority: 2 },
            { name: 'dates', test: DATES, priority: 2 },
            { name: 'common', test: (id) => !/node_modules/.test(id), minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
});
