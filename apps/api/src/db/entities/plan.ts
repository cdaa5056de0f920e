import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

/** What people plan with an account. No row: nothing yet. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'account_plan_account_fkey', onDelete: 'CASCADE' })
@Check(
  'account_plan_next_step_check',
  '(next_step IS NOT NULL) OR ((next_step_day IS NULL) AND (next_step_user_id IS NULL))',
)
@Index('account_plan_next_step_idx', ['nextStepDay'])
@Entity('account_plan')
export class AccountPlanRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('uuid', { array: true })
  noteMentions: string[];

  @Column('jsonb')
  objectives: unknown;

  @Column('jsonb')
  links: unknown;

  @Column('text', { nullable: true })
  nextStep: string | null;

  @Column('date', { nullable: true })
  nextStepDay: string | null;

  @Column('uuid', { nullable: true })
  nextStepUserId: string | null;

  @Column('integer')
  revision: number;

  @Column('uuid', { nullable: true })
  updatedBy: string | null;

  @Column('timestamptz')
  updatedAt: Date;
}

/** A person who wants to hear of an account. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'account_follower_account_fkey', onDelete: 'CASCADE' })
@Index('account_follower_user_idx', ['userId'])
@Entity('account_follower')
export class AccountFollowerRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  userId: string;

  @Column('timestamptz')
  since: Date;

  @Column('date')
  sinceDay: string;
}

/** A change of an account’s owners by a person, and what moved along. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'hand_over_account_fkey', onDelete: 'CASCADE' })
@Index('hand_over_day_idx', ['accountId', 'day'])
@Entity('hand_over')
export class HandOverRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz')
  at: Date;

  @Column('date')
  day: string;

  @Column('uuid')
  byUserId: string;

  @Column('uuid', { nullable: true })
  fromCsmUserId: string | null;

  @Column('uuid', { nullable: true })
  toCsmUserId: string | null;

  @Column('uuid', { nullable: true })
  fromAmUserId: string | null;

  @Column('uuid', { nullable: true })
  toAmUserId: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  /** How many alerts, tasks, goals and deals went along. */
  @Column('jsonb')
  moved: unknown;

  /** Owners, their sources, and who had what: for taking it back. */
  @Column('jsonb')
  before: unknown;

  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;

  @Column('uuid', { nullable: true })
  undoneBy: string | null;
}

/** Something that people did with an account and others may want to be told of. Told to nobody yet: no `toldAt`. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'account_news_account_fkey', onDelete: 'CASCADE' })
@Check('account_news_kind_check', `kind IN ('touched', 'mentioned', 'handedOver')`)
@Index('account_news_untold_idx', ['at'], { where: 'told_at IS NULL' })
@Entity('account_news')
export class AccountNewsRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  at: Date;

  @Column('date')
  day: string;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  /** Who is meant; followers come besides. */
  @Column('uuid', { array: true })
  toUserIds: string[];

  @Column('text')
  text: string;

  /** The touchpoint or hand-over that it is about. */
  @Column('text', { nullable: true })
  subjectId: string | null;

  @Column('timestamptz', { nullable: true })
  toldAt: Date | null;
}
