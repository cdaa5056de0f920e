import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AccountRow } from './account.js';

const KIND = `kind IN ('churn', 'renewal', 'expansion', 'lifecycle', 'billing', 'data')`;
const SEVERITY = `severity IN ('info', 'low', 'medium', 'high', 'critical')`;

/** When an alert is raised, for whom, and how loudly. Built-in ones have a key. */
@Unique('alert_rule_key_key', ['key'])
@Check('alert_rule_kind_check', KIND)
@Check('alert_rule_severity_check', SEVERITY)
@Check('alert_rule_owner_role_check', `owner_role IN ('csm', 'am')`)
@Check('alert_rule_cool_down_days_check', 'cool_down_days >= 0')
@Entity('alert_rule')
export class AlertRuleRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { nullable: true })
  key: string | null;

  @Column('text')
  name: string;

  @Column('text')
  kind: string;

  /** With merge fields such as {{health.score}}. */
  @Column('text')
  reason: string;

  @Column('jsonb')
  rule: unknown;

  /** Null: the default one. */
  @Column('jsonb', { nullable: true })
  clearRule: unknown;

  @Column('text')
  severity: string;

  /** Severity by tier key, where it differs. */
  @Column('jsonb')
  tierSeverity: unknown;

  /** Null: all tiers. */
  @Column('text', { array: true, nullable: true })
  tiers: string[] | null;

  @Column('text')
  ownerRole: string;

  @Column('integer')
  coolDownDays: number;

  @Column('boolean')
  skipInQuietPeriods: boolean;

  @Column('text', { nullable: true })
  playbookKey: string | null;

  @Column('text', { array: true })
  channels: string[];

  @Column('boolean')
  enabled: boolean;

  /** It named what was not there when it was last asked: it is asked as a new rule once it can be. */
  @Column('boolean', { default: false })
  unsound: boolean;

  /** Rises over all alert rules with every new or changed one: what is newer than an account's evaluation is a start. */
  @Column('integer')
  ruleVersion: number;

  @Column('integer')
  revision: number;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** A rule as it was published, for good. */
@Entity('alert_rule_version')
export class AlertRuleVersionRow {
  @PrimaryColumn('uuid')
  ruleId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('jsonb')
  definition: unknown;

  @Column('timestamptz')
  publishedAt: Date;

  @Column('uuid', { nullable: true })
  byUserId: string | null;
}

/** A rule that raises nothing for now: it would fire on too many at once, or a source that it needs is silent. */
@Check('alert_rule_hold_reason_check', `reason IN ('storm', 'silentSource')`)
@Check('alert_rule_hold_decision_check', `decision IN ('released', 'dropped')`)
@Entity('alert_rule_hold')
export class AlertRuleHoldRow {
  @PrimaryColumn('uuid')
  ruleId: string;

  @PrimaryColumn('text')
  reason: string;

  @Column('date')
  day: string;

  @Column('timestamptz')
  sinceAt: Date;

  @Column('integer', { nullable: true })
  wouldFire: number | null;

  @Column('integer', { nullable: true })
  inScope: number | null;

  /** The silent source. */
  @Column('text', { nullable: true })
  source: string | null;

  /** What an admin made of a storm; null: it waits for that. */
  @Column('text', { nullable: true })
  decision: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  @Column('uuid', { nullable: true })
  decidedBy: string | null;
}

