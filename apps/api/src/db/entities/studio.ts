import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A health profile that was tried on history, as it was then, and what came out. */
@Check('backtest_kind_check', `kind IN ('backtest', 'weights')`)
@Check('backtest_state_check', `state IN ('queued', 'running', 'cancelling', 'done', 'cancelled', 'failed')`)
@Index('backtest_created_idx', ['createdAt'])
@Entity('backtest')
export class BacktestRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  kind: string;

  /** The profile that is tried, with its place among the others. */
  @Column('jsonb')
  profile: unknown;

  @Column('text')
  profileName: string;

  @Column('jsonb')
  config: unknown;

  @Column('uuid')
  byUserId: string;

  @Column('text')
  byName: string;

  @Column('text')
  state: string;

  /** How often the work was taken up: who took it up last alone writes. */
  @Column('integer')
  attempt: number;

  /** Of so many steps so many are done, and what is being done. */
  @Column('integer')
  done: number;

  @Column('integer')
  steps: number;

  @Column('text')
  step: string;

  @Column('jsonb', { nullable: true })
  result: unknown;

  /** Why it failed. */
  @Column('text', { nullable: true })
  problem: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  heartbeatAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
