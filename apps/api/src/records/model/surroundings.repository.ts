import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { SegmentOf } from '@steward/shared/segments';
import { open, type Tx } from '../../db/unit-of-work.js';

/** Who names a tier or stage. */
export interface UseOfKey {
  key: string;
  by: 'model' | 'others' | 'accounts';
  /** “the stages”, “segment Renewals”, “3 accounts by hand”. */
  text: string;
}

/** What stands around the model and is named by it, or names it. */
@Injectable()
export class SurroundingsRepository {
  segments(tx: Tx): Promise<{ id: string; name: string; of: SegmentOf }[]> {
    return open(tx).query(
      `SELECT id, name, of FROM steward.segment WHERE visibility = 'shared' ORDER BY lower(name), id`,
    );
  }

  async retiredSignals(tx: Tx): Promise<Set<string>> {
    const rows = await open(tx).query<{ key: string }>(
      'SELECT key FROM steward.signal_definition WHERE retired_at IS NOT NULL',
    );
    return new Set(rows.map(({ key }) => key));
  }

  /** Who names these tiers or stages; of what is private only that it does. Drafts say for themselves what they miss. */
  usesOf(tx: Tx, what: 'tier' | 'stage', keys: readonly string[], today: IsoDay): Promise<UseOfKey[]> {
    const fields = what === 'tier' ? `(@.field == "tier" || @.field == "tier.raw")` : `@.field == "stage"`;
    const names = `(@.value == $key || @.value[*] == $key || @.to[*] == $key || @.from[*] == $key)`;
    const namesKey = `jsonb_path_exists(body, '$.** ? (${fields} && ${names})', jsonb_build_object('key', k.key))`;
    const ofModel =
      what === 'tier'
        ? `SELECT 'the stages' AS text, body FROM steward.stage_set_version WHERE state = 'published' UNION ALL`
        : '';
    const byHand =
      what === 'tier'
        ? `SELECT tier AS key, count(DISTINCT account_id) AS accounts FROM steward.tier_override
           WHERE until_day IS NULL OR until_day >= $2::date GROUP BY tier`
        : `SELECT stage AS key, count(DISTINCT account_id) AS accounts FROM steward.stage_lock
           WHERE (until_day IS NULL OR until_day >= $2::date) AND overridden_on IS NULL GROUP BY stage`;
    const inAlertRules =
      what === 'tier'
        ? `UNION SELECT k.key, 'others', 'alert rule ' || r.name FROM keys k JOIN steward.alert_rule r
             ON k.key = ANY(r.tiers) OR r.tier_severity ? k.key`
        : '';
    return open(tx).query(
      `WITH keys AS (SELECT unnest($1::text[]) AS key),
       model AS (${ofModel} SELECT 'the health profile ' || p.name AS text, v.body FROM steward.health_profile p
         JOIN steward.health_profile_version v ON v.profile_id = p.id AND v.state = 'published'
         WHERE p.deleted_at IS NULL),
       others AS (SELECT CASE visibility WHEN 'shared' THEN 'segment ' || name ELSE 'a private segment' END AS text,
           rule AS body FROM steward.segment
         UNION ALL SELECT 'alert rule ' || name, jsonb_build_array(rule, clear_rule) FROM steward.alert_rule
         UNION ALL SELECT 'playbook ' || name, definition FROM steward.playbook WHERE deleted_at IS NULL
         UNION ALL SELECT CASE visibility WHEN 'shared' THEN 'view ' || name ELSE 'a private view' END, rule
           FROM steward.saved_view WHERE rule IS NOT NULL AND deleted_at IS NULL)
       SELECT k.key, 'model' AS by, text FROM keys k JOIN model ON ${namesKey}
       UNION SELECT k.key, 'others', text FROM keys k JOIN others ON ${namesKey}
       ${inAlertRules}
       UNION SELECT h.key, 'accounts', accounts || CASE accounts WHEN 1 THEN ' account' ELSE ' accounts' END || ' by hand'
         FROM (${byHand}) AS h JOIN keys k ON k.key = h.key
       ORDER BY key, by, text`,
      [[...keys], today],
    );
  }
}
