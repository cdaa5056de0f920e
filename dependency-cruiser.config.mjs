/**
 * The import rules of ARCHITECTURE.md. There is no list of exceptions; test/architecture proves that each rule fires.
 */

const API = '^apps/api/src';
const SPEC = '\\.spec\\.tsx?$';

/** Layers from the base up; a file may import its own layer and those before it. */
const layers = [
  { name: 'base', paths: ['platform', 'db', 'pipeline/base'] },
  { name: 'facts-and-records', paths: ['intake', 'records'] },
  { name: 'stages', paths: ['stages'] },
  { name: 'reports', paths: ['reports'] },
  { name: 'desk', paths: ['desk'] },
  { name: 'run', paths: ['pipeline/run'] },
  { name: 'sample', paths: ['sample'] },
];
const doors = `${API}/(main|worker|run-thread|cli|migrate|app\\.module)\\.ts$|${API}/cli/`;

const stages = ['signals', 'tiers', 'health', 'lifecycle', 'renewals', 'segments', 'alerts', 'goals'];
const topicLayers = '(intake|records|stages|reports|desk)';

/** What the topics of a layer stand on together; a foundation imports none of them. */
const foundations = [
  'intake/facts',
  'records/accounts',
  'stages/model',
  'stages/state',
  'reports/base',
  'desk/account-list',
  'desk/alerts',
];

const within = (/** @type {string[]} */ paths) => `${API}/(${paths.join('|')})/`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layerRules = layers.map(({ name, paths }, index) => ({
  name: `layer-${name}-imports-only-what-is-below`,
  severity: 'error',
  comment: 'platform, db, pipeline/base ← intake, records ← stages ← reports ← desk ← pipeline/run ← the doors.',
  from: { path: within(paths), pathNot: SPEC },
  to: { path: [...layers.slice(index + 1).map((above) => within(above.paths)), doors] },
}));

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const stageRules = stages.slice(0, -1).map((stage, index) => ({
  name: `stage-${stage}-looks-back`,
  severity: 'error',
  comment: 'A stage uses what stages before it computed, never what comes after.',
  from: { path: `${API}/stages/${stage}/`, pathNot: SPEC },
  to: { path: `${API}/stages/(${stages.slice(index + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      // A test that starts a program of its own names what the build makes.
      to: { couldNotResolve: true, pathNot: '\\.css$|/dist/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'domain imports domain and packages/shared only: no framework, no database, no node:.',
      from: { path: `${API}/domain/`, pathNot: SPEC },
      to: { pathNot: [`${API}/domain/`, '^packages/shared/src/'] },
    },
    ...layerRules,
    ...stageRules,
    {
      name: 'topics-meet-by-reader-or-module',
      severity: 'error',
      comment: 'A topic reaches another through its *.reader.ts or *.module.ts.',
      from: { path: `${API}/${topicLayers}/([^/]+)/`, pathNot: SPEC },
      to: {
        path: `${API}/${topicLayers}/[^/]+/`,
        pathNot: [`${API}/$1/$2/`, '\\.(reader|module)\\.ts$', within(foundations)],
      },
    },
    {
      name: 'foundations-import-no-topic',
      severity: 'error',
      from: { path: within(foundations), pathNot: SPEC },
      to: { path: `${API}/(intake|stages)/[^/]+/`, pathNot: within(foundations) },
    },
    {
      name: 'readers-stay-light',
      severity: 'error',
      comment: 'Everyone may import a reader, so it brings no service, repository or stage along.',
      from: { path: `${API}/.*\\.reader\\.ts$` },
      to: { path: `${API}/`, pathNot: `${API}/(db|domain|platform)/` },
    },
    {
      name: 'typeorm-stays-below',
      severity: 'error',
      comment: 'TypeORM: db, repositories, wiring, migrations and the support of tests.',
      from: {
        path: '^(apps|packages|migrations|test)/',
        pathNot: [`${API}/db/`, '\\.repository\\.ts$', '\\.module\\.ts$', doors, '^migrations/', '^test/'],
      },
      to: { path: '(^|node_modules/)typeorm(/|$)' },
    },
    {
      name: 'bullmq-stays-in-the-pipeline',
      severity: 'error',
      comment: 'BullMQ: pipeline and processors.',
      from: { path: '^(apps|packages|migrations)/', pathNot: [`${API}/pipeline/`, '\\.processor\\.ts$'] },
      to: { path: '(^|node_modules/)(bullmq|ioredis)(/|$)' },
    },
    {
      name: 'web-lib-and-components-know-no-feature',
      severity: 'error',
      from: { path: '^apps/web/src/(lib|components)/', pathNot: SPEC },
      to: { path: '^apps/web/src/(features|app)/' },
    },
    {
      name: 'web-lib-knows-no-component',
      severity: 'error',
      from: { path: '^apps/web/src/lib/', pathNot: SPEC },
      to: { path: '^apps/web/src/components/' },
    },
    {
      name: 'features-meet-in-app-only',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/(features|app)/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'web-and-server-share-the-contract-only',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(apps/api|migrations)/' },
    },
    {
      name: 'server-knows-no-page',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^apps/web/' },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^packages/shared/src/', pathNot: SPEC },
      to: { pathNot: ['^packages/shared/src/', 'node_modules/zod/'] },
    },
    {
      name: 'migrations-stand-alone',
      severity: 'error',
      comment: 'A migration must mean the same for ever, so it imports nothing that changes.',
      from: { path: '^migrations/src/', pathNot: SPEC },
      to: { pathNot: ['^migrations/src/', 'node_modules/typeorm/'] },
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^(apps|packages|migrations)/', pathNot: SPEC },
      to: { path: ['^test/', '\\.spec\\.tsx?$'] },
    },
    {
      name: 'no-barrels',
      severity: 'error',
      comment: 'A file that only passes others on hides who needs what.',
      from: {},
      to: { path: '^apps/.*/index\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^(apps/|packages/)?[^/]+/dist/', '^apps/api/bundle', '^test/architecture/fixtures/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
