import { Injectable } from '@nestjs/common';
import type { AlertKind, AlertSeverity } from '@steward/shared/alerts';
import type { Rule } from '@steward/shared/rules';
import { storedRule } from '../../db/rules/stored-rule.js';
import { open, type Tx } from '../../db/unit-of-work.js';

/** An alert rule as the pipeline needs it. */
export interface AlertRule {
  id: string;
  version: number;
  kind: AlertKind;
  reason: string;
  /** Null: it, or its clear rule, says what this version of the product cannot read. */
  rule: Rule | null;
  clearRule: Rule | null;
  severity: AlertSeverity;
  tierSeverity: Partial<Record<string, AlertSeverity>>;
  tiers: string[] | null;
  coolDownDays: number;
  skipInQuietPeriods: boolean;
  enabled: boolean;
  /** It could not be asked when it was last to be, because it names what was not there. */
  unsound: boolean;
}

type Stored = Omit<AlertRule, 'rule' | 'clearRule'> & { rule: string; clearRule: string | null };

/** The alert rules, for what evaluates them. */
@Injectable()
export class AlertRulesReader {
  private last: { rows: string; rules: readonly AlertRule[] } | null = null;

  /** The same object as long as no rule has changed, so that what is made of them need not be made again. */
  async rules(tx: Tx): Promise<readonly AlertRule[]> {
    const rows = await open(tx).prepared<Stored>(
      `SELECT id, rule_version AS version, kind, reason, rule::text AS rule, clear_rule::text AS "clearRule", severity,
         tier_severity AS "tierSeverity", tiers, cool_down_days AS "coolDownDays",
         skip_in_quiet_periods AS "skipInQuietPeriods", enabled, unsound
       FROM steward.alert_rule ORDER BY id`,
    );
    const text = JSON.stringify(rows);
    if (this.last?.rows !== text) this.last = { rows: text, rules: this.read(rows) };
    return this.last.rules;
  }

  private read(rows: readonly Stored[]): AlertRule[] {
    return rows.map((row) => {
      const clearRule = row.clearRule === null ? null : storedRule(row.clearRule);
      const isReadable = row.clearRule === null || clearRule !== null;
      return { ...row, rule: isReadable ? storedRule(row.rule) : null, clearRule };
    });
  }
}
