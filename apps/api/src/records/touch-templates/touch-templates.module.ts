import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { SegmentsReader } from '../segments/segments.reader.js';
import { OfferedTemplates } from './offered-templates.service.js';
import { TemplateFiller } from './template-filler.js';
import { TouchTemplatesController } from './touch-templates.controller.js';
import { TouchTemplatesRepository } from './touch-templates.repository.js';
import { TouchTemplatesService } from './touch-templates.service.js';

@Module({
  imports: [RulesModule],
  controllers: [TouchTemplatesController],
  providers: [OfferedTemplates, SegmentsReader, TemplateFiller, TouchTemplatesRepository, TouchTemplatesService],
})
export class TouchTemplatesModule {}
