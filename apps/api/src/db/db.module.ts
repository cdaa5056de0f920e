import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { createDataSource, type DatabaseOptions } from './data-source.js';
import { DatabaseProbe } from './database.probe.js';
import { SetAsideProbe } from './set-aside.probe.js';
import { UnitOfWork } from './unit-of-work.js';

/** The database for every module: one pool a process, opened at boot and closed after everything else. */
@Global()
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DbModule,
      providers: [
        { provide: DataSource, useFactory: () => createDataSource(options).initialize() },
        UnitOfWork,
        DatabaseProbe,
        SetAsideProbe,
      ],
      exports: [DataSource, UnitOfWork, DatabaseProbe, SetAsideProbe],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
