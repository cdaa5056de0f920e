import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SalesLists } from '../deals/sales-lists.reader.js';
import { LeavingController } from './leaving.controller.js';
import { LeavingRepository } from './leaving.repository.js';
import { LeavingService } from './leaving.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [LeavingController],
  providers: [LeavingRepository, LeavingService, SalesLists],
})
export class LeavingModule {}
