import { Injectable } from '@nestjs/common';
import type { AlertRule, AlertRuleDefinition, AlertRuleDetail } from '@steward/shared/alert-rules';
import { LOCKS } from '../../db/advisory-locks.js';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { KnownSegment } from '../../domain/segments/named-segments.js';
import type { Scope } from '../../platform/auth/scope.js';

type Instant = 'createdAt' | 'updatedAt';
export type StoredAlertRule = Omit<AlertRule, 'mayEdit'>;
type Row = Omit<StoredAlertRule, Instant> & Record<Instant, Date>;

/** Of several holds the one that a person has to decide about. */
const HOLD = `(SELECT jsonb_build_object('reason', h.reason, 'day', h.day, 'sinceAt', h.since_at, 'wouldFire', h.would_fire,
    'inScope', h.in_scope, 'source', h.source)
  FROM steward.alert_rule_hold h WHERE h.rule_id = r.id AND h.decision IS NULL ORDER BY h.reason = 'storm' DESC LIMIT 1)`;

const RULE = `r.id, r.key, r.name, r.kind, r.reason, r.rule, r.clear_rule AS "clearRule", r.severity,
  r.tier_severity AS "tierSeverity", r.tiers, r.owner_role AS "ownerRole", r.cool_down_days AS "coolDownDays",
  r.skip_in_quiet_periods AS "skipInQuietPeriods", r.playbook_key AS "playbookKey", r.channels, r.enabled,
  r.rule_version AS "ruleVersion", r.revision, u.full_name AS "createdBy", r.created_at AS "createdAt",
  r.updated_at AS "updatedAt", ${HOLD} AS hold`;
const FROM = 'FROM steward.alert_rule r LEFT JOIN steward.app_user u ON u.id = r.created_by';

