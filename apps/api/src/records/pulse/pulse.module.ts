import { Module } from '@nestjs/common';
import { PulseController } from './pulse.controller.js';
import { PulseRepository } from './pulse.repository.js';
import { PulseService } from './pulse.service.js';
import { PulseReasonsReader } from './pulse-reasons.reader.js';

@Module({
  controllers: [PulseController],
  providers: [PulseReasonsReader, PulseRepository, PulseService],
})
export class PulseModule {}
