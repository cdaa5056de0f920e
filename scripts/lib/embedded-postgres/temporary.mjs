import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isAlive } from '../processes.mjs';
import { useCluster } from './cluster.mjs';
import { runningPostmaster, stopPostmaster } from './postmaster.mjs';

const PREFIX = 'steward-temporary-';
const MEMORY = '/dev/shm';
const GIGABYTE = 2 ** 30;

/**
 * A fresh folder for databases that live for one run: in memory, or on the disk where that has no room. A database is
 * nine hundred files, and tests make and drop hundreds of them; on a disk that takes longer than most tests. The folder
 * names its process, so that what a killed run left behind is found and removed by the next.
 */
export function temporaryFolder({ inMemory = true } = {}) {
  const folder = mkdtempSync(join(inMemory && memoryHasRoom() ? MEMORY : onDisk(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * Ample: each product of the browser tests takes 100 MB, the cluster of the others some hundreds. Containers often have
 * 64 MB there.
 */
function memoryHasRoom() {
  try {
    accessSync(MEMORY, constants.W_OK);
    // Where the project is closed to PostgreSQL's user, its programs are copied beside its data.
    if (mountOptions(MEMORY).includes('noexec')) return false;
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > 4 * GIGABYTE && freeMemory() > 6 * GIGABYTE;
  } catch {
    return false;
  }
}

/** @param {string} folder */
function mountOptions(folder) {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  return (
    mounts
      .map((line) => line.split(' '))
      .findLast(([, at]) => at === folder)?.[3]
      ?.split(',') ?? []
  );
}

/** What this process may still take: a container's limit counts what lies in memory as well. */
function freeMemory() {
  return process.availableMemory?.() ?? freemem();
}

/**
 * A cluster in a fresh folder that is removed at the end; one with the settings as shipped lies on the disk, as they do.
 * @param {{ purpose?: 'shipped' | 'test' }} [options]
 * @returns {Promise<{ url: string, folder: string, dataFolder: string, stop: () => Promise<void> }>}
 */
export async function useTemporaryCluster({ purpose = 'test' } = {}) {
  await removeLeftovers();
  const folder = temporaryFolder({ inMemory: purpose === 'test' });
  const cluster = await useCluster(folder, { purpose });
  return {
    url: cluster.url,
    folder,
    dataFolder: cluster.dataFolder,
    async stop() {
      await cluster.leave();
      rmSync(dirname(cluster.dataFolder), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function onDisk() {
  const parent = tmpdir();
  mkdirSync(parent, { recursive: true });
  return parent;
}

/** Stops and removes what killed runs left behind. */
export async function removeLeftovers() {
  for (const parent of new Set([onDisk(), MEMORY])) {
    for (const name of existsSync(parent) ? readdirSync(parent) : []) {
      const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN);
      if (pid && !isAlive(pid)) await removeLeftover(join(parent, name));
    }
  }
}

/** @param {string} folder */
async function removeLeftover(folder) {
  try {
    for (const inner of readdirSync(folder)) {
      if (!/^postgres-\d+$/.test(inner)) continue;
      const dataFolder = join(folder, inner);
      if (runningPostmaster(dataFolder)) await stopPostmaster(dataFolder, 2_000);
    }
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's; theirs to remove.
  }
}
