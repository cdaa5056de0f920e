import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

const SEVERITIES = `'info', 'low', 'medium', 'high', 'critical'`;

/** What a person chose to be told, and where. No row: what their role gets. */
@Check('notification_preference_digest_hour_check', 'digest_hour BETWEEN 0 AND 23')
@Entity('notification_preference')
export class NotificationPreferenceRow {
  @PrimaryColumn('uuid')
  userId: string;

  /** Scope and channels by kind of alert. */
  @Column('jsonb')
  kinds: unknown;

  /** Channels by kind of what people do; null: nothing was chosen. */
  @Column('jsonb', { nullable: true })
  desk: unknown;

  @Column('integer')
  digestHour: number;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  updatedAt: Date;
}

/** A program of somebody else's that is told of alerts. */
@Check('webhook_least_severity_check', `least_severity IN (${SEVERITIES})`)
@Entity('webhook')
export class WebhookRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  url: string;

  /** Signs what is sent, so it must be readable here. */
  @Column('text')
  secret: string;

  /** Null: all kinds. */
  @Column('text', { array: true, nullable: true })
  kinds: string[] | null;

  @Column('text')
  leastSeverity: string;

  @Column('boolean')
  enabled: boolean;

  @Column('integer')
  revision: number;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** That a person is told of an event. Its id follows from event and person: it is made once. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'notification_account_fkey', onDelete: 'CASCADE' })
@Check(
  'notification_news_check',
  `news IN ('opened', 'assigned', 'escalated', 'severity', 'woken', 'mention', 'handOver', 'taskAssigned', 'taskDue', 'goalEnded', 'followedTouch', 'followedBand', 'followedAlert', 'followedHandOver')`,
)
@Check('notification_severity_check', `severity IN (${SEVERITIES})`)
@Index('notification_user_idx', ['userId', 'at'], { where: 'in_app' })
@Index('notification_day_idx', ['accountId', 'day', 'userId'])
@Entity('notification')
export class NotificationRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  @Column('uuid')
  eventId: string;

  /** Null: it is about no alert. */
  @Column('uuid', { nullable: true })
  alertId: string | null;

  @Column('text')
  news: string;

  @Column('text', { nullable: true })
  alertKind: string | null;

  @Column('text')
  severity: string;

  @Column('text')
  text: string;

  /** Tasks on several accounts that it tells in one; null: it is about its account alone. */
  @Column('jsonb', { nullable: true })
  tasks: unknown;

  @Column('date')
  day: string;

  @Column('timestamptz')
  at: Date;

  /** False: the person chose mail alone. */
  @Column('boolean')
  inApp: boolean;

  @Column('timestamptz', { nullable: true })
  readAt: Date | null;
}

/** A message that leaves the workspace: one for each event and person, or webhook. Its id goes along with it. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], {
  name: 'notification_delivery_account_fkey',
  onDelete: 'CASCADE',
})
@Check('notification_delivery_channel_check', `channel IN ('email', 'webhook')`)
@Check('notification_delivery_state_check', `state IN ('due', 'sending', 'sent', 'failed', 'uncertain')`)
@Check(
  'notification_delivery_check',
  `(channel = 'email') = (user_id IS NOT NULL) AND (channel = 'webhook') = (webhook_id IS NOT NULL)`,
)
@Index('notification_delivery_due_idx', ['dueAt'], { where: `state = 'due'` })
@Index('notification_delivery_sending_idx', ['claimedAt'], { where: `state = 'sending'` })
@Index('notification_delivery_created_idx', ['createdAt'])
@Entity('notification_delivery')
export class NotificationDeliveryRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  eventId: string;

  @Column('uuid', { nullable: true })
  alertId: string | null;

  @Column('text')
  channel: string;

  @Column('uuid', { nullable: true })
  userId: string | null;

  @Column('uuid', { nullable: true })
  webhookId: string | null;

  /** What is told, as it was when it happened: a repeated message says the same. */
  @Column('jsonb')
  message: unknown;

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

/** What a person is told that is about no account. */
@Check('notice_news_check', `news IN ('ruleHeld', 'standIn')`)
@Index('notice_user_idx', ['userId', 'at'])
@Entity('notice')
export class NoticeRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  @Column('text')
  news: string;

  /** Of a rule that is held. */
  @Column('uuid', { nullable: true })
  ruleId: string | null;

  @Column('text')
  text: string;

  @Column('timestamptz')
  at: Date;

  @Column('timestamptz', { nullable: true })
  readAt: Date | null;
}
