import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { RunThreadModule } from './pipeline/run/run-thread.module.js';
import { startData } from './pipeline/run/run-thread-messages.js';
import { RunThreadWork } from './pipeline/run/run-thread-work.service.js';
import { configureLog } from './platform/logging/log.js';
import { NestLog } from './platform/logging/nest-log.js';

/**
 * The door for spans of buckets: a further thread of a process that computes a large run. It opens what computes, and
 * nothing else.
 */
const { log, database } = startData();
configureLog(log);
const app = await NestFactory.createApplicationContext(RunThreadModule.on(database), {
  logger: new NestLog(),
  abortOnError: false,
});
app.get(RunThreadWork).takeOrders(() => app.close());
