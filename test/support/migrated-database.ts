import type { DataSource } from 'typeorm';
import { createDataSource } from '../../apps/api/src/db/data-source.js';
import { templateDatabase } from './template-database.js';
import { emptyDatabase } from './test-server.js';

export interface MigratedDatabase {
  url: string;
  dataSource: DataSource;
  close: () => Promise<void>;
}

/** A database of its own on the test server, with every table and no row. */
export async function migratedDatabase(): Promise<MigratedDatabase> {
  const database = await emptyDatabase(await templateDatabase());
  const dataSource = await createDataSource({ url: database.url, applicationName: 'spec' }).initialize();
  return {
    url: database.url,
    dataSource,
    async close() {
      await dataSource.destroy();
      await database.close();
    },
  };
}
