import { open, type Tx } from '../../db/unit-of-work.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import type { Delivery } from './arrival.js';

/** Silence about an account means none of these once they are connected; of the others it means not known. */
const COVERS_ALL: ReadonlySet<FactRow['kind']> = new Set([
  'account',
  'contact',
  'subscription',
  'invoice',
  'ticket',
  'survey',
  'touchpoint',
  'deal',
  'pulse',
]);

export interface SourceSeen {
  key: string;
  kind: FactRow['kind'];
  feed: string;
  firstFactDay: string | null;
}

const KNOW = `
  WITH i AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[]) AS r(key, kind, label, covers, day))
  INSERT INTO steward.source AS t (key, fact_kind, label, covers, first_fact_day, created_at)
  SELECT i.key, i.kind, i.label, i.covers, i.day, $6 FROM i
  LEFT JOIN steward.source s ON s.key = i.key
  WHERE s.key IS NULL OR i.day < COALESCE(s.first_fact_day, 'infinity')
  ORDER BY i.key
  ON CONFLICT (key) DO UPDATE SET first_fact_day = LEAST(t.first_fact_day, EXCLUDED.first_fact_day)`;

/**
 * Makes sure that the sources are known and reach back far enough. Writes only when something is new, so that batches
 * of one source do not wait for each other.
 */
export async function knowSources(tx: Tx, sources: readonly SourceSeen[], at: Date): Promise<void> {
  const sorted = [...sources].sort((a, b) => (a.key < b.key ? -1 : 1));
  await open(tx).prepared(KNOW, [
    sorted.map(({ key }) => key),
    sorted.map(({ kind }) => kind),
    sorted.map(({ feed, kind }) => `${feed}: ${kind}`),
    sorted.map(({ kind }) => (COVERS_ALL.has(kind) ? 'all' : 'seen')),
    sorted.map(({ firstFactDay }) => firstFactDay),
    at,
  ]);
}

/**
 * Its commit does not wait for the disk: the facts are safe already, and whoever crashes between their commit and this
 * one loses the count of those rows anyway.
 */
const COUNT_DELIVERIES = `
  WITH i AS MATERIALIZED (
    SELECT * FROM unnest($1::text[], $2::date[], $3::bigint[], $4::timestamptz[]) AS r(key, day, rows, at)),
  counted AS (
    INSERT INTO steward.source_delivery AS t (source_key, day, rows)
    SELECT key, day, rows FROM i ORDER BY 1, 2
    ON CONFLICT (source_key, day) DO UPDATE SET rows = t.rows + EXCLUDED.rows),
  received AS (
    UPDATE steward.source s SET last_received_at = GREATEST(s.last_received_at, n.at)
    FROM (SELECT key, max(at) AS at FROM i GROUP BY key ORDER BY key) n WHERE s.key = n.key)
  SELECT set_config('synchronous_commit', 'off', true)`;

/** Counts what sources delivered, in a transaction of its own after the facts' commit. */
export async function recordDeliveries(tx: Tx, deliveries: readonly Delivery[]): Promise<void> {
  const sums = new Map<string, { key: string; day: string; rows: number; at: Date }>();
  for (const { sourceKey, kind, day, rows, receivedAt } of deliveries) {
    const key = `${sourceKey}/${kind}`;
    const known = sums.get(`${key}|${day}`);
    if (!known) sums.set(`${key}|${day}`, { key, day, rows, at: receivedAt });
    else {
      known.rows += rows;
      if (receivedAt > known.at) known.at = receivedAt;
    }
  }
  if (sums.size === 0) return;
  const rows = [...sums.values()].sort((a, b) => (a.key + a.day < b.key + b.day ? -1 : 1));
  await open(tx).prepared(COUNT_DELIVERIES, [
    rows.map(({ key }) => key),
    rows.map(({ day }) => day),
    rows.map((row) => row.rows),
    rows.map(({ at }) => at),
  ]);
}
