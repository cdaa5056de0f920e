import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

/** A list of the workspace that people edit as a whole: stages of deals, reasons of churn. Without a row the defaults hold. */
@Entity('editable_list')
export class EditableListRow {
  @PrimaryColumn('text')
  key: string;

  @Column('jsonb')
  entries: unknown;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  updatedAt: Date;
}

/** What people did with a deal; it outlives the deal, so that a deleted one can come back. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'deal_event_account_fkey', onDelete: 'CASCADE' })
@Check(
  'deal_event_kind_check',
  `kind IN ('created', 'edited', 'moved', 'won', 'lost', 'reopened', 'deleted', 'undone')`,
)
@Index('deal_event_deal_idx', ['accountId', 'dealId'])
@Entity('deal_event')
export class DealEventRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  dealId: string;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  at: Date;

  @Column('date')
  day: string;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  /** The deal, and the subscriptions that it changed, as they were. */
  @Column('jsonb', { nullable: true })
  before: unknown;

  @Column('jsonb', { nullable: true })
  details: unknown;
}

/** A day on which an account's contract ends or goes on, what is expected of it and what became of it. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'renewal_account_fkey', onDelete: 'CASCADE' })
@Check('renewal_outcome_check', `outcome IN ('renewed', 'renewedSmaller', 'lost')`)
@Check('renewal_forecast_category_check', `forecast_category IN ('commit', 'likely', 'atRisk', 'lost')`)
@Check('renewal_forecast_amount_minor_check', 'forecast_amount_minor >= 0')
// It includes what managers' pages read, which an entity cannot say.
@Index('renewal_due_idx', { synchronize: false })
@Entity('renewal')
export class RenewalRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('date')
  dueOn: string;

  /** A year of what is due, in the workspace's currency; null: not known. */
  @Column('bigint', { nullable: true })
  amountMinor: number | null;

  /** Null: upcoming, or overdue once the day has passed. */
  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('date', { nullable: true })
  outcomeDay: string | null;

  @Column('bigint', { nullable: true })
  renewedAmountMinor: number | null;

  @Column('text', { nullable: true })
  reasonKey: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  /** Null: the facts told the outcome. */
  @Column('uuid', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  /** What taking a person's outcome back restores. */
  @Column('jsonb', { nullable: true })
  before: unknown;

  /** Null: nobody has forecast it. */
  @Column('text', { nullable: true })
  forecastCategory: string | null;

  /** Null: the amount. */
  @Column('bigint', { nullable: true })
  forecastAmountMinor: number | null;

  @Column('uuid', { nullable: true })
  forecastBy: string | null;

  @Column('timestamptz', { nullable: true })
  forecastAt: Date | null;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  updatedAt: Date;
}

/** The first day on which an account's renewals may come out otherwise although no fact changes. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'renewal_check_account_fkey', onDelete: 'CASCADE' })
@Entity('renewal_check')
export class RenewalCheckRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('date')
  nextDay: string;

  /** When it was last looked at; what is delivered later may change something. */
  @Column('timestamptz')
  checkedAt: Date;

  /** Of the currency and the rates that the amounts were made with. */
  @Column('integer')
  basis: number;
}

/** A customer who said that they leave, as a person wrote it down. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'leaving_account_fkey', onDelete: 'CASCADE' })
@Entity('leaving')
export class LeavingRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('date')
  noticeGivenOn: string;

  @Column('date', { nullable: true })
  leavesOn: string | null;

  @Column('text', { nullable: true })
  reasonKey: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  /** The account's fields, as taking it back restores them. */
  @Column('jsonb')
  before: unknown;

  @Column('uuid')
  byUserId: string;

  @Column('timestamptz')
  at: Date;

  @Column('uuid', { nullable: true })
  takenBackBy: string | null;

  @Column('timestamptz', { nullable: true })
  takenBackAt: Date | null;
}

/** A customer lost, and why, as a person wrote it down. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'churn_record_account_fkey', onDelete: 'CASCADE' })
@Check('churn_record_arr_lost_minor_check', 'arr_lost_minor >= 0')
@Index('churn_record_day_idx', ['churnedOn'], { where: 'undone_at IS NULL' })
@Entity('churn_record')
export class ChurnRecordRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('date')
  churnedOn: string;

  @Column('text')
  reasonKey: string;

  /** As the list had it then. */
  @Column('text')
  reasonLabel: string;

  @Column('boolean')
  canInfluence: boolean;

  @Column('text', { nullable: true })
  competitor: string | null;

  /** In the workspace's currency; null: not known. */
  @Column('bigint', { nullable: true })
  arrLostMinor: number | null;

  @Column('text', { nullable: true })
  note: string | null;

  /** The account's fields, as its return restores them. */
  @Column('jsonb')
  before: unknown;

  @Column('uuid')
  byUserId: string;

  @Column('timestamptz')
  at: Date;

  @Column('uuid', { nullable: true })
  undoneBy: string | null;

  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;
}
