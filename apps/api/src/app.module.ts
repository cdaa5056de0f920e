import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseProbe } from './db/database.probe.js';
import { DbModule } from './db/db.module.js';
import { QueueModule, QueueProbe } from './pipeline/base/queue.module.js';
import { ClockModule } from './platform/clock.js';
import type { Config } from './platform/config/config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { log } from './platform/logging/log.js';
import { ShutdownModule } from './platform/shutdown.js';

export type Door = 'api' | 'worker' | 'cli';

/** All of the product. Its doors (HTTP, jobs, commands) open the same modules. */
@Module({})
export class AppModule {
  static for(door: Door, config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        ClockModule,
        ShutdownModule,
        DbModule.forRoot({
          url: config.database.url,
          poolSize: config.database.poolSize,
          applicationName: `steward ${door}`,
          onPoolError: (error) => log.warn({ err: error }, 'connection to the database'),
        }),
        QueueModule.with({ doesJobs: door === 'worker' }),
        HealthModule.with([DatabaseProbe, QueueProbe]),
      ],
    };
  }
}
