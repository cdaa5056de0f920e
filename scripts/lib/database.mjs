import { useCluster } from './embedded-postgres/cluster.mjs';
import { home } from './places.mjs';
import { step } from './progress.mjs';

/**
 * The database to work on: the server that DATABASE_URL names, else the project's own.
 * @typedef {{ url: string, ensureRunning: () => Promise<boolean>, leave: () => Promise<void> }} Database
 */

/** @returns {Promise<Database>} */
export async function openDatabase({ quiet = false } = {}) {
  const url = process.env.DATABASE_URL;
  if (url) return { url, ensureRunning: async () => false, leave: async () => {} };
  return quiet ? useCluster(home) : step('Starting PostgreSQL', () => useCluster(home));
}
