import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addLease, countLeases, withLock } from '../locks.mjs';
import { binariesFor } from './binaries.mjs';
import { DATABASE, initialiseCluster, readPassword, SUPERUSER } from './initialise.mjs';
import { runningPostmaster, startPostmaster, stopPostmaster } from './postmaster.mjs';
import { serverSettings } from './settings.mjs';
import { canReach, databaseUser } from './system-user.mjs';

/**
 * A cluster in use. Any number of processes may use one: the first starts it, the last to leave stops it.
 * @typedef {{
 *   url: string,
 *   dataFolder: string,
 *   ensureRunning: () => Promise<boolean>,
 *   leave: () => Promise<void>,
 * }} ClusterUse
 */

/**
 * Opens the cluster of a home folder: makes it when it is new, starts it when it is not running.
 * @param {string} home
 * @param {{ purpose?: 'shipped' | 'test' }} [options]
 * @returns {Promise<ClusterUse>}
 */
export async function useCluster(home, { purpose = 'shipped' } = {}) {
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const user = databaseUser();
  const store = canReach(home, user) ? home : systemStore(home);
  mkdirSync(store, { recursive: true, mode: 0o755 });
  const binaries = binariesFor(user, store);
  const dataFolder = join(store, `postgres-${binaries.major}`);
  const passwordFile = join(store, 'postgres-password');
  const portFile = join(store, 'postgres-port');
  const lock = join(store, 'run', 'postgres.lock');
  const leases = join(store, 'run', 'postgres-users');

  /** @returns {Promise<boolean>} whether it had to be started */
  async function ensureRunning() {
    return withLock(lock, async () => {
      if (!existsSync(dataFolder)) {
        initialiseCluster({ binaries, user, dataFolder, passwordFile, durable: purpose === 'shipped' });
      }
      refuseForeignFolder(dataFolder, user);
      if (runningPostmaster(dataFolder)?.ready) return false;
      // One that is still starting or stopping is brought to an end first.
      await stopPostmaster(dataFolder);
      const { port } = await startPostmaster(
        {
          binaries,
          user: ownerOf(dataFolder, user),
          dataFolder,
          logFile: join(store, 'postgres.log'),
          settings: serverSettings(purpose),
        },
        rememberedPort(portFile),
      );
      writeFileSync(portFile, String(port));
      return true;
    });
  }

  const lease = addLease(leases);
  try {
    await ensureRunning();
  } catch (error) {
    lease.end();
    throw error;
  }

  let left = false;
  return {
    url: `postgres://${SUPERUSER}:${readPassword(passwordFile)}@127.0.0.1:${rememberedPort(portFile)}/${DATABASE}`,
    dataFolder,
    ensureRunning,
    async leave() {
      if (left) return;
      left = true;
      await withLock(lock, async () => {
        lease.end();
        if (countLeases(leases) === 0) await stopPostmaster(dataFolder);
      });
    },
  };
}

/**
 * Where root keeps the data of a project whose folder PostgreSQL's user cannot enter.
 * @param {string} home
 */
function systemStore(home) {
  return join('/var/lib', `steward-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`);
}

/** @param {string} portFile */
function rememberedPort(portFile) {
  try {
    return Number(readFileSync(portFile, 'utf8')) || null;
  } catch {
    return null;
  }
}

/**
 * @param {string} dataFolder
 * @param {import('./system-user.mjs').SystemUser | null} user
 */
function ownerOf(dataFolder, user) {
  if (!user) return null;
  const { uid, gid } = statSync(dataFolder);
  return uid === user.uid ? user : { name: `user ${uid}`, uid, gid };
}

/**
 * @param {string} dataFolder
 * @param {import('./system-user.mjs').SystemUser | null} user
 */
function refuseForeignFolder(dataFolder, user) {
  if (user || process.getuid === undefined) return;
  const { uid } = statSync(dataFolder);
  if (uid === process.getuid()) return;
  throw new Error(
    `The data in ${dataFolder} belong to another user (${uid}). Start as that user, or set STEWARD_HOME to another folder.`,
  );
}
