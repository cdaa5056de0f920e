import { fileURLToPath } from 'node:url';
import { swcOptions } from './scripts/lib/swc-options.mjs';
import { specsOf } from './test/support/specs.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

// Jest runs in CommonJS mode: native ES modules break on Node 20 once a CommonJS add-on loads Nest.
// So packages that ship ES modules only are compiled too.
const esmPackages = [
  '@nestjs\\+',
  '@tokenizer\\+',
  '@borewit',
  '@standard-schema',
  '@tabler\\+',
  '@tanstack\\+',
  'ag-charts-types',
  'd3-',
  'file-type',
  'internmap',
  'load-esm',
  'strip-json-comments',
  'strtok3',
  'token-types',
  'uid',
  'uint8array-extras',
  'uuid',
  'yargs',
];

// The whole suite runs many specs in one file, which loads what they test once for all of them.
const wholeSuite = process.env.STEWARD_WHOLE_SUITE === '1';

/** @param {'unit' | 'web'} project @param {string} eachAlone */
const specsBeside = (project, eachAlone) =>
  wholeSuite ? [`<rootDir>/test/together/${project}-*.group.ts`, ...specsOf(project).alone] : [eachAlone];

const common = {
  rootDir: root,
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '^.+\\.tsx$': ['@swc/jest', swcOptions('commonjs', { tsx: true })],
    '^.+\\.(ts|js|mjs)$': ['@swc/jest', swcOptions('commonjs')],
  },
  transformIgnorePatterns: [`/node_modules/\\.pnpm/(?!(${esmPackages.join('|')}))`],
  moduleNameMapper: {
    '^@steward/api/(.*)$': '<rootDir>/apps/api/src/$1.ts',
    '^@steward/shared/(.*)$': '<rootDir>/packages/shared/src/$1.ts',
    '^@steward/migrations$': '<rootDir>/migrations/src/migrations.ts',
    '^@steward/migrations/(.*)$': '<rootDir>/migrations/src/$1.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/apps/api/bundle', '<rootDir>/.steward/'],
};

/** @type {import('jest').Config} */
export default {
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: specsBeside('unit', '<rootDir>/{apps/api,packages/shared,migrations}/src/**/*.spec.ts'),
    },
    {
      ...common,
      displayName: 'web',
      testEnvironment: 'jest-environment-jsdom',
      testMatch: specsBeside('web', '<rootDir>/apps/web/src/**/*.spec.{ts,tsx}'),
      setupFilesAfterEnv: ['<rootDir>/apps/web/jest.setup.ts'],
      moduleNameMapper: { '\\.css$': '<rootDir>/apps/web/jest.css.ts', ...common.moduleNameMapper },
    },
    {
      ...common,
      displayName: 'integration',
      testMatch: [`<rootDir>/test/integration/**/*${wholeSuite ? '.group' : '.int.spec'}.ts`],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
    {
      ...common,
      displayName: 'architecture',
      testMatch: ['<rootDir>/test/architecture/*.spec.ts'],
    },
  ],
};
