import { Module } from '@nestjs/common';
import { AccountsModule } from '../../records/accounts/accounts.module.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { RenewalWords } from './renewal-words.service.js';
import { RenewalWritesRepository } from './renewal-writes.repository.js';
import { RenewalsController } from './renewals.controller.js';
import { RenewalsRepository } from './renewals.repository.js';
import { RenewalsService } from './renewals.service.js';

/** Renewals and revenue as people see them, and what they say of them. The pipeline makes the renewals. */
@Module({
  imports: [AccountsModule],
  controllers: [RenewalsController],
  providers: [
    LedgerRepository,
    LedgerService,
    RenewalWords,
    RenewalWritesRepository,
    RenewalsRepository,
    RenewalsService,
    SalesLists,
  ],
})
export class RenewalsModule {}
