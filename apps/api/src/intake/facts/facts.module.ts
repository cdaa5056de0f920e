import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Partitions } from '../../db/partitions.js';
import { FactStore } from './fact-store.js';
import { RefreshHint } from './refresh-hint.js';
import { WorkspaceFacts } from './workspace-facts.js';

@Module({
  providers: [
    { provide: Partitions, useFactory: (dataSource: DataSource) => new Partitions(dataSource), inject: [DataSource] },
    FactStore,
    WorkspaceFacts,
    RefreshHint,
  ],
  exports: [FactStore, WorkspaceFacts, Partitions, RefreshHint],
})
export class FactsModule {}
