import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { PlaybooksReader } from '../../records/playbooks/playbooks.reader.js';
import { AccountListModule } from '../account-list/account-list.module.js';
import { ShownGoals } from '../shown-goals.js';
import { ShownTasks } from '../shown-tasks.js';
import { BookRepository } from './book.repository.js';
import { TodayController } from './today.controller.js';
import { TodayRepository } from './today.repository.js';
import { TodayService } from './today.service.js';
import { WorkRepository } from './work.repository.js';
import { WorkOfDay } from './work.service.js';

@Module({
  imports: [AccountListModule, RulesModule],
  controllers: [TodayController],
  providers: [
    BookRepository,
    PlaybooksReader,
    ShownGoals,
    ShownTasks,
    TodayRepository,
    TodayService,
    WorkOfDay,
    WorkRepository,
  ],
})
export class TodayModule {}
