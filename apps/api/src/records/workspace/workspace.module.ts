import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { WorkspaceController } from './workspace.controller.js';
import { WorkspaceReader } from './workspace.reader.js';
import { WorkspaceRepository } from './workspace.repository.js';
import { WorkspaceService } from './workspace.service.js';

/** Global: nearly everything asks for the workspace's day and currency. */
@Global()
@Module({
  controllers: [WorkspaceController],
  providers: [WorkspaceReader, WorkspaceRepository, WorkspaceService],
  exports: [WorkspaceReader, WorkspaceService],
})
export class WorkspaceModule implements OnModuleInit {
  constructor(private readonly workspaces: WorkspaceService) {}

  async onModuleInit(): Promise<void> {
    await this.workspaces.ensureWorkspace();
  }
}
