import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module.js';
import { FactsController } from './facts.controller.js';
import { IntakeService } from './intake.service.js';
import { SegmentController } from './segment.controller.js';

@Module({ imports: [FactsModule], controllers: [SegmentController, FactsController], providers: [IntakeService] })
export class IntakeApiModule {}
