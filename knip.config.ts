import type { KnipConfig } from 'knip';

/** What runs without being imported. Everything else that nothing imports is dead. */
const config: KnipConfig = {
  ignoreBinaries: ['redis-server'],
  // Run by path from scripts/commands/check.mjs.
  ignoreDependencies: ['@biomejs/biome'],
  ignoreExportsUsedInFile: true,
  workspaces: {
    '.': {
      entry: ['scripts/commands/*.mjs', 'dependency-cruiser.config.mjs'],
      project: ['scripts/**/*.mjs'],
    },
    'apps/api': {
      entry: ['src/{main,worker,run-thread,cli,migrate}.ts', 'src/**/*.spec.ts'],
      project: ['src/**/*.ts'],
      // Asked for by @nestjs/swagger, from within the bundled server: the pages of /api/docs.
      ignoreDependencies: ['swagger-ui-dist'],
    },
    'apps/web': {
      entry: ['src/**/*.spec.{ts,tsx}'],
      project: ['src/**/*.{ts,tsx}'],
    },
    'packages/shared': { entry: ['src/**/*.spec.ts'], project: ['src/**/*.ts'] },
    migrations: { project: ['src/**/*.ts'] },
    test: {
      entry: [
        'integration/**/*.int.spec.ts',
        'together/*.group.ts',
        'integration/together/*.group.ts',
        'architecture/*.spec.ts',
        'e2e/**/*.e2e.ts',
        'e2e/playwright.config.ts',
        'e2e/support/serve.mjs',
        'bench/*.bench.ts',
        // Started as a process of its own, to be killed.
        'integration/bulk/run-bulk.mjs',
        'integration/intake/run-import.mjs',
        'support/global-*.mjs',
      ],
      project: ['**/*.{ts,mjs}', '!architecture/fixtures/**'],
    },
  },
};

export default config;
