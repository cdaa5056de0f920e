import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { isoOf, type Month, toDay } from '../domain/calendar/day.js';
import { addMonths, firstDayOf, monthOf } from '../domain/calendar/month.js';
import { LOCKS } from './advisory-locks.js';

/** Tables cut by month, with the type of their key and the storage setting of each part. */
const PARTITIONED = {
  event: { key: 'timestamptz', storage: '' },
  // Bitmaps are updated in place all month long: room on the page keeps the rows in the order of accounts.
  usage_contact_month: { key: 'date', storage: ' WITH (fillfactor = 85)' },
  usage_feature_month: { key: 'date', storage: ' WITH (fillfactor = 85)' },
  usage_event_month: { key: 'date', storage: ' WITH (fillfactor = 85)' },
  account_snapshot: { key: 'date', storage: ' WITH (fillfactor = 90)' },
} as const;
export type PartitionedTable = keyof typeof PARTITIONED;

export const LEDGER_TABLES = ['event', 'usage_contact_month', 'usage_feature_month', 'usage_event_month'] as const;

/** First days of the months from `from` to `to`, both included. */
function monthsBetween(from: IsoDay, to: IsoDay): IsoDay[] {
  const months: IsoDay[] = [];
  const last = monthOf(toDay(to));
  for (let month = monthOf(toDay(from)); month <= last; month = (month + 1) as Month) {
    months.push(isoOf(firstDayOf(month)));
  }
  return months;
}

function nextMonth(first: IsoDay): IsoDay {
  return isoOf(addMonths(toDay(first), 1));
}

export function partitionName(table: PartitionedTable, month: string): string {
  return `${table}_${month.slice(0, 4)}_${month.slice(5, 7)}`;
}

function createPartition(table: PartitionedTable, month: string): string {
  const { key, storage } = PARTITIONED[table];
  // Instants are cut at months of UTC, so that a partition never depends on the workspace's time zone.
  const bound = (day: string) => (key === 'timestamptz' ? `'${day} 00:00:00+00'` : `'${day}'`);
  return `CREATE TABLE IF NOT EXISTS steward.${partitionName(table, month)} PARTITION OF steward.${table}
    FOR VALUES FROM (${bound(month)}) TO (${bound(nextMonth(month))})${storage}`;
}

/**
 * Makes the parts of partitioned tables before rows go in: there is no default partition. Runs outside the caller's
 * transaction, because a new part locks its table for a moment. Parts that this process has seen are not asked for again.
 */
@Injectable()
export class Partitions {
  private readonly seen = new Set<string>();

  constructor(private readonly dataSource: DataSource) {}

  /** Every day from `from` to `to` (ISO, both included) has a part in each of the tables. Cheap when they exist. */
  async ensure(tables: readonly PartitionedTable[], from: string, to: string): Promise<void> {
    const wanted = monthsBetween(from, to).flatMap((month) => tables.map((table) => ({ table, month })));
    const unseen = wanted.filter(({ table, month }) => !this.seen.has(partitionName(table, month)));
    if (unseen.length === 0) return;
    const names = unseen.map(({ table, month }) => partitionName(table, month));
    const missing = new Set(names);
    for (const name of await this.existing(names)) missing.delete(name);
    const create = unseen.filter(({ table, month }) => missing.has(partitionName(table, month)));
    if (create.length > 0) await this.create(create);
    for (const name of names) this.seen.add(name);
  }

  private async existing(names: string[]): Promise<string[]> {
    const rows: { name: string }[] = await this.dataSource.query(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'steward' AND c.relname = ANY($1::text[])`,
      [names],
    );
    return rows.map((row) => row.name);
  }

  /** Of the columns of which the table has none: a new part does not take that over by itself. */
  private async leaveOutStatistics(runner: QueryRunner, table: PartitionedTable, month: string): Promise<void> {
    const columns: { name: string }[] = await runner.query(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attstattarget = 0 AND attnum > 0 AND NOT attisdropped`,
      [`steward.${table}`],
    );
    if (columns.length === 0) return;
    const actions = columns.map(({ name }) => `ALTER COLUMN ${name} SET STATISTICS 0`);
    await runner.query(`ALTER TABLE steward.${partitionName(table, month)} ${actions.join(', ')}`);
  }

  /** One transaction a part, one process at a time: two that make the same part would fail each other. */
  private async create(parts: readonly { table: PartitionedTable; month: string }[]): Promise<void> {
    const runner: QueryRunner = this.dataSource.createQueryRunner();
    try {
      for (const { table, month } of parts) {
        await runner.startTransaction();
        try {
          await runner.query(`SELECT pg_advisory_xact_lock(${LOCKS.partitions}, 0)`);
          await runner.query(createPartition(table, month));
          await this.leaveOutStatistics(runner, table, month);
          await runner.commitTransaction();
        } catch (error) {
          await runner.rollbackTransaction();
          throw error;
        }
      }
    } finally {
      await runner.release();
    }
  }
}
