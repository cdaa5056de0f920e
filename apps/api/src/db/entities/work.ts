import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

/** An account whose facts changed since it was last computed. */
@Entity('dirty_account')
export class DirtyAccountRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('date')
  sinceDay: string;

  @Column('uuid')
  token: string;

  @Column('timestamptz')
  markedAt: Date;
}

/** An account with closed days that a late fact touched. */
@Entity('stale_account')
export class StaleAccountRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('date')
  fromDay: string;

  @Column('uuid')
  token: string;

  @Column('timestamptz')
  markedAt: Date;
}

/** An account whose facts broke its computation: the rest went on without it, and it is tried again by itself. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'set_aside_account_account_fkey', onDelete: 'CASCADE' })
@Check('set_aside_account_work_check', `work IN ('daily', 'past')`)
@Entity('set_aside_account')
export class SetAsideAccountRow {
  @PrimaryColumn('uuid')
  accountId: string;

  /** Today and the close of days, or days past in a backfill or rebuild. */
  @PrimaryColumn('text')
  work: string;

  /** The first day that could not be computed. */
  @Column('date')
  asOf: string;

  /** SQLSTATE, or the name of the error. */
  @Column('text')
  code: string;

  @Column('text')
  message: string;

  @Column('timestamptz')
  since: Date;

  @Column('timestamptz')
  triedAt: Date;
}

/** What processes remember of facts holds as long as this row is not written. */
@Check('fact_memory_id_check', `id = 1`)
@Entity('fact_memory')
export class FactMemoryRow {
  @PrimaryColumn('smallint')
  id: number;

  @Column('bigint')
  version: number;
}

/** What every account's newest state rests on beside its own facts: where it changes, all of them are due. */
@Check('live_basis_id_check', `id = 1`)
@Entity('live_basis')
export class LiveBasisRow {
  @PrimaryColumn('smallint')
  id: number;

  @Column('text')
  basis: string;

  @Column('timestamptz')
  changedAt: Date;
}

/** How far the closing of a day has come. */
@Check('day_close_state_check', `state IN ('due', 'running', 'closed')`)
@Entity('day_close')
export class DayCloseRow {
  @PrimaryColumn('date')
  day: string;

  @Column('text')
  state: string;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;
}

/** A refresh, backfill or rebuild that was asked for. */
@Check('refresh_run_kind_check', `kind IN ('refresh', 'close', 'open', 'backfill', 'rebuild')`)
@Check('refresh_run_state_check', `state IN ('due', 'running', 'done', 'failed')`)
@Index('refresh_run_unfinished_idx', ['createdAt'], { where: '(finished_at IS NULL)' })
@Entity('refresh_run')
export class RefreshRunRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  kind: string;

  @Column('date')
  fromDay: string;

  @Column('date')
  toDay: string;

  @Column('boolean')
  overwrite: boolean;

  @Column('text')
  state: string;

  @Column('uuid', { nullable: true })
  requestedBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  @Column('text', { nullable: true })
  error: string | null;
}

/** How far a run has come with the accounts of one bucket. */
@ForeignKey(() => RefreshRunRow, ['runId'], ['id'], { name: 'refresh_run_bucket_run_fkey', onDelete: 'CASCADE' })
@Check('refresh_run_bucket_bucket_check', `bucket BETWEEN 0 AND 255`)
@Entity('refresh_run_bucket')
export class RefreshRunBucketRow {
  @PrimaryColumn('uuid')
  runId: string;

  @PrimaryColumn('smallint')
  bucket: number;

  @Column('integer')
  accounts: number;

  @Column('date')
  throughDay: string;

  @Column('boolean')
  done: boolean;
}
