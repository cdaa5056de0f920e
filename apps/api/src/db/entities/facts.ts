import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

/** What every fact of an account carries: when its source saw it, by which deliveries are told apart, and when it came. */
abstract class FactColumns {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('timestamptz')
  observedAt: Date;

  @Column('timestamptz')
  receivedAt: Date;
}

/** A metric’s value for the period that ends on the day. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'metric_point_account_fkey', onDelete: 'CASCADE' })
@Index('metric_point_first_idx', ['metricId', 'day'])
@Entity('metric_point')
export class MetricPointRow extends FactColumns {
  @PrimaryColumn('smallint')
  metricId: number;

  @PrimaryColumn('date')
  day: string;

  @Column('double precision')
  value: number;
}

/** What an account pays for, from its first to its last day. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'subscription_account_fkey', onDelete: 'CASCADE' })
@Check('subscription_quantity_check', `quantity >= 0`)
@Index('subscription_id_idx', ['id'])
@Index('subscription_start_idx', ['startsOn'])
@Index('subscription_end_idx', ['endsOn'])
@Index('subscription_seats_idx', ['quantity'], { where: 'seat_based' })
@Entity('subscription')
export class SubscriptionRow extends FactColumns {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { nullable: true })
  plan: string | null;

  @Column('integer', { nullable: true })
  quantity: number | null;

  @Column('boolean')
  seatBased: boolean;

  @Column('bigint', { nullable: true })
  mrrMinor: number | null;

  @Column('text', { nullable: true })
  currency: string | null;

  @Column('date')
  startsOn: string;

  @Column('date', { nullable: true })
  endsOn: string | null;

  @Column('integer', { nullable: true })
  termMonths: number | null;

  @Column('boolean', { nullable: true })
  autoRenew: boolean | null;

  /** A person keeps it here: no source brings it. */
  @Column('boolean', { default: false })
  keptByHand: boolean;

  @Column('integer', { default: 1 })
  revision: number;
}

