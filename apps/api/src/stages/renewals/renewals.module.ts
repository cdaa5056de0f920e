import { Module } from '@nestjs/common';
import { RenewalsRepository } from './renewals.repository.js';
import { RenewalsStage } from './renewals.stage.js';

@Module({
  providers: [RenewalsRepository, RenewalsStage],
  exports: [RenewalsStage],
})
export class RenewalsStageModule {}
