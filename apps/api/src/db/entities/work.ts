import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

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

/** How far the closing of a day has come. */
@Check('day_close_state_check', `state IN ('due', 'running', 'closed')`)
@Entity('day_close')
export class DayCloseRow {
  @PrimaryColumn('date')
  day: string;

  @Column('text')
  state: string;

  @Column('integer')
  bucketsDone: number;

  @Column('integer')
  attempts: number;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;

  @Column('text', { nullable: true })
  error: string | null;
}

/** A refresh, backfill or rebuild that was asked for. */
@Check('refresh_run_kind_check', `kind IN ('refresh', 'backfill', 'rebuild')`)
@Check('refresh_run_state_check', `state IN ('due', 'running', 'done', 'failed')`)
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

  @Column('integer', { array: true })
  bucketsDone: number[];

  @Column('integer')
  accountsDone: number;

  @Column('integer')
  attempts: number;

  @Column('uuid', { nullable: true })
  requestedBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  @Column('text', { nullable: true })
  error: string | null;
}
