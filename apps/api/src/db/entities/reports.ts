import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';
import { ReportSums } from './report-sums.js';

/** An account at the end of a month (of the running one: on the last closed day), and its revenue of the month and of the 12 that end with it. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'account_month_account_fkey', onDelete: 'CASCADE' })
@Index('account_month_month_idx', { synchronize: false })
@Entity('account_month')
export class AccountMonthRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('date')
  month: string;

  @Column('date')
  day: string;

  @Column('text')
  status: string;

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text', { nullable: true })
  stage: string | null;

  @Column('text', { nullable: true })
  band: string | null;

  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  score: number | null;

  @Column('bigint', { nullable: true })
  arrMinor: number | null;

  @Column('bigint', { nullable: true })
  mrrMinor: number | null;

  @Column('uuid', { nullable: true })
  csmUserId: string | null;

  @Column('uuid', { nullable: true })
  amUserId: string | null;

  @Column('text', { nullable: true })
  region: string | null;

  @Column('text', { nullable: true })
  plan: string | null;

  @Column('integer', { nullable: true })
  seats: number | null;

  @Column('integer', { nullable: true })
  activeContacts: number | null;

  @Column('numeric', { nullable: true, precision: 6, scale: 2 })
  breadth: number | null;

  @Column('boolean', { nullable: true })
  touchKept: boolean | null;

  @Column('integer')
  alerts: number;

  @Column('integer')
  goalsAchieved: number;

  @Column('integer')
  goalsMissed: number;

  @Column('text', { nullable: true })
  startTier: string | null;

  @Column('bigint')
  startMinor: number;

  @Column('text', { nullable: true })
  movement: string | null;

  @Column('bigint')
  endMinor: number;

  @Column('text', { nullable: true })
  yearTier: string | null;

  @Column('bigint')
  yearStartMinor: number;

  @Column('bigint')
  yearEndMinor: number;

  /** Those used in the month up to the day, by id; null: none. */
  @Column('integer', { array: true, nullable: true })
  features: number[] | null;
}

/** Sums of the rows of a month: `level` by the tier of its end, `month` and `year` by that of the start of the month or of the 12 months. */
@Check('report_rollup_basis_check', `basis IN ('level', 'month', 'year')`)
@Check('report_rollup_grain_check', `grain IN ('stage', 'market')`)
@Entity('report_rollup')
export class ReportRollupRow extends ReportSums {
  @PrimaryColumn('date')
  month: string;

  @PrimaryColumn('text')
  basis: string;

  @PrimaryColumn('text')
  grain: string;

  @PrimaryColumn('text')
  key: string;

  @Column('date')
  day: string;

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text', { nullable: true })
  tierNow: string | null;

  @Column('text', { nullable: true })
  stage: string | null;

  @Column('text', { nullable: true })
  band: string | null;

  @Column('text', { nullable: true })
  region: string | null;

  @Column('text', { nullable: true })
  plan: string | null;
}

/** How many live accounts used a feature in a month. */
@Entity('report_feature')
export class ReportFeatureRow {
  @PrimaryColumn('date')
  month: string;

  @PrimaryColumn('integer')
  featureId: number;

  @PrimaryColumn('text')
  key: string;

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text', { nullable: true })
  tierNow: string | null;

  @Column('integer')
  accounts: number;
}

/** An order to put months down. */
@Check('report_build_state_check', `state IN ('due', 'running', 'done')`)
@Index('report_build_open_idx', ['dueAt'], { where: `state IN ('due', 'running')` })
@Entity('report_build')
export class ReportBuildRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('date')
  fromMonth: string;

  @Column('date')
  toMonth: string;

  @Column('text')
  state: string;

  @Column('timestamptz')
  dueAt: Date;

  @Column('integer')
  attempts: number;

  @Column('integer')
  accountsDone: number;

  @Column('integer')
  rowsWritten: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  @Column('text', { nullable: true })
  problem: string | null;
}

/** Accounts whose past changed after it was put down, from a month on. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'report_due_account_fkey', onDelete: 'CASCADE' })
@Entity('report_due')
export class ReportDueRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('date')
  fromMonth: string;

  @Column('uuid')
  token: string;

  @Column('timestamptz')
  markedAt: Date;

  /** Later than marked: it could not be put down, and is tried again then. */
  @Column('timestamptz')
  dueAt: Date;

  @Column('integer')
  attempts: number;
}
