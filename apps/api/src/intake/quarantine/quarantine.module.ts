import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module.js';
import { QuarantineController } from './quarantine.controller.js';
import { QuarantineProcessor } from './quarantine.processor.js';
import { QuarantineService } from './quarantine.service.js';

@Module({
  imports: [FactsModule],
  controllers: [QuarantineController],
  providers: [QuarantineService, QuarantineProcessor],
})
export class QuarantineModule {}
