import { Injectable } from '@nestjs/common';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';

/** Fields that the model computes; segments may rest on them, and on one another. */
const OF_THE_MODEL = `@.field starts with "health." || @.field starts with "tier" || @.field starts with "stage" ||
  @.field == "relationship.touch_lag" || @.kind == "member"`;

/** Segments and alert rules begin quietly after the model has changed: another model is no news of an account. */
@Injectable()
export class QuietStartsRepository {
  /**
   * Segments that read what the model computes are held against their accounts anew: whom they find then are members as
   * those of a new rule are. Nobody is told of them, and no playbook starts. Who was a member stays one since then.
   *
   * Alert rules that read what the model computes go on under a new version that says the same. What they find first is
   * true at start, and fires nothing. Alerts that are live go on.
   */
  async begin(tx: Tx, byUserId: string, at: Date): Promise<void> {
    const { query } = open(tx);
    await query(
      `UPDATE steward.segment SET rule_version = nextval('steward.segment_rule_version')::int
       WHERE jsonb_path_exists(rule, '$.** ? (${OF_THE_MODEL})')`,
    );
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.alertRules}, 0)`);
    await query(
      `WITH anew AS (
         UPDATE steward.alert_rule SET rule_version = nextval('steward.alert_rule_number')::int
         WHERE tiers IS NOT NULL
           OR jsonb_path_exists(jsonb_build_array(rule, clear_rule), '$.** ? (${OF_THE_MODEL})')
         RETURNING id, rule_version)
       INSERT INTO steward.alert_rule_version (rule_id, version, definition, published_at, by_user_id)
       SELECT DISTINCT ON (v.rule_id) v.rule_id, anew.rule_version, v.definition, $1::timestamptz, $2::uuid
       FROM anew JOIN steward.alert_rule_version v ON v.rule_id = anew.id ORDER BY v.rule_id, v.version DESC`,
      [at, byUserId],
    );
  }
}
