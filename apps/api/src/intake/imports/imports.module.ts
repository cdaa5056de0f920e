import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module.js';
import { ImportDesk } from './import-desk.js';
import { ImportExpiry } from './import-expiry.js';
import { ImportRunner } from './import-runner.js';
import { ImportsController, SavedMappingsController } from './imports.controller.js';
import { ImportsProcessor } from './imports.processor.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { RejectedRows } from './rejected-rows.js';

@Module({
  imports: [FactsModule],
  controllers: [ImportsController, SavedMappingsController],
  providers: [
    ImportsRepository,
    ImportsService,
    ImportDesk,
    ImportExpiry,
    ImportRunner,
    ImportsProcessor,
    RejectedRows,
  ],
  exports: [ImportsService, ImportRunner, ImportExpiry],
})
export class ImportsModule {}