function ruleOf({ createdAt, updatedAt, ...row }: Row): StoredAlertRule {
  return { ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** What a rule says, as the columns take it: from the name on. */
function columnsOf(given: AlertRuleDefinition): unknown[] {
  return [
    given.name,
    given.kind,
    given.reason,
    JSON.stringify(given.rule),
    given.clearRule === null ? null : JSON.stringify(given.clearRule),
    given.severity,
    JSON.stringify(given.tierSeverity),
    given.tiers,
    given.ownerRole,
    given.coolDownDays,
    given.skipInQuietPeriods,
    given.playbookKey,
    given.channels,
    given.enabled,
  ];
}

@Injectable()
export class AlertRulesRepository {
  /** Rules change one after the other, and no segment goes while a rule begins to rest on it. */
  async lock(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.segments}, 0)`);
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.alertRules}, 0)`);
  }

  async all(tx: Tx): Promise<StoredAlertRule[]> {
    const rows = await open(tx).query<Row>(
      `SELECT ${RULE} ${FROM} ORDER BY r.key IS NULL, r.created_at, lower(r.name), r.id`,
    );
    return rows.map(ruleOf);
  }

  async byId(tx: Tx, id: string): Promise<StoredAlertRule | null> {
    const [row] = await open(tx).query<Row>(`SELECT ${RULE} ${FROM} WHERE r.id = $1`, [id]);
    return row === undefined ? null : ruleOf(row);
  }

  /** Live alerts by rule, of accounts in the scope. */
  async liveAlerts(tx: Tx, scope: Scope): Promise<Map<string, number>> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string; alerts: number }>(
      `SELECT t.rule_id AS id, count(*)::int AS alerts
       FROM steward.alert t JOIN steward.account a ON a.id = t.account_id
       WHERE t.state IN ('open', 'acknowledged', 'snoozed') AND t.rule_id IS NOT NULL AND ${scopePredicate(scope, bind)}
       GROUP BY t.rule_id`,
      values,
    );
    return new Map(rows.map(({ id, alerts }) => [id, alerts]));
  }

  async versions(tx: Tx, id: string): Promise<AlertRuleDetail['versions']> {
    const rows = await open(tx).query<Omit<AlertRuleDetail['versions'][number], 'publishedAt'> & { publishedAt: Date }>(
      `SELECT v.version, v.published_at AS "publishedAt", u.full_name AS by, v.definition
       FROM steward.alert_rule_version v LEFT JOIN steward.app_user u ON u.id = v.by_user_id
       WHERE v.rule_id = $1 ORDER BY v.version DESC LIMIT 200`,
      [id],
    );
    return rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
  }

  /** Segments that everyone may know of: rules of alerts are everyone's, too. */
  sharedSegments(tx: Tx): Promise<KnownSegment[]> {
    return open(tx).query(`SELECT id, of FROM steward.segment WHERE visibility = 'shared'`);
  }

  /** Whether there is a playbook of this key or id. */
  async isPlaybook(tx: Tx, keyOrId: string): Promise<boolean> {
    const rows = await open(tx).query(
      'SELECT id FROM steward.playbook WHERE (key = $1 OR id::text = $1) AND deleted_at IS NULL',
      [keyOrId],
    );
    return rows.length > 0;
  }

  /** The names of the playbooks that its alerts start. */
  async playbooksStartedBy(tx: Tx, id: string): Promise<string[]> {
    const rows = await open(tx).query<{ name: string }>(
      `SELECT name FROM steward.playbook
       WHERE deleted_at IS NULL AND definition->'triggers'->'alertRuleIds' ? $1 ORDER BY lower(name), id`,
      [id],
    );
    return rows.map(({ name }) => name);
  }

  async add(tx: Tx, id: string, given: AlertRuleDefinition, byUserId: string, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.alert_rule (id, rule_version, revision, created_by, created_at, updated_at, name, kind, reason,
         rule, clear_rule, severity, tier_severity, tiers, owner_role, cool_down_days, skip_in_quiet_periods, playbook_key,
         channels, enabled)
       VALUES ($1, nextval('steward.alert_rule_number')::int, 1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
         $14, $15, $16, $17)`,
      [id, byUserId, at, ...columnsOf(given)],
    );
    await this.keepVersion(tx, id, given, byUserId, at);
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(tx: Tx, id: string, revision: number, after: AlertRuleDefinition, at: Date): Promise<boolean> {
    const changed = await open(tx).query(
      `UPDATE steward.alert_rule SET revision = revision + 1, updated_at = $3, name = $4, kind = $5, reason = $6, rule = $7,
         clear_rule = $8, severity = $9, tier_severity = $10, tiers = $11, owner_role = $12, cool_down_days = $13,
         skip_in_quiet_periods = $14, playbook_key = $15, channels = $16, enabled = $17
       WHERE id = $1 AND revision = $2 RETURNING id`,
      [id, revision, at, ...columnsOf(after)],
    );
    return changed.length > 0;
  }

  /** The next evaluation finds what is true at start. */
  async beginAnew(tx: Tx, id: string, after: AlertRuleDefinition, byUserId: string, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.alert_rule SET rule_version = nextval('steward.alert_rule_number')::int WHERE id = $1`,
      [id],
    );
    await this.keepVersion(tx, id, after, byUserId, at);
  }

  private async keepVersion(
    tx: Tx,
    id: string,
    definition: AlertRuleDefinition,
    byUserId: string,
    at: Date,
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.alert_rule_version (rule_id, version, definition, published_at, by_user_id)
       SELECT id, rule_version, $2::jsonb, $3, $4 FROM steward.alert_rule WHERE id = $1`,
      [id, JSON.stringify(definition), at, byUserId],
    );
  }

  /** The rule goes and its live alerts end with it; those that have ended stay. Answers the accounts concerned. */
  async remove(tx: Tx, id: string, by: { userId: string; day: string; at: Date }): Promise<string[]> {
    const { query } = open(tx);
    await query('DELETE FROM steward.alert_rule WHERE id = $1', [id]);
    await query('DELETE FROM steward.alert_rule_version WHERE rule_id = $1', [id]);
    await query('DELETE FROM steward.alert_rule_hold WHERE rule_id = $1', [id]);
    await query(`DELETE FROM steward.alert WHERE rule_id = $1 AND state = 'pending'`, [id]);
    const ended = await query<{ accountId: string }>(
      `WITH ended AS (
         UPDATE steward.alert SET state = 'cleared', ended_day = $2::date, ended_at = $3, ended_by = $4,
           revision = revision + 1
         WHERE rule_id = $1 AND state IN ('open', 'acknowledged', 'snoozed') RETURNING account_id, id)
       INSERT INTO steward.alert_event (account_id, id, alert_id, kind, at, day, by_user_id, details, told_at)
       SELECT account_id, gen_random_uuid(), id, 'cleared', $3, $2::date, $4, '{"why": "ruleDeleted"}'::jsonb, $3
       FROM ended ORDER BY account_id, id RETURNING account_id AS "accountId"`,
      [id, by.day, by.at, by.userId],
    );
    return ended.map(({ accountId }) => accountId);
  }
}
