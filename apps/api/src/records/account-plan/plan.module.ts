import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PeopleReader } from '../users/people.reader.js';
import { AccountNewsDesk } from './account-news.reader.js';
import { FollowersService } from './followers.service.js';
import { PlanController } from './plan.controller.js';
import { PlanRepository } from './plan.repository.js';
import { PlanService } from './plan.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [PlanController],
  providers: [AccountNewsDesk, FollowersService, PeopleReader, PlanRepository, PlanService],
})
export class PlanModule {}
