import { textArray } from '../../db/array-literals.js';
import { uuidArray } from '../../db/binary-arrays.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { AccountRef } from '../../domain/values/fact-rows.js';
import { ACCOUNT_COLUMNS } from './account-fields.js';
import { accountIdOf, normalisedExternalId, waitingIdOf } from './account-ids.js';
import type { BatchMemory } from './batch-memory.js';
import { assignments, newestValues, type TouchedField, touchedInput } from './field-versions.repository.js';

/** What a fact's account turned out to be. */
export type Resolved =
  | { kind: 'known'; accountId: string }
  /** Not known yet: facts wait under this id. */
  | { kind: 'unknown'; waitingId: string }
  | { kind: 'deleted' }
  /** A subscription id that several accounts have. */
  | { kind: 'ambiguous' };

/** Sub-queries that stay whole: the plan is kept, and one that was made for a small table must suit the grown one. */
const RESOLVE = `
  SELECT i.ord, a.id AS "accountId", k.key IS NOT NULL AND k.account_id IS NULL AS deleted
  FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS i(key, id, ord)
  LEFT JOIN LATERAL (SELECT key, account_id FROM steward.account_key WHERE key = i.key OFFSET 0) k ON true
  LEFT JOIN LATERAL (SELECT id FROM steward.account
    WHERE id = CASE WHEN k.key IS NULL THEN i.id ELSE k.account_id END OFFSET 0) a ON true
  WHERE a.id IS DISTINCT FROM i.id`;

const RESOLVE_SUBSCRIPTIONS = `
  SELECT s.id AS key, array_agg(DISTINCT s.account_id) AS accounts
  FROM steward.subscription s WHERE s.id = ANY($1::text[]) GROUP BY s.id`;

/** What became of the accounts that some facts name. */
export class ResolvedAccounts {
  private readonly direct = new Map<string, Resolved>();
  private readonly subscriptions = new Map<string, Resolved>();

  of(ref: AccountRef): Resolved {
    return this.kept(ref).get(ref.id)!;
  }

  has(ref: AccountRef): boolean {
    return this.kept(ref).has(ref.id);
  }

  set(ref: AccountRef, resolved: Resolved): void {
    this.kept(ref).set(ref.id, resolved);
  }

  private kept({ via }: AccountRef): Map<string, Resolved> {
    return via === 'externalId' ? this.direct : this.subscriptions;
  }
}

/** Finds the accounts that facts name, through keys that were renamed or merged. Those remembered are not looked up. */
export async function resolveAccounts(
  tx: Tx,
  refs: Iterable<AccountRef>,
  memory: BatchMemory | null = null,
): Promise<ResolvedAccounts> {
  const resolved = new ResolvedAccounts();
  const direct: AccountRef[] = [];
  const subscriptions: AccountRef[] = [];
  for (const ref of refs) {
    if (resolved.has(ref)) continue;
    if (ref.via === 'externalId') {
      // Nearly always so: the statement tells only where it is not.
      const accountId = accountIdOf(ref.id);
      resolved.set(ref, { kind: 'known', accountId });
      if (!memory?.remembered.accounts.has(accountId)) direct.push(ref);
    } else {
      resolved.set(ref, { kind: 'unknown', waitingId: waitingIdOf(ref) });
      subscriptions.push(ref);
    }
  }
  if (direct.length > 0) {
    const rows = await open(tx).prepared<{ ord: number; accountId: string | null; deleted: boolean }>(RESOLVE, [
      textArray(direct.map(({ id }) => normalisedExternalId(id))),
      uuidArray(direct.map(({ id }) => accountIdOf(id))),
    ]);
    for (const { ord, accountId, deleted } of rows) {
      const ref = direct[ord - 1]!;
      if (accountId !== null) resolved.set(ref, { kind: 'known', accountId });
      else resolved.set(ref, deleted ? { kind: 'deleted' } : { kind: 'unknown', waitingId: waitingIdOf(ref) });
    }
    const elsewhere = new Set(rows.map(({ ord }) => ord - 1));
    memory?.toRemember.accounts.push(...direct.filter((_, at) => !elsewhere.has(at)).map(({ id }) => accountIdOf(id)));
  }
  if (subscriptions.length > 0) {
    const rows = await open(tx).query<{ key: string; accounts: string[] }>(RESOLVE_SUBSCRIPTIONS, [
      subscriptions.map(({ id }) => normalisedExternalId(id)),
    ]);
    const accountsOf = new Map(rows.map(({ key, accounts }) => [key, accounts]));
    for (const ref of subscriptions) {
      const accounts = accountsOf.get(normalisedExternalId(ref.id));
      if (accounts === undefined) continue;
      const [only] = accounts;
      resolved.set(ref, accounts.length === 1 && only ? { kind: 'known', accountId: only } : { kind: 'ambiguous' });
    }
  }
  return resolved;
}

export interface AccountToHold {
  id: string;
  externalId: string;
  name: string;
  firstSeenOn: string;
}

