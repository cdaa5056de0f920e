import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { PlaybooksController } from './playbooks.controller.js';
import { PlaybooksReader } from './playbooks.reader.js';
import { PlaybooksRepository } from './playbooks.repository.js';
import { PlaybooksService } from './playbooks.service.js';

/** Playbooks as people keep them. */
@Module({
  imports: [RulesModule],
  controllers: [PlaybooksController],
  providers: [PlaybooksReader, PlaybooksRepository, PlaybooksService],
  exports: [PlaybooksReader],
})
export class PlaybooksModule {}
