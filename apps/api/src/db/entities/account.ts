import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An account with the newest value of each of its fields. */
@Check('account_seats_check', `seats >= 0`)
@Check('account_status_check', `status IN ('prospect', 'trial', 'customer', 'churned')`)
@Index('account_am_idx', ['amUserId'])
@Index('account_csm_idx', ['csmUserId'])
@Index('account_moved_idx', { synchronize: false })
@Index('account_name_idx', { synchronize: false })
@Index('account_parent_idx', ['parentId'], { where: `(parent_id IS NOT NULL)` })
@Entity('account')
export class AccountRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  externalId: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  domain: string | null;

  @Column('text', { nullable: true })
  industry: string | null;

  @Column('text', { nullable: true })
  size: string | null;

  @Column('integer', { nullable: true })
  employees: number | null;

  @Column('text', { nullable: true })
  country: string | null;

  @Column('text', { nullable: true })
  region: string | null;

  @Column('text', { nullable: true })
  timeZone: string | null;

  @Column('text', { nullable: true })
  plan: string | null;

  @Column('integer', { nullable: true })
  seats: number | null;

  @Column('text', { nullable: true })
  currency: string | null;

  @Column('bigint', { nullable: true })
  arrMinor: number | null;

  @Column('date', { nullable: true })
  customerSince: string | null;

  @Column('date', { nullable: true })
  trialSince: string | null;

  @Column('date', { nullable: true })
  renewalDate: string | null;

  @Column('integer', { nullable: true })
  noticeDays: number | null;

  @Column('date', { nullable: true })
  noticeGivenOn: string | null;

  @Column('date', { nullable: true })
  leavesOn: string | null;

  @Column('uuid', { nullable: true })
  csmUserId: string | null;

  @Column('text', { nullable: true })
  csmText: string | null;

  @Column('uuid', { nullable: true })
  amUserId: string | null;

  @Column('text', { nullable: true })
  amText: string | null;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Column('text')
  status: string;

  @Column('date', { nullable: true })
  churnedOn: string | null;

  @Column('text', { nullable: true })
  churnReason: string | null;

  @Column('text', { array: true })
  tags: string[];

  @Column('jsonb')
  attributes: unknown;

  @Column('date')
  firstSeenOn: string;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** It is in the sums of months by owner, under the owners and the tier that follow. */
  @Column('boolean', { default: false })
  summed: boolean;

  @Column('uuid', { nullable: true })
  summedCsmUserId: string | null;

  @Column('uuid', { nullable: true })
  summedAmUserId: string | null;

  @Column('text', { nullable: true })
  summedTier: string | null;
}

/** An external id that now means another account, or none. */
@Check('account_key_reason_check', `reason IN ('renamed', 'merged', 'deleted')`)
@Entity('account_key')
export class AccountKeyRow {
  @PrimaryColumn('text')
  key: string;

  @Column('uuid', { nullable: true })
  accountId: string | null;

  @Column('text')
  reason: string;

  @Column('timestamptz')
  createdAt: Date;
}

/** A field’s value from a day on. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'account_field_account_fkey', onDelete: 'CASCADE' })
@Entity('account_field')
export class AccountFieldRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('text')
  field: string;

  @PrimaryColumn('date')
  fromDay: string;

  @Column('jsonb', { nullable: true })
  value: unknown;

  @Column('text')
  source: string;

  @Column('timestamptz')
  observedAt: Date;

  @Column('timestamptz', { nullable: true })
  receivedAt: Date | null;

  /** The last day on which the value was delivered again; null: only on its first. */
  @Column('date', { nullable: true })
  confirmedOn: string | null;
}

/** A person at an account, who may also use the product. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'contact_account_fkey', onDelete: 'CASCADE' })
@Index('contact_email_idx', { synchronize: false })
@Index('contact_left_idx', ['accountId'], { where: 'left_on IS NOT NULL' })
@Index('contact_special_idx', ['accountId'], { where: `(internal OR (role = 'champion'::text))` })
@Index('contact_external_id_key', ['accountId', 'externalId'], { unique: true, where: `(external_id IS NOT NULL)` })
@Entity('contact')
export class ContactRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  name: string | null;

  @Column('text', { nullable: true })
  title: string | null;

  @Column('text', { nullable: true })
  role: string | null;

  @Column('boolean')
  isPrimary: boolean;

  @Column('boolean', { nullable: true })
  consent: boolean | null;

  @Column('date', { nullable: true })
  leftOn: string | null;

  @Column('boolean')
  internal: boolean;

  @Column('date', { nullable: true })
  firstSeen: string | null;

  @Column('date', { nullable: true })
  lastSeen: string | null;

  @Column('jsonb')
  attributes: unknown;

  @Column('timestamptz')
  observedAt: Date;

  @Column('timestamptz')
  createdAt: Date;
}

/** A contact’s field’s value from a day on. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'contact_field_account_fkey', onDelete: 'CASCADE' })
@Entity('contact_field')
export class ContactFieldRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  contactId: string;

  @PrimaryColumn('text')
  field: string;

  @PrimaryColumn('date')
  fromDay: string;

  @Column('jsonb', { nullable: true })
  value: unknown;

  @Column('text')
  source: string;

  @Column('timestamptz')
  observedAt: Date;

  @Column('timestamptz', { nullable: true })
  receivedAt: Date | null;

  @Column('date', { nullable: true })
  confirmedOn: string | null;
}
