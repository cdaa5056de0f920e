import { Module } from '@nestjs/common';
import { AccountListModule } from '../account-list/account-list.module.js';
import { TodayController } from './today.controller.js';
import { TodayRepository } from './today.repository.js';
import { TodayService } from './today.service.js';

@Module({ imports: [AccountListModule], controllers: [TodayController], providers: [TodayRepository, TodayService] })
export class TodayModule {}
