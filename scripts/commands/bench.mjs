import { existsSync, readdirSync } from 'node:fs';
import { buildBenches, programFile } from '../lib/build.mjs';
import { runHere } from '../lib/commands.mjs';
import { useTemporaryCluster } from '../lib/embedded-postgres/temporary.mjs';
import { productEnvironment } from '../lib/environment.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { inRoot } from '../lib/places.mjs';
import { WORKER_FLAGS } from '../lib/worker-flags.mjs';

/** Benches that compute in their own process, as a worker does in its. */
const AS_WORKERS = new Set(['refresh', 'segments-and-alerts']);

/**
 * Runs a bench on a fresh cluster with the settings as shipped, or on the server that DATABASE_URL names.
 * @param {string[]} args
 */
export async function run(args) {
  const [name, ...rest] = args;
  if (!name || !existsSync(inRoot('test/bench', `${name}.bench.ts`))) {
    process.stderr.write(`Usage: npm run bench -- <${benchNames().join(' | ')}>\n`);
    return 1;
  }
  await ensureInstalled();
  await buildBenches();
  const cluster = process.env.DATABASE_URL ? null : await useTemporaryCluster({ purpose: 'shipped' });
  try {
    const env = productEnvironment({ url: cluster?.url ?? process.env.DATABASE_URL ?? '' });
    const migrated = await runHere(process.execPath, [programFile('migrate')], { env });
    if (migrated !== 0) return migrated;
    return await runHere(
      process.execPath,
      ['--expose-gc', ...(AS_WORKERS.has(name) ? WORKER_FLAGS : []), inRoot('test/dist', `${name}.bench.js`), ...rest],
      { env },
    );
  } finally {
    await cluster?.stop();
  }
}

function benchNames() {
  const folder = inRoot('test/bench');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.slice(0, -'.bench.ts'.length));
}
