import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isAlive } from '../processes.mjs';
import { useCluster } from './cluster.mjs';
import { runningPostmaster, stopPostmaster } from './postmaster.mjs';

export const TEMPORARY_PREFIX = 'steward-temporary-';

/**
 * A cluster in a fresh folder that is removed at the end. Folders name their process, so that what a killed run left
 * behind is found and removed by the next.
 * @param {{ purpose?: 'shipped' | 'test' }} [options]
 * @returns {Promise<{ url: string, folder: string, dataFolder: string, stop: () => Promise<void> }>}
 */
export async function useTemporaryCluster({ purpose = 'test' } = {}) {
  await removeLeftovers();
  const folder = mkdtempSync(join(temporaryParent(), `${TEMPORARY_PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755);
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

function temporaryParent() {
  const parent = tmpdir();
  mkdirSync(parent, { recursive: true });
  return parent;
}

/** Stops and removes what killed runs left behind. */
export async function removeLeftovers() {
  for (const name of readdirSync(temporaryParent())) {
    const pid = Number(
      name.startsWith(TEMPORARY_PREFIX) ? name.slice(TEMPORARY_PREFIX.length).split('-')[0] : Number.NaN,
    );
    if (!pid || isAlive(pid)) continue;
    const folder = join(temporaryParent(), name);
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
}
