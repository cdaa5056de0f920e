import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

// The one without a window first: it draws the same pages with a quarter less work.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium on this machine: the one that CHROMIUM_PATH names, an installed one, or one that Playwright fetched. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...APPS, ...fetchedByPlaywright()].find((path) => existsSync(path)) ?? null;
}

function fetchedByPlaywright() {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH || playwrightCache();
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => /^chromium(_headless_shell)?-\d+$/.test(name))
    .sort()
    .reverse()
    .flatMap((name) => [
      join(cache, name, 'chrome-linux', 'headless_shell'),
      join(cache, name, 'chrome-headless-shell-linux64', 'chrome-headless-shell'),
      join(cache, name, 'chrome-linux', 'chrome'),
      join(cache, name, 'chrome-linux64', 'chrome'),
      join(cache, name, 'chrome-mac', 'Chromium.app/Contents/MacOS/Chromium'),
      join(cache, name, 'chrome-win64', 'chrome.exe'),
    ]);
}

function playwrightCache() {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright');
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ms-playwright');
}

export const HOW_TO_GET_CHROMIUM =
  'The browser tests need Chromium. Install it (Debian: apt-get install chromium; or: npx playwright install --with-deps chromium), or set CHROMIUM_PATH to one.';
