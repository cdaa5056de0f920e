import { type DynamicModule, Module } from '@nestjs/common';
import { DbModule } from '../../db/db.module.js';
import { AuditLogModule } from '../../platform/audit/audit-log.module.js';
import { ClockModule } from '../../platform/clock.js';
import { log } from '../../platform/logging/log.js';
import { WorkspaceModule } from '../../records/workspace/workspace.module.js';
import { RunModule } from './run.module.js';
import type { RunThreadData } from './run-thread-messages.js';
import { RunThreadWork } from './run-thread-work.service.js';

/** What a thread opens: the pipeline, on connections of its own. */
@Module({})
export class RunThreadModule {
  static on({ url, poolSize }: RunThreadData['database']): DynamicModule {
    return {
      module: RunThreadModule,
      imports: [
        DbModule.forRoot({
          url,
          poolSize,
          applicationName: 'steward run',
          onPoolError: (error) => log.warn({ err: error }, 'connection to the database'),
        }),
        ClockModule,
        AuditLogModule,
        WorkspaceModule,
        RunModule,
      ],
      providers: [RunThreadWork],
    };
  }
}
