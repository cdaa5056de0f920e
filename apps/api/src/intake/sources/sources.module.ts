import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module.js';
import { SourcesController } from './sources.controller.js';
import { SourcesRepository } from './sources.repository.js';
import { SourcesService } from './sources.service.js';

@Module({ imports: [FactsModule], controllers: [SourcesController], providers: [SourcesRepository, SourcesService] })
export class SourcesModule {}
