import { Module } from '@nestjs/common';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { AccountListModule } from '../account-list/account-list.module.js';
import { ViewsController } from './views.controller.js';
import { ViewsRepository } from './views.repository.js';
import { ViewsService } from './views.service.js';

@Module({
  imports: [AccountListModule],
  controllers: [ViewsController],
  providers: [SegmentsReader, ViewsRepository, ViewsService],
})
export class ViewsModule {}
