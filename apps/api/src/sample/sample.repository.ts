import { Injectable } from '@nestjs/common';
import { LOCKS } from '../db/advisory-locks.js';
import { forgetFacts } from '../db/fact-memory.js';
import { open, type Tx } from '../db/unit-of-work.js';
import { Clock } from '../platform/clock.js';

/** Account-owned tables without a foreign key to the account: cleared by name. The rest goes with the account. */
export const WITHOUT_FOREIGN_KEY = [
  'event',
  'usage_contact_month',
  'usage_feature_month',
  'usage_event_month',
  'message_arrival',
  'account_snapshot',
  'account_rebuild',
  'kept_facts',
  'dirty_account',
  'stale_account',
  'quarantined_fact',
];

const FROM_SAMPLE = `f.source LIKE 'sample/%'`;

/** Accounts with a field that the sample told. */
const BROUGHT = `SELECT DISTINCT f.account_id FROM steward.account_field f WHERE ${FROM_SAMPLE}`;

/**
 * True for an account that the sample brought and nothing else did: a customer of one's own may bear the same id, and
 * what people changed by hand does not make it one.
 */
const isOfSample = (id: string): string =>
  `(EXISTS (SELECT 1 FROM steward.account_field f WHERE f.account_id = ${id} AND ${FROM_SAMPLE})
    AND NOT EXISTS (SELECT 1 FROM steward.account_field f
      WHERE f.account_id = ${id} AND NOT ${FROM_SAMPLE} AND f.source NOT LIKE 'person:%'))`;

/** Playbooks that no person has published a version of. */
const UNTOUCHED = `NOT EXISTS (
  SELECT 1 FROM steward.playbook_version v WHERE v.playbook_id = p.id AND v.by_user_id IS NOT NULL)`;

@Injectable()
export class SampleRepository {
  constructor(private readonly clock: Clock) {}

  async hasAccounts(tx: Tx): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.account LIMIT 1`);
    return rows.length > 0;
  }

  /** Whether there is an account that the sample did not bring, or not alone. */
  async hasOwnAccounts(tx: Tx): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.account a WHERE NOT ${isOfSample('a.id')} LIMIT 1`);
    return rows.length > 0;
  }

  /** False also where a load broke off: it may be ordered again, and nothing counts twice. */
  async isLoaded(tx: Tx): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.workspace WHERE sample_loaded_at IS NOT NULL`);
    return rows.length > 0;
  }

  async countAccounts(tx: Tx): Promise<number> {
    const [row] = await open(tx).query<{ accounts: number }>(
      `SELECT count(*)::int AS accounts FROM (${BROUGHT}) brought WHERE ${isOfSample('brought.account_id')}`,
    );
    return row?.accounts ?? 0;
  }

  /** Of these addresses those of people who may sign in. */
  async signIns(tx: Tx, emails: readonly string[]): Promise<string[]> {
    const rows = await open(tx).query<{ email: string }>(
      `SELECT email FROM steward.app_user
       WHERE active AND password_hash IS NOT NULL AND email = ANY($1::text[]) ORDER BY email`,
      [emails],
    );
    return rows.map(({ email }) => email);
  }

  /** One process at a time loads or clears the sample. */
  async lock(tx: Tx): Promise<boolean> {
    const [row] = await open(tx).query<{ locked: boolean }>(
      `SELECT pg_try_advisory_xact_lock(${LOCKS.sample}, 0) AS locked`,
    );
    return row?.locked ?? false;
  }

  /** Names a background event before its first message arrives, so that none ever counts as activity. */
  async markBackgroundEvent(tx: Tx, name: string, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.event_name (name, background, created_at) VALUES ($1, true, $2) ON CONFLICT (name) DO NOTHING`,
      [name, at],
    );
  }

  /** The accounts that the sample brought, and which of them nothing else has brought as well. In key order. */
  async accounts(tx: Tx): Promise<{ id: string; ofSample: boolean }[]> {
    return open(tx).query(
      `SELECT account_id AS id, ${isOfSample('brought.account_id')} AS "ofSample" FROM (${BROUGHT}) brought ORDER BY 1`,
    );
  }

  /** Deletes the accounts and all that belongs to them. */
  async deleteAccounts(tx: Tx, ids: readonly string[]): Promise<void> {
    const { query } = open(tx);
    for (const table of WITHOUT_FOREIGN_KEY) {
      await query(`DELETE FROM steward.${table} WHERE account_id = ANY($1::uuid[])`, [ids]);
    }
    await query(`DELETE FROM steward.account WHERE id = ANY($1::uuid[])`, [ids]);
    await forgetFacts(tx);
  }

  async forgetSample(tx: Tx): Promise<void> {
    const { query } = open(tx);
    await query(`DELETE FROM steward.source_delivery WHERE source_key LIKE 'sample/%'`);
    await query(`DELETE FROM steward.source WHERE key LIKE 'sample/%'`);
    // Without an account the workspace begins anew: neither sizes of segments nor days are known of before.
    const isEmpty = 'NOT EXISTS (SELECT 1 FROM steward.account)';
    await query(`DELETE FROM steward.segment_size WHERE ${isEmpty}`);
    await query(
      `DELETE FROM steward.day_close
       WHERE day < (SELECT max(day) FROM steward.day_close WHERE state = 'closed') AND ${isEmpty}`,
    );
    await query(`UPDATE steward.workspace SET sample_loaded_at = NULL WHERE id = 1`);
  }

  /**
   * By key of a ready-made playbook, the keys of the alert rules that start it; an empty list takes its triggers away.
   * What people have edited is left alone.
   */
  async setTriggers(tx: Tx, triggers: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.playbooks}, 0)`);
    for (const [key, ruleKeys] of Object.entries(triggers)) {
      await query(
        `WITH wanted AS (
           SELECT p.id, jsonb_set(p.definition, '{triggers,alertRuleIds}', coalesce((SELECT jsonb_agg(r.id ORDER BY r.key)
             FROM steward.alert_rule r WHERE r.key = ANY($2::text[])), '[]')) AS definition
           FROM steward.playbook p WHERE p.key = $1 AND p.deleted_at IS NULL AND ${UNTOUCHED}),
         published AS (
           UPDATE steward.playbook p SET definition = w.definition, version = p.version + 1, revision = p.revision + 1,
             updated_at = $3
           FROM wanted w WHERE p.id = w.id AND p.definition <> w.definition RETURNING p.id, p.version, p.definition)
         INSERT INTO steward.playbook_version (playbook_id, version, definition, published_at)
         SELECT id, version, definition, $3 FROM published`,
        [key, [...ruleKeys], this.clock.now()],
      );
    }
  }
}
