import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What rows of account_month are summed up to. */
export abstract class ReportSums {
  @Column('integer')
  accounts: number;

  @Column('integer')
  customers: number;

  @Column('bigint')
  arrMinor: number;

  @Column('integer')
  arrKnown: number;

  @Column('numeric')
  scoreSum: number;

  @Column('integer')
  scored: number;

  @Column('integer')
  atRisk: number;

  @Column('integer')
  watch: number;

  @Column('integer')
  healthy: number;

  @Column('integer')
  unknown: number;

  @Column('bigint')
  contacts: number;

  @Column('bigint')
  seats: number;

  @Column('numeric')
  breadthSum: number;

  @Column('integer')
  breadthKnown: number;

  @Column('integer')
  touchExpected: number;

  @Column('integer')
  touchKept: number;

  @Column('integer')
  alerts: number;

  @Column('integer')
  goalsAchieved: number;

  @Column('integer')
  goalsMissed: number;

  @Column('integer')
  cohort: number;

  @Column('bigint')
  cohortStartMinor: number;

  @Column('bigint')
  cohortKeptMinor: number;

  @Column('bigint')
  cohortEndMinor: number;

  @Column('integer')
  cohortLost: number;

  @Column('bigint')
  startMinor: number;

  @Column('bigint')
  endMinor: number;

  @Column('integer')
  paying: number;

  @Column('integer', { array: true })
  moved: number[];

  @Column('bigint', { array: true })
  movedMinor: number[];
}

/**
 * Sums of the rows of a month by the owners under whom accounts are summed up (`account.summed…`) and those of the month's
 * end.
 */
@Check('report_owner_basis_check', `basis IN ('level', 'month', 'year')`)
@Index('report_owner_am_idx', ['amUserId', 'basis', 'month'])
@Index('report_owner_csm_idx', ['csmUserId', 'basis', 'month'])
@Entity('report_owner')
export class ReportOwnerRow extends ReportSums {
  @PrimaryColumn('date')
  month: string;

  @PrimaryColumn('text')
  basis: string;

  @PrimaryColumn('uuid')
  key: string;

  @Column('uuid', { nullable: true })
  csmUserId: string | null;

  @Column('uuid', { nullable: true })
  amUserId: string | null;

  @Column('uuid', { nullable: true })
  csmThen: string | null;

  @Column('uuid', { nullable: true })
  amThen: string | null;

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text', { nullable: true })
  tierNow: string | null;

  /** Of account_month. */
  @Column('integer')
  rows: number;
}
