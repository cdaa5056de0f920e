import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A product event, once per message id. */
@Check('event_count_check', `count > 0`)
@Entity('event')
export class EventRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('timestamptz')
  occurredAt: Date;

  @PrimaryColumn('text')
  messageId: string;

  @Column('uuid', { nullable: true })
  contactId: string | null;

  @Column('text')
  name: string;

  @Column('integer', { nullable: true })
  featureId: number | null;

  @Column('integer')
  count: number;

  @Column('jsonb', { nullable: true })
  properties: unknown;

  @Column('timestamptz')
  receivedAt: Date;
}

/** On which days of a month a contact was active: bit d − 1 stands for day d. */
@Entity('usage_contact_month')
export class UsageContactMonthRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('date')
  month: string;

  @PrimaryColumn('uuid')
  contactId: string;

  @Column('integer')
  days: number;
}

/** On which days of a month a feature was used: bit d − 1 stands for day d. */
@Entity('usage_feature_month')
export class UsageFeatureMonthRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('date')
  month: string;

  @PrimaryColumn('integer')
  featureId: number;

  @Column('integer')
  days: number;
}

/** How many events an account had on each day of a month. */
@Entity('usage_event_month')
export class UsageEventMonthRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('date')
  month: string;

  @Column('integer', { array: true })
  counts: number[];
}

/** When a message without a time of its own first arrived. */
@Entity('message_arrival')
export class MessageArrivalRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('text')
  messageId: string;

  @Column('timestamptz')
  firstArrivedAt: Date;
}
