import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

/** What a run of a day computes for an account. */
export abstract class ComputedColumns {
  @Column('text')
  status: string;

  @Column('uuid', { nullable: true })
  csmUserId: string | null;

  @Column('uuid', { nullable: true })
  amUserId: string | null;

  @Column('bigint', { nullable: true })
  arrMinor: number | null;

  @Column('bigint', { nullable: true })
  mrrMinor: number | null;

  @Column('integer', { nullable: true })
  seats: number | null;

  @Column('date', { nullable: true })
  customerSince: string | null;

  @Column('date', { nullable: true })
  renewalDate: string | null;

  @Column('boolean')
  usageCovered: boolean;

  @Column('real', { array: true })
  signals: number[];

  @Column('smallint', { array: true })
  nullReasons: number[];

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text', { nullable: true })
  rawTier: string | null;

  @Column('date', { nullable: true })
  tierSince: string | null;

  @Column('integer', { nullable: true })
  healthVersionId: number | null;

  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  score: number | null;

  @Column('text', { nullable: true })
  band: string | null;

  @Column('date', { nullable: true })
  bandSince: string | null;

  @Column('real', { nullable: true })
  coverage: number | null;

  @Column('smallint', { array: true })
  caps: number[];

  @Column('numeric', { precision: 5, scale: 2 })
  modelChange: number;

  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  healthChange: number | null;

  @Column('text', { nullable: true })
  trend: string | null;

  @Column('text', { nullable: true })
  stage: string | null;

  @Column('date', { nullable: true })
  stageSince: string | null;

  @Column('integer', { nullable: true })
  tierVersion: number | null;

  @Column('integer', { nullable: true })
  stageVersion: number | null;
}

/** A state: what is computed, and beside it the close of the day before, from which the day can be run again. */
export abstract class StateColumns extends ComputedColumns {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('date')
  asOf: string;

  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  closedScore: number | null;

  @Column('text', { nullable: true })
  closedBand: string | null;

  @Column('date', { nullable: true })
  closedBandSince: string | null;

  @Column('text', { nullable: true })
  closedTier: string | null;

  @Column('date', { nullable: true })
  closedTierSince: string | null;

  @Column('text', { nullable: true })
  closedStage: string | null;

  @Column('date', { nullable: true })
  closedStageSince: string | null;

  @Column('integer', { nullable: true })
  closedHealthVersionId: number | null;

  @Column('real', { array: true, nullable: true })
  closedSignals: number[] | null;

  @Column('smallint', { array: true, nullable: true })
  closedCaps: number[] | null;

  @Column('text', { nullable: true })
  closedStatus: string | null;

  @Column('integer', { nullable: true })
  lastScoredVersionId: number | null;

  @Column('real', { array: true, nullable: true })
  lastScoredSignals: number[] | null;

  @Column('smallint', { array: true, nullable: true })
  lastScoredCaps: number[] | null;

  @Column('real', { array: true })
  scoreRing: number[];

  @Column('real', { array: true })
  modelChangeRing: number[];

  @Column('text', { array: true })
  rawTierRing: string[];

  @Column('text')
  bandRing: string;

  @Column('timestamptz')
  updatedAt: Date;
}

/** What is computed for an account as of today, and the close of the day before. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'account_state_account_fkey', onDelete: 'CASCADE' })
@Index('account_state_arr_idx', { synchronize: false })
@Index('account_state_csm_idx', { synchronize: false })
@Index('account_state_score_idx', ['score', 'accountId'])
@Entity('account_state')
export class AccountStateRow extends StateColumns {}

/** What of an account's state changes with its contract alone, apart from what every day writes anew. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'account_terms_account_fkey', onDelete: 'CASCADE' })
@Index('account_terms_arr_idx', { synchronize: false })
@Index('account_terms_renewal_idx', ['renewalDate', 'accountId'])
@Entity('account_terms')
export class AccountTermsRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('bigint', { nullable: true })
  arrMinor: number | null;

  @Column('date', { nullable: true })
  renewalDate: string | null;
}

/** The state that a rebuild of past days walks forward; the same shape as today’s. */
@Entity('account_rebuild')
export class AccountRebuildRow extends StateColumns {}

/** Facts of an account as a run loaded them, for later runs while nothing about it arrives. */
@Entity('kept_facts')
export class KeptFactsRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('date')
  firstDay: string;

  /** The last day that they serve. */
  @Column('date')
  lastDay: string;

  /** What they were loaded for: the signals, and what amounts and days are worked out with. */
  @Column('bigint')
  basis: string;

  @Column('bytea')
  facts: Buffer;
}

/** What was computed for an account as of a day. */
@Index('account_snapshot_day_idx', { synchronize: false })
@Entity('account_snapshot')
export class AccountSnapshotRow extends ComputedColumns {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('date')
  day: string;

  @Column('boolean')
  stale: boolean;
}
