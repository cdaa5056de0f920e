import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { relative } from 'node:path';
import { sampleProduct } from '../../test/e2e/support/product.mjs';
import { buildServer, buildWeb } from '../lib/build.mjs';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../lib/chromium.mjs';
import { runHere, runQuietly } from '../lib/commands.mjs';
import { freePort } from '../lib/embedded-postgres/postmaster.mjs';
import { removeLeftovers } from '../lib/embedded-postgres/temporary.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { inRoot } from '../lib/places.mjs';
import { note, step } from '../lib/progress.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, files: RegExp }} JestStage
 */

const MINUTE = 60_000;
const GIGABYTE = 2 ** 30;
const resultsFolder = inRoot('.steward', 'test-results');

/**
 * How many run tests at a time. One more than there are cores, for a test often waits for a process that it has started
 * or killed; each takes up to 2 GB with its part of PostgreSQL.
 */
const workers = Math.max(2, Math.min(availableParallelism() + 1, 4, Math.floor(totalmem() / (2 * GIGABYTE))));

/** For Jest and its workers. With more room for what is just made, collecting it takes a twentieth of all time less. */
const JEST_FLAGS = ['--max-old-space-size=3072', '--max-semi-space-size=64'];

/** Jest runs these together, so that no core waits at the end of each. @type {JestStage[]} */
const jestStages = [
  { name: 'unit', files: /^(apps\/api|packages|migrations|test\/together\/unit)/ },
  { name: 'web', files: /^(apps\/web|test\/together\/web)/ },
  { name: 'integration', files: /^test\/integration\// },
  { name: 'architecture', files: /^test\/architecture\// },
];
const BROWSER = 'browser';

/**
 * Runs every stage, or those named: `npm test -- unit web`. The last line sums them all up.
 * @param {string[]} args
 */
export async function run(args) {
  const names = [...jestStages.map(({ name }) => name), BROWSER];
  const unknown = args.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no stage ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  await ensureInstalled();
  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
  /** @param {string} name */
  const isChosen = (name) => args.length === 0 || args.includes(name);
  /** @type {Map<string, Counts>} */
  const counts = new Map();
  // Made beside the other tests, which leave a core alone now and then. Whether it could be made counts in its own stage.
  const browserNeeds = isChosen(BROWSER) ? makeBrowserNeeds() : null;
  browserNeeds?.catch(() => {});
  const chosen = jestStages.filter(({ name }) => isChosen(name));
  if (chosen.length > 0) {
    note(`\n== ${chosen.map(({ name }) => name).join(', ')}`);
    for (const [name, count] of await jest(chosen, 20 * MINUTE)) counts.set(name, count);
  }
  if (browserNeeds) {
    note(`\n== ${BROWSER}`);
    counts.set(BROWSER, await browser(browserNeeds, 20 * MINUTE).catch(failure));
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  note('');
  for (const [name, count] of counts) {
    if (count.passed + count.failed === 0) {
      note(`The stage ${name} ran no test at all, which counts as one that failed.`);
      count.failed = 1;
    }
    note(`${name}: ${told(count)}`);
    for (const key of /** @type {(keyof Counts)[]} */ (['passed', 'failed', 'skipped'])) total[key] += count[key];
  }
  await removeLeftovers();
  process.stdout.write(`\n${told(total)}\n`);
  return total.failed === 0 ? 0 : 1;
}

/** @param {Counts} counts */
const told = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * What counts for a stage that did not come to an end.
 * @param {unknown} error
 * @returns {Counts}
 */
function failure(error) {
  note(error instanceof Error ? error.message : String(error));
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {JestStage[]} chosen
 * @param {number} timeoutMs
 * @returns {Promise<[string, Counts][]>}
 */
async function jest(chosen, timeoutMs) {
  const output = inRoot('.steward', 'test-results', 'jest.json');
  const args = [
    '--selectProjects',
    ...chosen.map(({ name }) => name),
    '--json',
    '--outputFile',
    output,
    '--passWithNoTests',
    `--maxWorkers=${workers}`,
    '--silent',
    '--testSequencer',
    inRoot('test/support/global-order.mjs'),
  ];
  const code = await runHere(process.execPath, [...JEST_FLAGS, inRoot('node_modules/jest/bin/jest.js'), ...args], {
    env: { ...process.env, NODE_ENV: 'test', STEWARD_WHOLE_SUITE: '1' },
    timeoutMs,
    hideStdout: true,
  });
  const results = readResults(output);
  if (!results) {
    const why = failure(`Jest ended without a result (code ${code}).`);
    return chosen.map(({ name }) => [name, { ...why }]);
  }
  /** @type {[string, Counts][]} */
  const counts = chosen.map(({ name, files }) => [name, countOf(results.testResults.filter(isOf(files)))]);
  const [first] = counts;
  if (code !== 0 && first && counts.every(([, { failed }]) => failed === 0)) first[1].failed = 1;
  return counts;
}

/** @param {RegExp} files */
const isOf = (files) => (/** @type {{ name: string }} */ file) =>
  files.test(relative(inRoot(), file.name).replaceAll('\\', '/'));

/**
 * @param {{ status: string, assertionResults: { status: string }[] }[]} files
 * @returns {Counts}
 */
function countOf(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  /** @param {string[]} statuses */
  const withStatus = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
  return {
    passed: withStatus('passed'),
    // A file that cannot even be loaded has no tests to count, and is a failure all the same.
    failed: withStatus('failed') + files.filter(failedAsAWhole).length,
    skipped: withStatus('pending', 'todo', 'skipped', 'disabled'),
  };
}

/** @param {{ status: string, assertionResults: { status: string }[] }} file */
const failedAsAWhole = ({ status, assertionResults }) =>
  status === 'failed' && !assertionResults.some((test) => test.status === 'failed');

/** A Chromium, the product as it is shipped, and a company that is made once and copied for each of the products. */
async function makeBrowserNeeds() {
  const chromium = findChromium() ?? (await fetchChromium());
  await buildServer();
  const [sample] = await Promise.all([step('Making a sample company', sampleProduct), buildWeb()]);
  return { chromium, sample };
}

/**
 * @param {ReturnType<typeof makeBrowserNeeds>} needs
 * @param {number} timeoutMs
 * @returns {Promise<Counts>}
 */
async function browser(needs, timeoutMs) {
  const { chromium, sample } = await needs;
  const output = inRoot('.steward', 'test-results', 'browser.json');
  const playwright = inRoot('test/node_modules/@playwright/test/cli.js');
  const code = await runHere(process.execPath, [playwright, 'test', '--reporter=list,json'], {
    cwd: inRoot('test/e2e'),
    timeoutMs,
    env: {
      ...process.env,
      CHROMIUM_PATH: chromium,
      STEWARD_E2E_PORT: (await freePorts(Math.min(workers, 3))).join(','),
      STEWARD_E2E_SAMPLE: sample.home,
      PLAYWRIGHT_JSON_OUTPUT_NAME: output,
    },
  }).finally(() => sample.close());
  const results = readResults(output);
  if (!results) throw new Error(`The stage browser ended without a result (code ${code}).`);
  const { expected, unexpected, flaky, skipped } = results.stats;
  const failed = unexpected + results.errors.length;
  return { passed: expected + flaky, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

/** @param {number} count */
async function freePorts(count) {
  /** @type {Set<number>} */
  const ports = new Set();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

async function fetchChromium() {
  await step('Fetching Chromium for the browser tests', () =>
    runQuietly(process.execPath, [inRoot('test/node_modules/@playwright/test/cli.js'), 'install', 'chromium'], {
      failure: 'Chromium could not be fetched',
    }),
  ).catch((error) => {
    throw new Error(`${error.message}\n${HOW_TO_GET_CHROMIUM}`);
  });
  const fetched = findChromium();
  if (!fetched) throw new Error(HOW_TO_GET_CHROMIUM);
  return fetched;
}

/** @param {string} path */
function readResults(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