/** An invoice and how it stands. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'invoice_account_fkey', onDelete: 'CASCADE' })
@Check('invoice_status_check', `status IN ('open', 'paid', 'failed', 'void')`)
@Index('invoice_due_idx', ['accountId', 'dueOn'])
@Index('invoice_first_idx', ['issuedOn'])
@Entity('invoice')
export class InvoiceRow extends FactColumns {
  @PrimaryColumn('text')
  id: string;

  @Column('date')
  issuedOn: string;

  @Column('date', { nullable: true })
  dueOn: string | null;

  @Column('bigint')
  amountMinor: number;

  @Column('text')
  currency: string;

  @Column('text')
  status: string;

  @Column('date', { nullable: true })
  paidOn: string | null;

  @Column('date', { nullable: true })
  failedOn: string | null;
}

/** A support ticket. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'ticket_account_fkey', onDelete: 'CASCADE' })
@Check('ticket_priority_check', `priority IN ('urgent', 'high', 'normal', 'low')`)
@Check('ticket_status_check', `status IN ('open', 'pending', 'escalated', 'closed')`)
@Index('ticket_opened_idx', ['accountId', 'openedOn'])
@Index('ticket_first_idx', ['openedOn'])
@Index('ticket_rated_idx', { synchronize: false })
@Entity('ticket')
export class TicketRow extends FactColumns {
  @PrimaryColumn('text')
  id: string;

  @Column('timestamptz')
  openedAt: Date;

  @Column('date')
  openedOn: string;

  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;

  @Column('date', { nullable: true })
  closedOn: string | null;

  @Column('text', { nullable: true })
  priority: string | null;

  @Column('text')
  status: string;

  @Column('text', { nullable: true })
  subject: string | null;

  @Column('double precision', { nullable: true })
  resolutionHours: number | null;

  @Column('double precision', { nullable: true })
  satisfaction: number | null;

  @Column('double precision', { nullable: true })
  satisfactionMin: number | null;

  @Column('double precision', { nullable: true })
  satisfactionMax: number | null;

  @Column('uuid', { nullable: true })
  contactId: string | null;

  @Column('boolean')
  disagrees: boolean;

  @Column('boolean')
  closedAssumed: boolean;
}

/** One answer to an NPS or CSAT survey, on the scale it was asked in. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'survey_answer_account_fkey', onDelete: 'CASCADE' })
@Check('survey_answer_kind_check', `kind IN ('nps', 'csat')`)
@Index('survey_answer_first_idx', ['kind', 'answeredOn'])
@Index('survey_answer_day_idx', ['accountId', 'answeredOn'])
@Entity('survey_answer')
export class SurveyAnswerRow extends FactColumns {
  @PrimaryColumn('text')
  kind: string;

  @PrimaryColumn('text')
  id: string;

  @Column('date')
  answeredOn: string;

  @Column('double precision')
  score: number;

  @Column('double precision')
  scaleMin: number;

  @Column('double precision')
  scaleMax: number;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('uuid', { nullable: true })
  contactId: string | null;
}

/** A contact between people: a call, meeting, e-mail or note. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'touchpoint_account_fkey', onDelete: 'CASCADE' })
// It includes whether a touch counts, which an entity cannot say.
@Index('touchpoint_day_idx', { synchronize: false })
@Index('touchpoint_first_idx', ['onDay'])
@Index('touchpoint_first_counting_idx', ['onDay'], { where: 'counts' })
@Entity('touchpoint')
export class TouchpointRow extends FactColumns {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  at: Date;

  @Column('date')
  onDay: string;

  @Column('uuid', { nullable: true })
  authorUserId: string | null;

  @Column('text', { nullable: true })
  authorText: string | null;

  @Column('text', { nullable: true })
  text: string | null;

  @Column('jsonb')
  links: unknown;

  @Column('boolean')
  counts: boolean;

  @Column('uuid', { array: true })
  contactIds: string[];
}

/** A sale under way, won or lost. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'deal_account_fkey', onDelete: 'CASCADE' })
@Check('deal_kind_check', `kind IN ('expansion', 'renewal', 'new')`)
@Check('deal_probability_check', `(probability >= 0) AND (probability <= 100)`)
@Check('deal_state_check', `state IN ('open', 'won', 'lost')`)
@Index('deal_open_idx', ['closeOn'], { where: `state = 'open'` })
@Index('deal_ended_idx', ['endedOn'], { where: `state <> 'open'` })
@Index('deal_goal_idx', ['accountId', 'goalId'], { where: 'goal_id IS NOT NULL' })
@Entity('deal')
export class DealRow extends FactColumns {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  kind: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  stage: string | null;

  @Column('bigint', { nullable: true })
  amountMinor: number | null;

  @Column('text', { nullable: true })
  currency: string | null;

  @Column('double precision', { nullable: true })
  probability: number | null;

  @Column('date', { nullable: true })
  closeOn: string | null;

  @Column('uuid', { nullable: true })
  ownerUserId: string | null;

  @Column('text', { nullable: true })
  ownerText: string | null;

  @Column('text')
  state: string;

  @Column('date', { nullable: true })
  endedOn: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('date')
  openedOn: string;

  @Column('uuid', { nullable: true })
  goalId: string | null;

  /** Made here: no source brings it. */
  @Column('boolean', { default: false })
  keptByHand: boolean;

  @Column('integer', { default: 1 })
  revision: number;
}

/** A person’s own judgement of an account on a day, 1 (severe risk) to 6. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'pulse_account_fkey', onDelete: 'CASCADE' })
@Check('pulse_value_check', `value >= 1 AND value <= 6`)
@Index('pulse_first_idx', ['day'])
@Entity('pulse')
export class PulseRow extends FactColumns {
  @PrimaryColumn('date')
  day: string;

  @Column('smallint')
  value: number;

  @Column('text', { array: true })
  reasons: string[];

  @Column('text', { nullable: true })
  note: string | null;

  @Column('uuid', { nullable: true })
  authorUserId: string | null;

  @Column('text', { nullable: true })
  authorText: string | null;

  /** What stood for the day before a person set it; null: nothing. It is true of the pulse that they set alone. */
  @Column('jsonb', { nullable: true })
  replaced: unknown;
}

/** A fact of an account that is not known yet. */
@Entity('quarantined_fact')
export class QuarantinedFactRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  accountExternalId: string;

  @Column('text')
  factKind: string;

  @Column('jsonb')
  fact: unknown;

  @Column('text')
  sourceKey: string;

  @Column('uuid', { nullable: true })
  importId: string | null;

  @Column('bigint', { nullable: true })
  line: number | null;

  @Column('timestamptz')
  observedAt: Date;

  @Column('date', { nullable: true })
  asOfDay: string | null;

  @Column('timestamptz')
  receivedAt: Date;

  /** When its account was known and the fact was refused all the same; null: not tried yet. */
  @Column('timestamptz', { nullable: true })
  triedAt: Date | null;

  @Column('text', { nullable: true })
  problemCode: string | null;

  @Column('text', { nullable: true })
  problem: string | null;
}
