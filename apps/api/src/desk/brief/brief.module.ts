import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { PulseReasonsReader } from '../../records/pulse/pulse-reasons.reader.js';
import { AccountExplanations } from '../../stages/account-explanations.js';
import { ModelModule } from '../../stages/model/model.module.js';
import { SignalsModule } from '../../stages/signals/signals.module.js';
import { BriefController } from './brief.controller.js';
import { BriefRepository } from './brief.repository.js';
import { BriefService } from './brief.service.js';
import { BriefValuesRepository } from './brief-values.repository.js';

@Module({
  imports: [RulesModule, ModelModule, SignalsModule],
  controllers: [BriefController],
  providers: [AccountExplanations, BriefRepository, BriefService, BriefValuesRepository, PulseReasonsReader],
})
export class BriefModule {}
