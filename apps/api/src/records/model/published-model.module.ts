import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { ModelController } from './model.controller.js';
import { PublishedRepository } from './published.repository.js';
import { PublishedService } from './published.service.js';
import { SignalsRepository } from './signals.repository.js';
import { SignalsService } from './signals.service.js';

@Module({
  imports: [RulesModule],
  controllers: [ModelController],
  providers: [PublishedRepository, PublishedService, SignalsRepository, SignalsService],
})
export class PublishedModelModule {}
