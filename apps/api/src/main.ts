import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { readConfig } from './platform/config/config.js';
import { closeServer } from './platform/http/close-server.js';
import { configureApp } from './platform/http/configure-app.js';
import { configureLog, log } from './platform/logging/log.js';
import { NestLog } from './platform/logging/nest-log.js';
import { onStopRequest, runProgram } from './platform/process.js';
import { Shutdown } from './platform/shutdown.js';

const pagesFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The door for people and programs: pages and API. */
await runProgram(async () => {
  const config = readConfig();
  configureLog(config.log);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for('api', config), {
    logger: new NestLog(),
    bodyParser: false,
    abortOnError: false,
  });
  configureApp(app, { pagesFolder: existsSync(pagesFolder) ? pagesFolder : null });
  await app.listen(config.http.port, config.http.host);
  onStopRequest(async () => {
    app.get(Shutdown).begin();
    await closeServer(app.getHttpServer(), config.shutdownMs);
    await app.close();
  });
  log.info({ address: config.http.publicUrl }, 'server ready');
});
