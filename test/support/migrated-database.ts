import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../apps/api/src/db/data-source.js';
import { migrate } from '../../apps/api/src/db/migrate.js';

export interface MigratedDatabase {
  url: string;
  dataSource: DataSource;
  close: () => Promise<void>;
}

/** A database of its own on the test server, with every table and no row. */
export async function migratedDatabase(): Promise<MigratedDatabase> {
  const server = process.env.STEWARD_TEST_DATABASE_URL;
  if (server === undefined) throw new Error('STEWARD_TEST_DATABASE_URL names the PostgreSQL server that tests may use');
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  const onServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const dataSource = await createDataSource({ url: url.href, applicationName: 'spec' }).initialize();
  await migrate(dataSource);
  const close = async () => {
    await dataSource.destroy();
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { url: url.href, dataSource, close };
}
