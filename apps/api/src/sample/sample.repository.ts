import { Injectable } from '@nestjs/common';
import { open, type Tx } from '../db/unit-of-work.js';

/** Account-owned tables without a foreign key to the account: cleared by name. The rest goes with the account. */
const WITHOUT_FOREIGN_KEY = [
  'event',
  'usage_contact_month',
  'usage_feature_month',
  'usage_event_month',
  'message_arrival',
  'account_snapshot',
  'account_rebuild',
  'dirty_account',
  'stale_account',
  'quarantined_fact',
];

@Injectable()
export class SampleRepository {
  async hasAccounts(tx: Tx): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.account LIMIT 1`);
    return rows.length > 0;
  }

  /** One process at a time loads or clears the sample. */
  async lock(tx: Tx): Promise<boolean> {
    const [row] = await open(tx).query<{ locked: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('steward sample')) AS locked`,
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

  /** Deletes the accounts with these external ids and all that belongs to them. Answers how many there were. */
  async deleteAccounts(tx: Tx, externalIds: readonly string[]): Promise<number> {
    const { query } = open(tx);
    const found = await query<{ id: string }>(
      `SELECT id FROM steward.account WHERE external_id = ANY($1::text[]) ORDER BY id`,
      [externalIds],
    );
    const ids = found.map(({ id }) => id);
    for (const table of WITHOUT_FOREIGN_KEY) {
      await query(`DELETE FROM steward.${table} WHERE account_id = ANY($1::uuid[])`, [ids]);
    }
    await query(`DELETE FROM steward.account WHERE id = ANY($1::uuid[])`, [ids]);
    return ids.length;
  }

  async forgetSample(tx: Tx): Promise<void> {
    const { query } = open(tx);
    await query(`DELETE FROM steward.source_delivery WHERE source_key LIKE 'sample/%'`);
    await query(`DELETE FROM steward.source WHERE key LIKE 'sample/%'`);
    await query(`UPDATE steward.workspace SET sample_loaded_at = NULL WHERE id = 1`);
  }
}
