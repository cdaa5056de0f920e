import { Injectable } from '@nestjs/common';
import type { SignalEntry } from '@steward/shared/model';
import type { OwnSignal } from '@steward/shared/signals';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';

const ENTRY = `jsonb_build_object('builtIn', built_in, 'retired', retired_at IS NOT NULL, 'revision', revision) || body AS entry`;

@Injectable()
export class SignalsRepository {
  async list(tx: Tx): Promise<SignalEntry[]> {
    const rows = await open(tx).query<{ entry: SignalEntry }>(
      `SELECT ${ENTRY} FROM steward.signal_definition ORDER BY number`,
    );
    return rows.map(({ entry }) => entry);
  }

  async find(tx: Tx, key: string): Promise<SignalEntry | null> {
    const [row] = await open(tx).query<{ entry: SignalEntry }>(
      `SELECT ${ENTRY} FROM steward.signal_definition WHERE key = $1`,
      [key],
    );
    return row?.entry ?? null;
  }

  /**
   * The highest number ever given, retired signals included. Signals are added one after the other, so that no number is
   * given twice: held until the transaction ends.
   */
  async highestNumber(tx: Tx): Promise<number> {
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.signals}, 0)`);
    const [row] = await query<{ highest: number | null }>(
      'SELECT max(number) AS highest FROM steward.signal_definition',
    );
    return row?.highest ?? 0;
  }

  async add(tx: Tx, signal: OwnSignal, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.signal_definition (key, number, built_in, body, revision, created_at, updated_at)
       VALUES ($1, $2, false, $3::jsonb, 1, $4, $4)`,
      [signal.key, signal.number, JSON.stringify(signal), at],
    );
  }

  /** False: someone else changed it since. */
  async save(tx: Tx, signal: OwnSignal, revision: number, retired: boolean, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `WITH saved AS (
         UPDATE steward.signal_definition SET body = $2::jsonb, revision = revision + 1, updated_at = $5,
           retired_at = CASE WHEN $4::boolean THEN coalesce(retired_at, $5) END
         WHERE key = $1 AND revision = $3 AND NOT built_in RETURNING key)
       SELECT key FROM saved`,
      [signal.key, JSON.stringify(signal), revision, retired, at],
    );
    return rows.length > 0;
  }

  /** Where drafts, published versions, segments, rules of alerts and playbooks name a signal. A private segment keeps its name. */
  async uses(tx: Tx, key: string): Promise<string[]> {
    const rows = await open(tx).query<{ used: string }>(
      `SELECT DISTINCT used FROM (
         SELECT 'tiers' AS used, body FROM steward.tier_set_version WHERE state = 'published'
         UNION ALL SELECT 'stages', body FROM steward.stage_set_version WHERE state = 'published'
         UNION ALL SELECT p.name, v.body FROM steward.health_profile_version v
           JOIN steward.health_profile p ON p.id = v.profile_id WHERE v.state = 'published'
         UNION ALL SELECT 'the draft of ' || coalesce(p.name, d.part), d.body FROM steward.model_draft d
           LEFT JOIN steward.health_profile p ON p.id::text = d.subject WHERE d.body IS NOT NULL
         UNION ALL SELECT CASE visibility WHEN 'shared' THEN 'segment ' || name ELSE 'a private segment' END,
           jsonb_build_array(rule, columns, sort) FROM steward.segment
         UNION ALL SELECT 'alert rule ' || name, jsonb_build_array(rule, clear_rule,
             regexp_split_to_array(reason, '\\s*[{}]+\\s*')) FROM steward.alert_rule
         UNION ALL SELECT 'playbook ' || name, jsonb_build_array(definition->'target',
             jsonb_path_query_array(definition, '$.tasks[*].completesWhen'))
           FROM steward.playbook WHERE deleted_at IS NULL) bodies
       WHERE jsonb_path_exists(body, '$.** ? (@ == $key)', jsonb_build_object('key', $1::text)) ORDER BY used`,
      [key],
    );
    return rows.map(({ used }) => used);
  }

  /** Names that a computation reads and the workspace has. */
  async known(tx: Tx): Promise<{ metrics: string[]; attributes: string[] }> {
    const [row] = await open(tx).query<{ metrics: string[]; attributes: string[] }>(
      `SELECT ARRAY(SELECT key FROM steward.metric_definition) AS metrics,
         ARRAY(SELECT key FROM steward.custom_attribute WHERE entity = 'account') AS attributes`,
    );
    return row ?? { metrics: [], attributes: [] };
  }
}
