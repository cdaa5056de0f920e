import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Partitions } from '../../db/partitions.js';
import { FactStore } from './fact-store.js';
import { RefreshHint } from './refresh-hint.js';
import { UsageLedgerUpkeep } from './usage-ledger-upkeep.js';
import { WorkspaceFacts } from './workspace-facts.js';

@Module({
  providers: [
    { provide: Partitions, useFactory: (dataSource: DataSource) => new Partitions(dataSource), inject: [DataSource] },
    FactStore,
    WorkspaceFacts,
    RefreshHint,
    UsageLedgerUpkeep,
  ],
  exports: [FactStore, WorkspaceFacts, Partitions, RefreshHint, UsageLedgerUpkeep],
})
export class FactsModule {}
