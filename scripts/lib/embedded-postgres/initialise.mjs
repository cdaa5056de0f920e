import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { serverEnvironment } from './postmaster.mjs';

export const DATABASE = 'steward';
export const SUPERUSER = 'steward';

/**
 * Creates a cluster with one database, all under a temporary name that becomes the real one at the end: a data folder
 * that exists is whole.
 * @param {{
 *   binaries: import('./binaries.mjs').Binaries,
 *   user: import('./system-user.mjs').SystemUser | null,
 *   dataFolder: string,
 *   passwordFile: string,
 *   durable: boolean,
 * }} options
 */
export function initialiseCluster({ binaries, user, dataFolder, passwordFile, durable }) {
  removeHalfMade(dataFolder);
  const half = `${dataFolder}.new-${process.pid}`;
  const as = { cwd: '/', env: serverEnvironment(), ...(user && { uid: user.uid, gid: user.gid }) };
  mkdirSync(half, { mode: 0o700 });
  const password = existsSync(passwordFile) ? readPassword(passwordFile) : randomBytes(24).toString('base64url');
  const handover = `${half}.password`;
  try {
    writeFileSync(handover, password, { mode: 0o600 });
    if (user) {
      chownSync(half, user.uid, user.gid);
      chownSync(handover, user.uid, user.gid);
    }
    execFileSync(
      binaries.initdb,
      [
        ...['-D', half, '--username', SUPERUSER, '--pwfile', handover, '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
        ...(durable ? [] : ['--no-sync']),
      ],
      { ...as, stdio: 'pipe' },
    );
    execFileSync(binaries.postgres, ['--single', '-D', half, 'postgres'], {
      ...as,
      stdio: 'pipe',
      input: `CREATE DATABASE ${DATABASE}\n`,
    });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    renameSync(half, dataFolder);
  } catch (error) {
    const { stderr } = /** @type {{ stderr?: Buffer }} */ (error);
    throw new Error(`A new PostgreSQL cluster could not be made in ${dirname(dataFolder)}: ${stderr ?? error}`);
  } finally {
    rmSync(handover, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
}

/** @param {string} passwordFile */
export function readPassword(passwordFile) {
  return readFileSync(passwordFile, 'utf8').trim();
}

/** @param {string} dataFolder */
function removeHalfMade(dataFolder) {
  const parent = dirname(dataFolder);
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${basename(dataFolder)}.new-`)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}
