import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ConnectionsOfThreads } from '../../db/connection-budget.js';
import { RunThreadOptions, RunThreads } from './run-threads.js';

/** Global: runs use threads where the process has brought some along. */
@Global()
@Module({})
export class RunThreadsModule {
  static with(options: RunThreadOptions): DynamicModule {
    return {
      module: RunThreadsModule,
      providers: [
        { provide: RunThreadOptions, useValue: options },
        { provide: ConnectionsOfThreads, useValue: options },
        RunThreads,
      ],
      exports: [RunThreads, ConnectionsOfThreads],
    };
  }
}
