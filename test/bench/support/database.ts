import { createDataSource } from '@steward/api/db/data-source';
import { migrate } from '@steward/api/db/migrate';
import { queueBackend } from '@steward/api/pipeline/base/queue-backend';
import { readConfig } from '@steward/api/platform/config/config';
import pg from 'pg';

export interface BenchDatabase {
  url: string;
  pool: pg.Pool;
  /** Does the filling, unless an earlier run that was told to keep its database did it to its end. */
  fill(work: () => Promise<void>): Promise<void>;
}

/**
 * A migrated database of the bench's own on the server that DATABASE_URL names, dropped at the end. One that is given a
 * name stays, so that the same data can be measured again.
 */
export async function withDatabase(
  name: string | null,
  work: (database: BenchDatabase) => Promise<void>,
): Promise<void> {
  const server = process.env.DATABASE_URL;
  if (!server) throw new Error('DATABASE_URL names the PostgreSQL server to measure on');
  const own = name ?? `steward_bench_${process.pid}`;
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(own)) throw new Error('--database takes small letters, digits and _');
  const url = new URL(server);
  url.pathname = `/${own}`;
  await onServer(server, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [own]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${own}`);
  });
  try {
    await migrateDatabase(url.href);
    const pool = new pg.Pool({ connectionString: url.href, max: 6, options: '-c TimeZone=UTC' });
    // Without a listener an idle connection that breaks at the drop would end the process.
    pool.on('error', () => undefined);
    try {
      await work({ url: url.href, pool, fill: (filling) => fillOnce(pool, filling) });
    } finally {
      await pool.end();
    }
  } finally {
    if (name === null) await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${own} WITH (FORCE)`));
  }
}

/**
 * The same twice: the work's database, and a copy of it as it was when it was filled. A copy that is there already stays
 * as it is, with what its database was measured with.
 */
export async function withDatabaseAndCopy(
  name: string | null,
  filling: (database: Pick<BenchDatabase, 'url' | 'pool'>) => Promise<void>,
  work: (database: BenchDatabase, copy: BenchDatabase) => Promise<void>,
): Promise<void> {
  const own = name ?? `steward_bench_${process.pid}`;
  const copy = `${own}_copy`;
  const server = process.env.DATABASE_URL ?? '';
  try {
    await withDatabase(own, ({ url, pool, fill }) => fill(() => filling({ url, pool })));
    await onServer(server, async (client) => {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [copy]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${copy} TEMPLATE ${own} STRATEGY file_copy`);
    });
    await withDatabase(own, (database) => withDatabase(copy, (copied) => work(database, copied)));
  } finally {
    if (name === null) {
      for (const each of [own, copy]) {
        await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${each} WITH (FORCE)`));
      }
    }
  }
}

async function fillOnce(pool: pg.Pool, filling: () => Promise<void>): Promise<void> {
  const { rows } = await pool.query<{ filled: boolean }>(
    `SELECT to_regclass('public.bench_filled') IS NOT NULL AS filled`,
  );
  if (rows[0]?.filled) return;
  await filling();
  await pool.query('CREATE TABLE public.bench_filled ()');
  await pool.query('VACUUM ANALYZE');
}

async function migrateDatabase(url: string): Promise<void> {
  const config = readConfig({ DATABASE_URL: url, LOG_LEVEL: 'warn' });
  const dataSource = await createDataSource({ url, applicationName: 'steward bench', poolSize: 2 }).initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
  await queueBackend({ databaseUrl: url, ...config.queue }).migrate();
}

async function onServer<Result>(server: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
