import { open, type Tx } from '../../db/unit-of-work.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { normalisedExternalId, quarantineIdOf } from './account-ids.js';
import { type Arrival, instantOf, type Rejection } from './arrival.js';

const WAIT = `
  WITH i AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::uuid[], $8::bigint[],
      $9::timestamptz[], $10::date[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[])
      AS r(account_id, id, account_external_id, fact_kind, fact, source_key, import_id, line, observed_at, as_of_day, received_at,
        tried_at, problem_code, problem))
  INSERT INTO steward.quarantined_fact AS t (account_id, id, account_external_id, fact_kind, fact, source_key, import_id, line,
    observed_at, as_of_day, received_at, tried_at, problem_code, problem)
  SELECT * FROM i ORDER BY account_id, id
  ON CONFLICT (account_id, id) DO NOTHING`;

/** What makes two waiting facts the same: account, kind and content. A fact that names no time keeps its first one. */
export function waitingFactId(arrival: Arrival): string {
  return quarantineIdOf(`${arrival.row.kind}|${JSON.stringify(arrival.row)}`);
}

export interface Waiting {
  arrival: Arrival;
  waitingId: string;
  id: string;
  /** Why a fact whose account is known cannot be taken; null: it only waits for its account. */
  refusal: Rejection | null;
}

/** Lets facts wait for their account, or for a change of the account that refuses them. */
export async function quarantine(tx: Tx, waiting: readonly Waiting[], at: Date): Promise<void> {
  if (waiting.length === 0) return;
  const distinct = [...new Map(waiting.map((one) => [`${one.waitingId}|${one.id}`, one])).values()];
  await open(tx).query(WAIT, [
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
    distinct.map(({ refusal }) => (refusal === null ? null : at)),
    distinct.map(({ refusal }) => refusal?.code ?? null),
    distinct.map(({ refusal }) => refusal?.message ?? null),
  ]);
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

const TAKEN = `
  SELECT fact, source_key AS "sourceKey", import_id AS "importId", line, observed_at AS "observedAt",
    as_of_day AS "asOfDay", received_at AS "receivedAt"
  FROM taken ORDER BY account_id, id`;

const RELEASE = `
  WITH chosen AS (
    SELECT q.account_id, q.id FROM steward.quarantined_fact q WHERE q.account_id = ANY($1::uuid[])
    ORDER BY q.account_id, q.id LIMIT $2),
  taken AS (
    DELETE FROM steward.quarantined_fact q USING chosen c WHERE q.account_id = c.account_id AND q.id = c.id RETURNING q.*)
  ${TAKEN}`;

/** Takes facts that wait under these ids out of quarantine, to be stored in the same transaction. */
export async function release(tx: Tx, waitingIds: readonly string[], atMost: number): Promise<Arrival[]> {
  if (waitingIds.length === 0) return [];
  return (await open(tx).query<Released>(RELEASE, [[...waitingIds].sort(), atMost])).map(asArrival);
}

/** A waiting fact by its key. */
export interface WaitingKey {
  accountId: string;
  id: string;
}

const RELEASE_THESE = `
  WITH taken AS (
    DELETE FROM steward.quarantined_fact q USING unnest($1::uuid[], $2::uuid[]) AS c(account_id, id)
    WHERE q.account_id = c.account_id AND q.id = c.id RETURNING q.*)
  ${TAKEN}`;

/** The same for single facts. */
export async function releaseThese(tx: Tx, keys: readonly WaitingKey[]): Promise<Arrival[]> {
  return (await open(tx).query<Released>(RELEASE_THESE, columnsOf(keys))).map(asArrival);
}

function columnsOf(keys: readonly WaitingKey[]): unknown[] {
  return [keys.map(({ accountId }) => accountId), keys.map(({ id }) => id)];
}

function asArrival({ fact, ...rest }: Released): Arrival {
  return {
    ...rest,
    index: -1,
    row: fact,
    instant: instantOf(fact),
    byPerson: false,
    mayCreate: false,
    actor: { kind: 'system', id: null, name: 'quarantine' },
  };
}

/** Whether a fact is to be tried: never yet, or its account has changed since, or all are to be tried. */
const DUE = (changed: string) => `(q.account_id, q.id) > ($1::uuid, $2::uuid)
  AND (q.tried_at IS NULL OR q.tried_at < $3 AND ($4 OR ${changed}))`;

const DUE_FACTS = `
  SELECT q.account_id AS "accountId", q.id FROM steward.quarantined_fact q
    JOIN steward.account a ON a.id = q.account_id WHERE ${DUE('a.updated_at > q.tried_at')}
  UNION
  SELECT q.account_id, q.id FROM steward.quarantined_fact q
    JOIN steward.account_key k ON k.key = q.account_external_id JOIN steward.account a ON a.id = k.account_id
  WHERE ${DUE('a.updated_at > q.tried_at')}
  UNION
  SELECT q.account_id, q.id FROM steward.quarantined_fact q
    JOIN steward.subscription s ON s.id = q.account_external_id JOIN steward.account a ON a.id = s.account_id
  WHERE q.fact->'account'->>'via' = 'subscription' AND ${DUE('greatest(a.updated_at, s.received_at) > q.tried_at')}
  ORDER BY 1, 2 LIMIT $5`;

/**
 * Facts that wait although their account is known, in the order of their key after `after`: those that just missed its
 * creation, and those that were refused before their account last changed; with `all` every refused one.
 */
export async function dueFacts(
  tx: Tx,
  { after, at, all, atMost }: { after: WaitingKey; at: Date; all: boolean; atMost: number },
): Promise<WaitingKey[]> {
  return open(tx).query<WaitingKey>(DUE_FACTS, [after.accountId, after.id, at, all, atMost]);
}

/** Keeps a fact waiting whose storing failed. */
export async function refuseWaiting(tx: Tx, key: WaitingKey, { code, message }: Rejection, at: Date): Promise<void> {
  await open(tx).query(
    `UPDATE steward.quarantined_fact SET tried_at = $3, problem_code = $4, problem = $5 WHERE account_id = $1 AND id = $2`,
    [key.accountId, key.id, at, code, message],
  );
}

export interface QuarantineGroup {
  accountExternalId: string;
  via: 'externalId' | 'subscription';
  factKind: string;
  facts: number;
  oldest: Date;
  newest: Date;
  /** Of the facts, those that their account refuses, and why: one reason of possibly several. */
  refused: number;
  problem: string | null;
}

export async function quarantineGroups(tx: Tx, page: { limit: number; offset: number }): Promise<QuarantineGroup[]> {
  return open(tx).query<QuarantineGroup>(
    `SELECT account_external_id AS "accountExternalId", fact->'account'->>'via' AS via, fact_kind AS "factKind",
       count(*) AS facts, min(received_at) AS oldest, max(received_at) AS newest,
       count(tried_at) AS refused, max(problem) AS problem
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
