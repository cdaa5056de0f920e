import { open, type Tx } from '../../db/unit-of-work.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { normalisedExternalId, quarantineIdOf } from './account-ids.js';
import type { Arrival } from './arrival.js';

const WAIT = `
  WITH i AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::uuid[], $8::bigint[],
      $9::timestamptz[], $10::date[], $11::timestamptz[])
      AS r(account_id, id, account_external_id, fact_kind, fact, source_key, import_id, line, observed_at, as_of_day, received_at))
  INSERT INTO steward.quarantined_fact AS t (account_id, id, account_external_id, fact_kind, fact, source_key, import_id, line,
    observed_at, as_of_day, received_at)
  SELECT * FROM i ORDER BY account_id, id
  ON CONFLICT (account_id, id) DO NOTHING RETURNING t.id`;

/** What makes two waiting facts the same: account, kind and content. A fact that names no time keeps its first one. */
export function waitingFactId(arrival: Arrival): string {
  return quarantineIdOf(`${arrival.row.kind}|${JSON.stringify(arrival.row)}`);
}

export interface Waiting {
  arrival: Arrival;
  waitingId: string;
  id: string;
}

/** Lets facts wait for their account; answers the ids of those that did not wait already. */
export async function quarantine(tx: Tx, waiting: readonly Waiting[]): Promise<Set<string>> {
  if (waiting.length === 0) return new Set();
  const distinct = [...new Map(waiting.map((one) => [`${one.waitingId}|${one.id}`, one])).values()];
  const rows = await open(tx).query<{ id: string }>(WAIT, [
    distinct.map(({ waitingId }) => waitingId),
    distinct.map(({ id }) => id),
    distinct.map(({ arrival }) => normalisedExternalId(arrival.row.account.id)),
    distinct.map(({ arrival }) => arrival.row.kind),
    distinct.map(({ arrival }) => JSON.stringify(arrival.row)),
    distinct.map(({ arrival }) => arrival.sourceKey),
    distinct.map(({ arrival }) => arrival.importId),
    distinct.map(({ arrival }) => arrival.line),
    distinct.map(({ arrival }) => arrival.observedAt),
    distinct.map(({ arrival }) => arrival.asOfDay),
    distinct.map(({ arrival }) => arrival.receivedAt),
  ]);
  return new Set(rows.map(({ id }) => id));
}

interface Released {
  fact: FactRow;
  sourceKey: string;
  importId: string | null;
  line: number | null;
  observedAt: Date;
  asOfDay: string | null;
  receivedAt: Date;
}

const RELEASE = `
  WITH chosen AS (
    SELECT q.account_id, q.id FROM steward.quarantined_fact q WHERE q.account_id = ANY($1::uuid[])
    ORDER BY q.account_id, q.id LIMIT $2),
  taken AS (
    DELETE FROM steward.quarantined_fact q USING chosen c WHERE q.account_id = c.account_id AND q.id = c.id RETURNING q.*)
  SELECT fact, source_key AS "sourceKey", import_id AS "importId", line, observed_at AS "observedAt",
    as_of_day AS "asOfDay", received_at AS "receivedAt"
  FROM taken ORDER BY account_id, id`;

/** Takes facts that wait under these ids out of quarantine, to be stored in the same transaction. */
export async function release(tx: Tx, waitingIds: readonly string[], atMost: number): Promise<Arrival[]> {
  if (waitingIds.length === 0) return [];
  const rows = await open(tx).query<Released>(RELEASE, [[...waitingIds].sort(), atMost]);
  return rows.map(({ fact, ...rest }) => ({
    ...rest,
    index: -1,
    row: fact,
    byPerson: false,
    mayCreate: false,
    actor: { kind: 'system', id: null, name: 'quarantine' },
  }));
}

/** Ids under which facts wait although their account is known: those that just missed its creation. */
export async function waitingForKnownAccounts(tx: Tx, atMost: number): Promise<string[]> {
  const rows = await open(tx).query<{ accountId: string }>(
    `SELECT DISTINCT q.account_id AS "accountId" FROM steward.quarantined_fact q
     WHERE EXISTS (SELECT 1 FROM steward.account a WHERE a.id = q.account_id)
       OR EXISTS (SELECT 1 FROM steward.account_key k WHERE k.key = q.account_external_id AND k.account_id IS NOT NULL)
       OR q.fact->'account'->>'via' = 'subscription'
         AND EXISTS (SELECT 1 FROM steward.subscription s WHERE s.id = q.account_external_id)
     LIMIT $1`,
    [atMost],
  );
  return rows.map(({ accountId }) => accountId);
}

export interface QuarantineGroup {
  accountExternalId: string;
  via: 'externalId' | 'subscription';
  factKind: string;
  facts: number;
  oldest: Date;
  newest: Date;
}

export async function quarantineGroups(tx: Tx, page: { limit: number; offset: number }): Promise<QuarantineGroup[]> {
  return open(tx).query<QuarantineGroup>(
    `SELECT account_external_id AS "accountExternalId", fact->'account'->>'via' AS via, fact_kind AS "factKind",
       count(*) AS facts, min(received_at) AS oldest, max(received_at) AS newest
     FROM steward.quarantined_fact GROUP BY 1, 2, 3 ORDER BY facts DESC, 1, 2, 3 LIMIT $1 OFFSET $2`,
    [page.limit, page.offset],
  );
}

export async function discard(tx: Tx, accountExternalId: string, factKind: string | null): Promise<number> {
  const rows = await open(tx).query<{ facts: number }>(
    `WITH gone AS (DELETE FROM steward.quarantined_fact
       WHERE account_external_id = $1 AND ($2::text IS NULL OR fact_kind = $2) RETURNING id)
     SELECT count(*) AS facts FROM gone`,
    [normalisedExternalId(accountExternalId), factKind],
  );
  return rows[0]?.facts ?? 0;
}
