import 'reflect-metadata';
import { createDataSource } from './db/data-source.js';
import { migrate } from './db/migrate.js';
import { queueBackend } from './pipeline/base/queue-backend.js';
import { readConfig } from './platform/config/config.js';
import { configureLog, log } from './platform/logging/log.js';
import { runProgram } from './platform/process.js';

/** Brings tables and queues up to date. Run before server and workers of a new version start. */
await runProgram(async () => {
  const config = readConfig();
  configureLog(config.log);
  const dataSource = createDataSource({ url: config.database.url, applicationName: 'steward migrate', poolSize: 2 });
  await dataSource.initialize();
  try {
    for (const name of await migrate(dataSource)) log.info({ migration: name }, 'migrated');
  } finally {
    await dataSource.destroy();
  }
  await queueBackend({ databaseUrl: config.database.url, ...config.queue }).migrate();
});