/** An alert on an account, by a rule or by hand; it stays when it has ended. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'alert_account_fkey', onDelete: 'CASCADE' })
@Check('alert_kind_check', KIND)
@Check('alert_severity_check', SEVERITY)
@Check('alert_state_check', `state IN ('pending', 'open', 'acknowledged', 'snoozed', 'resolved', 'cleared', 'dropped')`)
@Check('alert_started_check', `started IN ('change', 'start', 'hand', 'replay', 'lived')`)
@Check('alert_held_reason_check', `held_reason IN ('unknown', 'silentSource')`)
@Check('alert_outcome_check', `outcome IN ('successful', 'unsuccessful', 'falseAlarm')`)
// It includes what the inbox reads, which an entity cannot say.
@Index('alert_live_key', { synchronize: false })
@Index('alert_ended_idx', ['accountId', 'endedDay'], { where: 'ended_day IS NOT NULL' })
@Index('alert_rule_day_idx', ['ruleId', 'openedDay'])
@Index('alert_pending_idx', ['ruleId'], { where: `state = 'pending'` })
@Index('alert_escalate_idx', ['escalateAt'], {
  where: `state = 'open' AND escalated_at IS NULL AND escalate_at IS NOT NULL`,
})
@Entity('alert')
export class AlertRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  /** Null: raised by hand. */
  @Column('uuid', { nullable: true })
  ruleId: string | null;

  @Column('integer', { nullable: true })
  ruleVersion: number | null;

  @Column('text')
  kind: string;

  @Column('text')
  severity: string;

  @Column('text')
  state: string;

  @Column('text')
  started: string;

  @Column('text')
  reason: string;

  @Column('jsonb')
  evidence: unknown;

  @Column('date')
  openedDay: string;

  @Column('timestamptz')
  openedAt: Date;

  /** Null: the rule still holds. */
  @Column('date', { nullable: true })
  lastMatchedDay: string | null;

  /** The first of the closed days on end on which the clear rule holds. */
  @Column('date', { nullable: true })
  clearSinceDay: string | null;

  @Column('text', { nullable: true })
  heldReason: string | null;

  @Column('boolean')
  unread: boolean;

  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  scoreAtOpen: number | null;

  /** The score when the alert last called for attention: it does so again ten points below. */
  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  scoreNoted: number | null;

  @Column('bigint', { nullable: true })
  arrMinorAtOpen: number | null;

  /** The day on which it wakes. */
  @Column('date', { nullable: true })
  snoozedUntil: string | null;

  @Column('text', { nullable: true })
  snoozeReason: string | null;

  @Column('uuid', { nullable: true })
  assigneeUserId: string | null;

  @Column('date', { nullable: true })
  dueDay: string | null;

  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('text', { nullable: true })
  outcomeNote: string | null;

  @Column('timestamptz', { nullable: true })
  acknowledgedAt: Date | null;

  @Column('uuid', { nullable: true })
  acknowledgedBy: string | null;

  /** When it goes to the owner's manager unless somebody acknowledges it; null: never. */
  @Column('timestamptz', { nullable: true })
  escalateAt: Date | null;

  @Column('timestamptz', { nullable: true })
  escalatedAt: Date | null;

  @Column('date', { nullable: true })
  endedDay: string | null;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Column('uuid', { nullable: true })
  endedBy: string | null;

  /** After the end, the first closed day on which the rule did not hold. */
  @Column('date', { nullable: true })
  falseSinceDay: string | null;

  /** When it was asked whether it starts a playbook; null: not yet. */
  @Column('timestamptz', { nullable: true })
  playbooksAskedAt: Date | null;

  @Column('integer')
  revision: number;
}

/** What happened to an alert. An event that nobody has been told of yet, and somebody may want to be, has no `toldAt`. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'alert_event_account_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => AlertRow, ['accountId', 'alertId'], ['accountId', 'id'], {
  name: 'alert_event_alert_fkey',
  onDelete: 'CASCADE',
})
@Check(
  'alert_event_kind_check',
  `kind IN ('opened', 'evidence', 'acknowledged', 'snoozed', 'woken', 'assigned',
          'resolved', 'cleared', 'dropped', 'escalated', 'undone', 'severity')`,
)
@Index('alert_event_alert_idx', ['accountId', 'alertId'])
@Index('alert_event_untold_idx', ['at'], { where: 'told_at IS NULL' })
@Entity('alert_event')
export class AlertEventRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  alertId: string;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  at: Date;

  @Column('date')
  day: string;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  @Column('jsonb', { nullable: true })
  before: unknown;

  @Column('jsonb', { nullable: true })
  details: unknown;

  @Column('timestamptz', { nullable: true })
  toldAt: Date | null;
}

/** The highest version of an alert rule that an account has been held against. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'alert_evaluation_account_fkey', onDelete: 'CASCADE' })
@Entity('alert_evaluation')
export class AlertEvaluationRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('integer')
  throughVersion: number;
}