const HOLD = `
  WITH i AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[]) AS r(id, external_id, name, first_seen_on)),
  known AS MATERIALIZED (SELECT a.id FROM i JOIN steward.account a ON a.id = i.id),
  held AS (
    INSERT INTO steward.account (id, external_id, name, status, tags, attributes, first_seen_on, revision, created_at, updated_at)
    SELECT id, external_id, name, 'customer', '{}', '{}', first_seen_on, 1, $5, $5 FROM i ORDER BY id
    ON CONFLICT (id) DO UPDATE SET first_seen_on = LEAST(account.first_seen_on, EXCLUDED.first_seen_on))
  SELECT i.id FROM i WHERE i.id NOT IN (SELECT id FROM known)`;

/** Creates the accounts that do not exist and holds all of them until the commit; answers those created. */
export async function holdAccounts(tx: Tx, accounts: readonly AccountToHold[], at: Date): Promise<Set<string>> {
  const rows = await open(tx).query<{ id: string }>(HOLD, [
    accounts.map(({ id }) => id),
    accounts.map(({ externalId }) => externalId),
    accounts.map(({ name }) => name),
    accounts.map(({ firstSeenOn }) => firstSeenOn),
    at,
  ]);
  return new Set(rows.map(({ id }) => id));
}

const APPLY = `${newestValues('account')}
  UPDATE steward.account t SET ${assignments(ACCOUNT_COLUMNS)},
    attributes = jsonb_strip_nulls(t.attributes || p.attributes), revision = t.revision + 1, updated_at = $2
  FROM p WHERE t.id = p.account_id`;

/** Copies the newest values of the touched fields from the history to the account. */
export async function applyNewestFields(tx: Tx, touched: readonly TouchedField[], at: Date): Promise<void> {
  if (touched.length > 0) await open(tx).query(APPLY, [touchedInput(touched), at]);
}

/**
 * Customer since: as delivered; else the earliest subscription start; else the first day seen with status customer,
 * unless that is how the account was first seen: then unknown. Trial since likewise. Churned on: as delivered, else
 * the day since which the status has been churned.
 */
const DERIVE = `
  WITH i AS (SELECT * FROM unnest($1::uuid[]) AS r(id)),
  status AS (
    SELECT i.id,
      (array_agg(f.value #>> '{}' ORDER BY f.from_day))[1] AS first,
      (array_agg(f.value #>> '{}' ORDER BY COALESCE(f.confirmed_on, f.from_day) DESC, f.from_day DESC))[1] AS newest,
      min(f.from_day) FILTER (WHERE f.value = '"customer"') AS customer,
      min(f.from_day) FILTER (WHERE f.value = '"trial"') AS trial,
      max(f.from_day) FILTER (WHERE f.value IS DISTINCT FROM '"churned"') AS not_churned
    FROM i JOIN steward.account_field f ON f.account_id = i.id AND f.field = 'status' GROUP BY i.id),
  churn AS (
    SELECT s.id, min(f.from_day) AS since FROM status s
    JOIN steward.account_field f ON f.account_id = s.id AND f.field = 'status' AND f.value = '"churned"'
      AND (s.not_churned IS NULL OR f.from_day > s.not_churned)
    GROUP BY s.id),
  delivered AS (
    SELECT i.id,
      (array_agg((f.value #>> '{}')::date ORDER BY COALESCE(f.confirmed_on, f.from_day) DESC, f.from_day DESC)
        FILTER (WHERE f.field = 'customerSince'))[1] AS customer_since,
      (array_agg((f.value #>> '{}')::date ORDER BY COALESCE(f.confirmed_on, f.from_day) DESC, f.from_day DESC)
        FILTER (WHERE f.field = 'churnedOn'))[1] AS churned_on
    FROM i JOIN steward.account_field f ON f.account_id = i.id AND f.field IN ('customerSince', 'churnedOn') GROUP BY i.id),
  subscribed AS (
    SELECT i.id, min(s.starts_on) AS starts_on
    FROM i JOIN steward.subscription s ON s.account_id = i.id GROUP BY i.id),
  derived AS (
    SELECT i.id,
      COALESCE(d.customer_since, s.starts_on, CASE WHEN t.first <> 'customer' THEN t.customer END) AS customer_since,
      CASE WHEN t.first <> 'trial' THEN t.trial END AS trial_since,
      CASE WHEN t.newest = 'churned' THEN COALESCE(d.churned_on, c.since) END AS churned_on
    FROM i LEFT JOIN status t ON t.id = i.id LEFT JOIN churn c ON c.id = i.id
      LEFT JOIN delivered d ON d.id = i.id LEFT JOIN subscribed s ON s.id = i.id)
  UPDATE steward.account a SET customer_since = d.customer_since, trial_since = d.trial_since, churned_on = d.churned_on,
    updated_at = $2
  FROM derived d
  WHERE a.id = d.id AND (a.customer_since, a.trial_since, a.churned_on)
    IS DISTINCT FROM (d.customer_since, d.trial_since, d.churned_on)`;

export async function deriveDates(tx: Tx, accountIds: Iterable<string>, at: Date): Promise<void> {
  const ids = [...new Set(accountIds)].sort();
  if (ids.length > 0) await open(tx).query(DERIVE, [ids, at]);
}
