import { Module } from '@nestjs/common';
import { SalesListsController } from './sales-lists.controller.js';
import { SalesLists } from './sales-lists.reader.js';
import { SalesListsRepository } from './sales-lists.repository.js';
import { SalesListsService } from './sales-lists.service.js';

@Module({
  controllers: [SalesListsController],
  providers: [SalesLists, SalesListsRepository, SalesListsService],
})
export class SalesListsModule {}
