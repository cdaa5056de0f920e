import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../../apps/api/dist/app.module.js';
import { ImportRunner } from '../../../apps/api/dist/intake/imports/import-runner.js';
import { readConfig } from '../../../apps/api/dist/platform/config/config.js';

/** Runs one import in a process of its own and tells how far it came: `node run-import.mjs <import id>`. */
const app = await NestFactory.createApplicationContext(AppModule.for('cli', readConfig()), {
  logger: false,
  abortOnError: false,
});
await app
  .get(ImportRunner, { strict: false })
  .run(
    process.argv[2],
    { kind: 'system', id: null, name: 'test' },
    { onProgress: ({ counts }) => process.stdout.write(`${counts.rows}\n`) },
  );
await app.close();
