import type { DataSource } from 'typeorm';
import { createDataSource } from '../../apps/api/src/db/data-source.js';
import { templateDatabase } from './template-database.js';
import { emptyDatabase } from './test-server.js';

export interface MigratedDatabase {
  url: string;
  dataSource: DataSource;
  close: () => Promise<void>;
}

/** A database of its own on the test server, with every table and no row, or with what the template named holds. */
export async function migratedDatabase(template?: string): Promise<MigratedDatabase> {
  const database = await emptyDatabase(template ?? (await templateDatabase()));
  const dataSource = await createDataSource({ url: database.url, applicationName: 'spec' }).initialize();
  return {
    url: database.url,
    dataSource,
    async close() {
      if (dataSource.isInitialized) await dataSource.destroy();
      await database.close();
    },
  };
}
