import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
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
 * @typedef {{ name: string, timeoutMs: number, run: (timeoutMs: number) => Promise<Counts> }} Stage
 */

const MINUTE = 60_000;
const resultsFolder = inRoot('.steward', 'test-results');

/** From the quickest answer to the slowest. @type {Stage[]} */
const stages = [
  { name: 'unit', timeoutMs: 5 * MINUTE, run: (timeoutMs) => jest('unit', timeoutMs) },
  { name: 'web', timeoutMs: 5 * MINUTE, run: (timeoutMs) => jest('web', timeoutMs) },
  { name: 'integration', timeoutMs: 15 * MINUTE, run: (timeoutMs) => jest('integration', timeoutMs) },
  { name: 'architecture', timeoutMs: 5 * MINUTE, run: (timeoutMs) => jest('architecture', timeoutMs) },
  { name: 'browser', timeoutMs: 20 * MINUTE, run: browser },
];

/**
 * Runs every stage, or those named: `npm test -- unit web`. The last line sums them all up.
 * @param {string[]} args
 */
export async function run(args) {
  const unknown = args.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no stage ${unknown.join(', ')}; there are ${stages.map((stage) => stage.name).join(', ')}.`,
    );
  await ensureInstalled();
  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of stages) {
    if (args.length > 0 && !args.includes(stage.name)) continue;
    note(`\n== ${stage.name}`);
    const counts = await stage.run(stage.timeoutMs).catch((error) => {
      note(error instanceof Error ? error.message : String(error));
      return { passed: 0, failed: 1, skipped: 0 };
    });
    if (counts.passed + counts.failed === 0) {
      note(`The stage ${stage.name} ran no test at all, which counts as one that failed.`);
      counts.failed = 1;
    }
    for (const key of /** @type {(keyof Counts)[]} */ (['passed', 'failed', 'skipped'])) total[key] += counts[key];
  }
  await removeLeftovers();
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed === 0 ? 0 : 1;
}

/**
 * @param {string} project
 * @param {number} timeoutMs
 * @returns {Promise<Counts>}
 */
async function jest(project, timeoutMs) {
  const output = inRoot('.steward', 'test-results', `${project}.json`);
  const args = [
    '--selectProjects',
    project,
    '--json',
    '--outputFile',
    output,
    '--passWithNoTests',
    '--maxWorkers=2',
    '--silent',
  ];
  const code = await runHere(
    process.execPath,
    ['--max-old-space-size=3072', inRoot('node_modules/jest/bin/jest.js'), ...args],
    {
      env: { ...process.env, NODE_ENV: 'test' },
      timeoutMs,
      hideStdout: true,
    },
  );
  const results = readResults(output);
  if (!results) throw new Error(`The stage ${project} ended without a result (code ${code}).`);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = results;
  const counts = {
    passed: numPassedTests,
    // A file that cannot even be loaded has no tests to count, and is a failure all the same.
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: numPendingTests + numTodoTests,
  };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {number} timeoutMs
 * @returns {Promise<Counts>}
 */
async function browser(timeoutMs) {
  const chromium = findChromium() ?? (await fetchChromium());
  await buildServer();
  await buildWeb();
  const output = inRoot('.steward', 'test-results', 'browser.json');
  const playwright = inRoot('test/node_modules/@playwright/test/cli.js');
  const code = await runHere(process.execPath, [playwright, 'test', '--reporter=list,json'], {
    cwd: inRoot('test/e2e'),
    timeoutMs,
    env: {
      ...process.env,
      CHROMIUM_PATH: chromium,
      STEWARD_E2E_PORT: [await freePort(), await freePort()].join(','),
      PLAYWRIGHT_JSON_OUTPUT_NAME: output,
    },
  });
  const results = readResults(output);
  if (!results) throw new Error(`The stage browser ended without a result (code ${code}).`);
  const { expected, unexpected, flaky, skipped } = results.stats;
  const failed = unexpected + results.errors.length;
  return { passed: expected + flaky, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
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
