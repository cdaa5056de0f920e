import { Module } from '@nestjs/common';
import { AccountNewsDesk } from '../account-plan/account-news.reader.js';
import { NextSteps } from '../account-plan/next-step.reader.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { TaskMaker } from '../tasks/task-maker.reader.js';
import { PeopleReader } from '../users/people.reader.js';
import { TouchFacts } from './touch-facts.js';
import { TouchFollowUps } from './touch-follow-ups.js';
import { TouchpointsController } from './touchpoints.controller.js';
import { TouchpointsRepository } from './touchpoints.repository.js';
import { TouchpointsService } from './touchpoints.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [TouchpointsController],
  providers: [
    AccountNewsDesk,
    NextSteps,
    PeopleReader,
    TaskMaker,
    TouchFacts,
    TouchFollowUps,
    TouchpointsRepository,
    TouchpointsService,
  ],
})
export class TouchpointsModule {}
