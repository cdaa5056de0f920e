import { useTemporaryCluster } from '../../scripts/lib/embedded-postgres/temporary.mjs';

/** One PostgreSQL for a run, in a fresh folder; STEWARD_TEST_DATABASE_URL names another server to use instead. */
export default async function globalSetup() {
  if (process.env.STEWARD_TEST_DATABASE_URL) return;
  const cluster = await useTemporaryCluster({ purpose: 'test' });
  process.env.STEWARD_TEST_DATABASE_URL = cluster.url;
  globalThis.stewardTestCluster = cluster;
}
