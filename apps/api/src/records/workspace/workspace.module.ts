import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { ExchangeRatesRepository } from './exchange-rates.repository.js';
import { QuietPeriodsController } from './quiet-periods.controller.js';
import { QuietPeriodsReader } from './quiet-periods.reader.js';
import { QuietPeriodsRepository } from './quiet-periods.repository.js';
import { QuietPeriodsService } from './quiet-periods.service.js';
import { WorkspaceController } from './workspace.controller.js';
import { WorkspaceReader } from './workspace.reader.js';
import { WorkspaceRepository } from './workspace.repository.js';
import { WorkspaceService } from './workspace.service.js';

/** Global: nearly everything asks for the workspace's day and currency. */
@Global()
@Module({
  controllers: [WorkspaceController, QuietPeriodsController],
  providers: [
    ExchangeRatesRepository,
    QuietPeriodsReader,
    QuietPeriodsRepository,
    QuietPeriodsService,
    WorkspaceReader,
    WorkspaceRepository,
    WorkspaceService,
  ],
  exports: [ExchangeRatesRepository, QuietPeriodsReader, WorkspaceReader, WorkspaceService],
})
export class WorkspaceModule implements OnModuleInit {
  constructor(private readonly workspaces: WorkspaceService) {}

  async onModuleInit(): Promise<void> {
    await this.workspaces.ensureWorkspace();
  }
}
