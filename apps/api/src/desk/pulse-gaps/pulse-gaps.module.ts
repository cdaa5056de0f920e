import { Module } from '@nestjs/common';
import { PulseReasonsReader } from '../../records/pulse/pulse-reasons.reader.js';
import { ModelModule } from '../../stages/model/model.module.js';
import { PulseGapsController } from './pulse-gaps.controller.js';
import { PulseGapsRepository } from './pulse-gaps.repository.js';
import { PulseGapsService } from './pulse-gaps.service.js';

@Module({
  imports: [ModelModule],
  controllers: [PulseGapsController],
  providers: [PulseGapsRepository, PulseGapsService, PulseReasonsReader],
})
export class PulseGapsModule {}
