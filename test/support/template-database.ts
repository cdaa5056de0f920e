import { createHash } from 'node:crypto';
import { migrations } from '@steward/migrations/migrations';
import { createDataSource } from '../../apps/api/src/db/data-source.js';
import { migrate } from '../../apps/api/src/db/migrate.js';
import { queueBackend } from '../../apps/api/src/pipeline/base/queue-backend.js';
import { readConfig } from '../../apps/api/src/platform/config/config.js';
import { onTestServer, urlOfDatabase } from './test-server.js';

/** Named by the text of the migrations: on a server that is kept between runs an old template is never taken. */
const VERSION = createHash('sha256').update(migrations.join()).digest('hex').slice(0, 12);
const TEMPLATE = `template_${VERSION}`;
const HALF_MADE = `template_new_${VERSION}`;
const LOCK = 7_236_002;

/**
 * The name of a database with every table and no row, to be copied. The first who needs it makes it; test files run in
 * several processes, so the rest wait at a lock.
 */
export function templateDatabase(): Promise<string> {
  return onTestServer(async (server) => {
    await server.query(`SELECT pg_advisory_lock($1)`, [LOCK]);
    const made = await server.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [TEMPLATE]);
    if (made.rowCount) return TEMPLATE;
    await server.query(`DROP DATABASE IF EXISTS ${HALF_MADE} WITH (FORCE)`);
    await server.query(`CREATE DATABASE ${HALF_MADE}`);
    const dataSource = await createDataSource({
      url: urlOfDatabase(HALF_MADE),
      applicationName: 'template',
    }).initialize();
    try {
      await migrate(dataSource);
    } finally {
      await dataSource.destroy();
    }
    // The queue's own tables as well: whoever needs them finds nothing left to do.
    const { queue } = readConfig({ DATABASE_URL: urlOfDatabase(HALF_MADE) });
    await queueBackend({ databaseUrl: urlOfDatabase(HALF_MADE), ...queue }).migrate();
    await server.query(`ALTER DATABASE ${HALF_MADE} RENAME TO ${TEMPLATE}`);
    return TEMPLATE;
  });
}
