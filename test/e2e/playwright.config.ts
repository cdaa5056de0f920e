import { defineConfig, devices } from '@playwright/test';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/lib/chromium.mjs';
import { addressOf, portsOfProducts } from './support/addresses.js';

const chromium = findChromium();
if (!chromium) throw new Error(HOW_TO_GET_CHROMIUM);

// A product that runs already on a named port is used as it is: for work on the tests themselves.
const named = process.env.STEWARD_E2E_PORT !== undefined;
const anyPort = 20_000 + 2 * (process.pid % 10_000);
// Set for the processes that Playwright starts as well, which read this file again.
process.env.STEWARD_E2E_PORT ??= `${anyPort},${anyPort + 1}`;
const ports = portsOfProducts();

/**
 * The product as `npm start` runs it, on a database of its own with a small sample company, seen in a real browser. Each
 * of the workers has a product to itself, so that files of tests do not meet.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../../.steward/test-results/browser',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: false,
  workers: ports.length,
  retries: 0,
  timeout: 60_000,
  // Ample, for machines that are slow or busy: only what fails takes longer.
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // As someone who asked their system for less movement sees it: nothing waits for a transition to end.
    contextOptions: { reducedMotion: 'reduce' },
    // A failure leaves this and what stood on the page. `--trace on` writes down every step, for a third more time.
    screenshot: 'only-on-failure',
    actionTimeout: 20_000,
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A page lives for seconds: code that is made fast after a few hundred calls costs more than it gains, a tenth
        // of all that a page takes, and only what axe calls by the ten thousand is worth it.
        '--js-flags=--invocation-count-for-maglev=4000 --invocation-count-for-turbofan=20000',
      ],
    },
  },
  webServer: ports.map((port) => ({
    command: `${process.execPath} support/serve.mjs`,
    env: { PORT: String(port) },
    url: `${addressOf(port)}/health/ready`,
    timeout: 180_000,
    reuseExistingServer: named,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  })),
});
