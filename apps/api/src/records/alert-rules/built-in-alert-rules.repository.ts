import { Injectable } from '@nestjs/common';
import { v5 as uuidOf } from 'uuid';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { BuiltInAlertRule } from '../../domain/alerts/built-in.js';

const BUILT_IN = '7c0f6c1e-3b5a-5c0d-8a44-0a0d6d1c9b17';

@Injectable()
export class BuiltInAlertRulesRepository {
  /** Adds those that are not there yet; what somebody has changed stays as it is. */
  async addMissing(tx: Tx, rules: readonly BuiltInAlertRule[], at: Date): Promise<void> {
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.alertRules}, 0)`);
    const known = new Set((await query<{ key: string }>('SELECT key FROM steward.alert_rule')).map(({ key }) => key));
    for (const rule of rules.filter(({ key }) => !known.has(key))) {
      const { key, name, kind, reason, severity, tiers, ownerRole, coolDownDays, skipInQuietPeriods } = rule;
      const { clearRule, tierSeverity, playbookKey } = rule;
      const definition = {
        name,
        kind,
        reason,
        rule: rule.rule,
        clearRule,
        severity,
        tierSeverity,
        tiers,
        ownerRole,
        coolDownDays,
        skipInQuietPeriods,
        playbookKey,
        channels: ['inApp', 'email', 'webhook'],
        enabled: true,
      };
      await query(
        `WITH added AS (
           INSERT INTO steward.alert_rule (id, key, name, kind, reason, rule, clear_rule, severity, tier_severity, tiers,
             owner_role, cool_down_days, skip_in_quiet_periods, playbook_key, channels, enabled, rule_version, revision, created_at,
             updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, true,
             nextval('steward.alert_rule_number')::int, 1, $16, $16)
           RETURNING id, rule_version)
         INSERT INTO steward.alert_rule_version (rule_id, version, definition, published_at)
         SELECT id, rule_version, $17, $16 FROM added`,
        [
          uuidOf(key, BUILT_IN),
          key,
          name,
          kind,
          reason,
          JSON.stringify(rule.rule),
          clearRule === null ? null : JSON.stringify(clearRule),
          severity,
          JSON.stringify(tierSeverity),
          tiers,
          ownerRole,
          coolDownDays,
          skipInQuietPeriods,
          playbookKey,
          definition.channels,
          at,
          JSON.stringify(definition),
        ],
      );
    }
  }
}
