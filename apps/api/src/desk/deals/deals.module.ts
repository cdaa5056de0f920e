import { Module } from '@nestjs/common';
import { AccountsModule } from '../../records/accounts/accounts.module.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { PeopleReader } from '../../records/users/people.reader.js';
import { DealFieldsCheck } from './deal-fields-check.service.js';
import { DealSteps } from './deal-steps.service.js';
import { DealWritesRepository } from './deal-writes.repository.js';
import { DealsController } from './deals.controller.js';
import { DealsRepository } from './deals.repository.js';
import { DealsService } from './deals.service.js';
import { HandKept } from './hand-kept.service.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';
import { SubscriptionsService } from './subscriptions.service.js';

/** Deals and subscriptions as people work with them. */
@Module({
  imports: [AccountsModule],
  controllers: [DealsController, SubscriptionsController],
  providers: [
    DealFieldsCheck,
    DealSteps,
    DealWritesRepository,
    DealsRepository,
    DealsService,
    HandKept,
    PeopleReader,
    SalesLists,
    SubscriptionsRepository,
    SubscriptionsService,
  ],
})
export class DealsModule {}
