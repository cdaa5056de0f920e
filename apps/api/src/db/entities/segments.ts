import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AccountRow } from './account.js';

/** A named rule whose members are kept. Built-in ones have a key. */
@Unique('segment_key_key', ['key'])
@Check('segment_of_check', `of IN ('account', 'contact')`)
@Check('segment_visibility_check', `visibility IN ('private', 'shared')`)
@Entity('segment')
export class SegmentRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { nullable: true })
  key: string | null;

  @Column('text')
  name: string;

  @Column('text')
  description: string;

  @Column('text')
  of: string;

  @Column('jsonb')
  rule: unknown;

  @Column('uuid', { nullable: true })
  ownerUserId: string | null;

  @Column('text')
  visibility: string;

  @Column('jsonb', { nullable: true })
  columns: unknown;

  @Column('jsonb', { nullable: true })
  sort: unknown;

  /** Rises over all segments with every new or changed rule: what is newer than an account's evaluation is a baseline. */
  @Column('integer')
  ruleVersion: number;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** An account, or one of its contacts (the nil id: the account itself), in a segment. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'segment_member_account_fkey', onDelete: 'CASCADE' })
@Check('segment_member_how_check', `how IN ('baseline', 'rule')`)
@Index('segment_member_segment_idx', ['segmentId', 'accountId'])
@Index('segment_member_account_idx', ['accountId', 'segmentId'], {
  where: `(contact_id = '00000000-0000-0000-0000-000000000000'::uuid)`,
})
@Entity('segment_member')
export class SegmentMemberRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  segmentId: string;

  @PrimaryColumn('uuid')
  contactId: string;

  @Column('date')
  sinceDay: string;

  @Column('timestamptz')
  enteredAt: Date;

  @Column('text')
  how: string;
}

/** Entering or leaving a segment. `since…` and `how` are those of the membership that began or ended. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'segment_event_account_fkey', onDelete: 'CASCADE' })
@Check('segment_event_kind_check', `kind IN ('entered', 'left')`)
@Check('segment_event_how_check', `how IN ('baseline', 'rule')`)
@Index('segment_event_day_idx', ['accountId', 'day'])
@Index('segment_event_segment_idx', ['segmentId', 'day'])
@Index('segment_event_on_day_idx', ['day', 'accountId'])
@Entity('segment_event')
export class SegmentEventRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  segmentId: string;

  @Column('uuid')
  contactId: string;

  @Column('text')
  kind: string;

  @Column('date')
  day: string;

  @Column('timestamptz')
  at: Date;

  /** Place, among the rule's conditions in order, of the one that turned. */
  @Column('integer', { nullable: true })
  leaf: number | null;

  /** That condition itself, because the rule may change. */
  @Column('jsonb', { nullable: true })
  condition: unknown;

  @Column('date')
  sinceDay: string;

  @Column('timestamptz')
  sinceAt: Date;

  @Column('text')
  how: string;
}

/** Members of a segment, and the ARR of their accounts, at the close of a day. */
@Entity('segment_size')
export class SegmentSizeRow {
  @PrimaryColumn('date')
  day: string;

  @PrimaryColumn('uuid')
  segmentId: string;

  @Column('integer')
  ruleVersion: number;

  @Column('integer')
  members: number;

  @Column('bigint', { nullable: true })
  arrMinor: number | null;
}

/** An account that a person keeps out of a segment, until a day or for good. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'segment_exclusion_account_fkey', onDelete: 'CASCADE' })
@Entity('segment_exclusion')
export class SegmentExclusionRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  segmentId: string;

  @Column('text')
  reason: string;

  @Column('date', { nullable: true })
  untilDay: string | null;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  @Column('timestamptz')
  createdAt: Date;
}

/**
 * The highest rule version that an account has been held against, and the days on which the members among its contacts
 * stay, by what that rests on; null: that is not known.
 */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'segment_evaluation_account_fkey', onDelete: 'CASCADE' })
@Entity('segment_evaluation')
export class SegmentEvaluationRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('integer')
  throughVersion: number;

  @Column('bigint', { nullable: true })
  contactsBasis: number | null;

  @Column('date', { nullable: true })
  contactsFrom: string | null;

  @Column('date', { nullable: true })
  contactsThrough: string | null;
}
