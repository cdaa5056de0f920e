import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../../apps/api/dist/app.module.js';
import { BulkWorker } from '../../../apps/api/dist/desk/bulk/bulk-worker.js';
import { readConfig } from '../../../apps/api/dist/platform/config/config.js';

/** Does a bulk action in a process of its own and tells of each batch: `node run-bulk.mjs <action id>`. */
const app = await NestFactory.createApplicationContext(AppModule.for('cli', readConfig()), {
  logger: false,
  abortOnError: false,
});
await app.get(BulkWorker, { strict: false }).work(process.argv[2], {
  batch: 20,
  onBatch: () => process.stdout.write('batch\n'),
});
await app.close();
