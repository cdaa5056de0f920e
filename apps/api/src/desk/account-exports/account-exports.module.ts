import { Module } from '@nestjs/common';
import { AccountListModule } from '../account-list/account-list.module.js';
import { AccountExportsController } from './account-exports.controller.js';
import { AccountExportsProcessor } from './account-exports.processor.js';
import { AccountExportsRepository } from './account-exports.repository.js';
import { AccountExports } from './account-exports.service.js';
import { ExportDesk } from './export-desk.js';

/** Files of accounts that are made in the background. */
@Module({
  imports: [AccountListModule],
  controllers: [AccountExportsController],
  providers: [AccountExports, AccountExportsProcessor, AccountExportsRepository, ExportDesk],
})
export class AccountExportsModule {}
