import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A report that comes to people by mail, again and again. */
@Check('report_schedule_frequency_check', `frequency IN ('daily', 'weekly', 'monthly')`)
@Check('report_schedule_weekday_check', 'weekday BETWEEN 1 AND 7')
@Check('report_schedule_month_day_check', 'month_day BETWEEN 1 AND 31')
@Check('report_schedule_hour_check', 'hour BETWEEN 0 AND 23')
@Index('report_schedule_next_idx', ['nextAt'], { where: 'next_at IS NOT NULL' })
@Entity('report_schedule')
export class ReportScheduleRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('jsonb')
  content: unknown;

  @Column('text')
  frequency: string;

  @Column('integer', { nullable: true })
  weekday: number | null;

  @Column('integer', { nullable: true })
  monthDay: number | null;

  @Column('integer')
  hour: number;

  @Column('uuid', { array: true })
  recipients: string[];

  @Column('boolean')
  paused: boolean;

  /** Null: it is paused. */
  @Column('timestamptz', { nullable: true })
  nextAt: Date | null;

  @Column('uuid')
  ownerUserId: string;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** One mail of a report: to a person, of a day; or one that was asked for besides. */
@Check('report_mail_state_check', `state IN ('due', 'sending', 'sent', 'failed', 'uncertain', 'skipped')`)
@ForeignKey(() => ReportScheduleRow, ['scheduleId'], ['id'], { name: 'report_mail_schedule_fkey', onDelete: 'CASCADE' })
@Index('report_mail_day_key', ['scheduleId', 'day', 'userId'], { unique: true, where: 'NOT is_extra' })
@Index('report_mail_schedule_idx', ['scheduleId', 'createdAt'])
@Index('report_mail_due_idx', ['dueAt'], { where: `state IN ('due', 'sending')` })
@Entity('report_mail')
export class ReportMailRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  scheduleId: string;

  @Column('uuid')
  userId: string;

  @Column('date')
  day: string;

  @Column('boolean')
  isExtra: boolean;

  @Column('text')
  state: string;

  @Column('timestamptz')
  dueAt: Date;

  @Column('integer')
  attempts: number;

  @Column('timestamptz', { nullable: true })
  claimedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz')
  createdAt: Date;
}

/** A file of accounts that somebody ordered, made in the background. */
@Check('account_export_state_check', `state IN ('due', 'running', 'done', 'failed', 'expired')`)
@Index('account_export_user_idx', ['userId', 'createdAt'])
@Entity('account_export')
export class AccountExportRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  @Column('jsonb')
  question: unknown;

  @Column('text')
  name: string;

  @Column('text')
  state: string;

  @Column('integer', { nullable: true })
  accounts: number | null;

  @Column('integer')
  written: number;

  @Column('bigint', { nullable: true })
  bytes: number | null;

  @Column('integer')
  attempts: number;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz')
  createdAt: Date;

  /** When whoever makes it last said so. */
  @Column('timestamptz', { nullable: true })
  heardAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;
}
