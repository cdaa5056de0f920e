import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { readConfig } from './platform/config/config.js';
import { configureLog, log } from './platform/logging/log.js';
import { NestLog } from './platform/logging/nest-log.js';
import { keepHeapSmall, onStopRequest, runProgram } from './platform/process.js';
import { Shutdown } from './platform/shutdown.js';

const runThread = new URL('./run-thread.js', import.meta.url);

/** The door for jobs. Any number of workers may run, on any number of machines. */
await runProgram(async () => {
  keepHeapSmall();
  const config = readConfig();
  configureLog(config.log);
  const app = await NestFactory.createApplicationContext(AppModule.for('worker', config, { runThread }), {
    logger: new NestLog(),
    abortOnError: false,
  });
  onStopRequest(async () => {
    app.get(Shutdown).begin();
    await app.close();
  });
  log.info('worker ready');
});
