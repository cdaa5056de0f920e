import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { runQuietly } from './commands.mjs';
import { withLock } from './locks.mjs';
import { inRoot, workspaceLock } from './places.mjs';
import { note, step } from './progress.mjs';
import { dropStamp, fingerprint, readStamp, writeStamp } from './stamps.mjs';

const PNPM = 'pnpm@12.21.0';
const stampFile = inRoot('.steward', 'installed');

const manifests = [
  'package.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'apps/api/package.json',
  'apps/web/package.json',
  'packages/shared/package.json',
  'migrations/package.json',
  'test/package.json',
];

function wanted() {
  return fingerprint(
    manifests.map((path) => inRoot(path)),
    `${process.platform} ${process.arch} ${process.versions.modules}`,
  );
}

const isInstalled = () => readStamp(stampFile) === wanted() && existsSync(inRoot('node_modules', '.modules.yaml'));

/** Installs the packages that the lockfile names, unless they are there. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await inWorkspace(async () => {
    if (isInstalled()) return;
    await step('Installing packages (the first time this takes up to a minute)', () => install(['--frozen-lockfile']));
  });
}

/** @param {string[]} options */
export async function install(options) {
  dropStamp(stampFile);
  await runQuietly(
    'npx',
    ['-y', PNPM, 'install', '--reporter=append-only', '--config.confirmModulesPurge=false', ...options],
    {
      env: { ...process.env, npm_config_loglevel: 'error', COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' },
      failure: 'Installing packages failed',
    },
  );
  writeStamp(stampFile, wanted());
}

/**
 * @template T
 * @param {() => Promise<T>} work
 */
export function inWorkspace(work) {
  mkdirSync(dirname(workspaceLock), { recursive: true });
  return withLock(workspaceLock, work, {
    onWait: ({ pid }) => note(`Waiting for process ${pid}, which is installing or building here …`),
  });
}
