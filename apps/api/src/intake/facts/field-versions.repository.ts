import { open, type Tx } from '../../db/unit-of-work.js';
import type { FieldColumn } from './account-fields.js';

/** Which history: an account's fields or a contact's. */
export type VersionedEntity = 'account' | 'contact';

export interface FieldVersion {
  accountId: string;
  contactId: string | null;
  field: string;
  fromDay: string;
  value: unknown;
  source: string;
  observedAt: Date;
  receivedAt: Date;
  /** Dated by the fact itself: kept as a version of its own even where the value stays the same. */
  dated: boolean;
}

export type Decision = 'set' | 'same' | 'duplicate' | 'keptByHand';

const TABLE = { account: 'account_field', contact: 'contact_field' } as const;
const OWNER = { account: ['account_id'], contact: ['account_id', 'contact_id'] } as const;

/** The owner's columns equal in two aliases. */
const sameOwner = (entity: VersionedEntity, a: string, b: string) =>
  OWNER[entity].map((column) => `${a}.${column} = ${b}.${column}`).join(' AND ');
const ownerOf = (entity: VersionedEntity, alias: string) =>
  OWNER[entity].map((column) => `${alias}.${column}`).join(', ');

/** Newest is what was delivered, or confirmed, for the latest day. */
const NEWEST_FIRST = `COALESCE(f.confirmed_on, f.from_day) DESC, f.from_day DESC`;

/** SQL of a statement's beginning: `decided` holds the versions with the newest that is stored, and the step to take. */
function deciding(entity: VersionedEntity): string {
  const table = `steward.${TABLE[entity]}`;
  return `
  WITH i AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS r(ord integer, account_id uuid, contact_id uuid, field text, from_day date,
      value jsonb, source text, observed_at timestamptz, received_at timestamptz, dated boolean)),
  newest AS MATERIALIZED (
    SELECT DISTINCT ON (i.ord) i.ord, f.from_day, f.confirmed_on, f.value, f.source, f.observed_at, f.received_at
    FROM i JOIN ${table} f ON ${sameOwner(entity, 'f', 'i')} AND f.field = i.field
    ORDER BY i.ord, ${NEWEST_FIRST}),
  decided AS MATERIALIZED (
    SELECT i.*, n.from_day AS n_from, n.confirmed_on AS n_until, n.value AS n_value, n.source AS n_source,
      n.observed_at AS n_observed, n.received_at AS n_received,
      CASE
        WHEN n.source LIKE 'person:%' AND i.source NOT LIKE 'person:%' AND i.from_day >= n.from_day
          THEN CASE WHEN n.value IS DISTINCT FROM i.value THEN 'keep' ELSE 'same' END
        WHEN s.from_day IS NOT NULL THEN CASE
          WHEN (s.observed_at, COALESCE(s.received_at, s.observed_at)) > (i.observed_at, i.received_at) THEN 'same'
          WHEN s.value IS DISTINCT FROM i.value THEN 'replace'
          WHEN s.observed_at < i.observed_at OR s.received_at < i.received_at THEN 'restamp'
          ELSE 'same' END
        WHEN n.from_day IS NULL THEN 'insert'
        WHEN NOT i.dated AND i.from_day > n.from_day AND n.value IS NOT DISTINCT FROM i.value THEN 'confirm'
        ELSE 'insert'
      END AS step
    FROM i LEFT JOIN newest n ON n.ord = i.ord
      LEFT JOIN ${table} s ON ${sameOwner(entity, 's', 'i')} AND s.field = i.field AND s.from_day = i.from_day)`;
}

function storeStatement(entity: VersionedEntity): string {
  const table = `steward.${TABLE[entity]}`;
  const columns = `${OWNER[entity].join(', ')}, field, from_day, value, source, observed_at, received_at`;
  return `${deciding(entity)},
  -- A value confirmed on several days and contradicted for one between them ends before it and begins again after.
  stretched AS (
    SELECT ${ownerOf(entity, 'd')}, d.field, d.n_from AS from_day,
      bool_or(d.step = 'confirm') AS confirmed,
      max(d.from_day) FILTER (WHERE d.step = 'confirm') AS until,
      max(d.observed_at) FILTER (WHERE d.step = 'confirm') AS observed_at,
      max(d.received_at) FILTER (WHERE d.step = 'confirm') AS received_at
    FROM decided d
    WHERE d.step = 'confirm' OR (d.step = 'insert' AND d.n_value IS DISTINCT FROM d.value
      AND d.from_day > d.n_from AND d.from_day < d.n_until)
    GROUP BY ${ownerOf(entity, 'd')}, d.field, d.n_from),
  confirmed AS (
    UPDATE ${table} f SET
      confirmed_on = CASE WHEN s.confirmed THEN GREATEST(f.confirmed_on, s.until) END,
      observed_at = GREATEST(f.observed_at, s.observed_at), received_at = GREATEST(f.received_at, s.received_at)
    FROM stretched s WHERE ${sameOwner(entity, 'f', 's')} AND f.field = s.field AND f.from_day = s.from_day),
  rows AS (
    SELECT ${ownerOf(entity, 'd')}, d.field, d.from_day, d.value, d.source, d.observed_at, d.received_at
    FROM decided d WHERE d.step IN ('insert', 'replace', 'restamp')
    UNION ALL
    SELECT DISTINCT ${ownerOf(entity, 'd')}, d.field, d.n_until, d.n_value, d.n_source, d.n_observed, d.n_received
    FROM decided d WHERE d.step = 'insert' AND d.n_value IS DISTINCT FROM d.value AND d.from_day > d.n_from
      AND d.from_day < d.n_until
      AND NOT EXISTS (SELECT 1 FROM i o WHERE ${sameOwner(entity, 'o', 'd')} AND o.field = d.field AND o.from_day = d.n_until)),
  written AS (
    INSERT INTO ${table} (${columns})
    SELECT * FROM rows ORDER BY ${OWNER[entity].join(', ')}, field, from_day
    ON CONFLICT (${OWNER[entity].join(', ')}, field, from_day) DO UPDATE SET value = EXCLUDED.value, source = EXCLUDED.source,
      observed_at = EXCLUDED.observed_at, received_at = EXCLUDED.received_at)
  SELECT d.ord, CASE
      WHEN d.step = 'keep' THEN 'keptByHand'
      WHEN d.step = 'replace' THEN 'set'
      WHEN d.step = 'insert' AND (d.n_from IS NULL AND d.value IS NOT NULL OR d.n_from > d.from_day
        OR d.n_value IS DISTINCT FROM d.value) THEN 'set'
      WHEN d.step = 'same' AND d.n_received = d.received_at THEN 'duplicate'
      ELSE 'same'
    END AS decision
  FROM decided d`;
}

const STORE = { account: storeStatement('account'), contact: storeStatement('contact') };

const BECOME_NEWEST = `${deciding('account')}
  SELECT d.ord FROM decided d WHERE d.step NOT IN ('keep', 'same')
    AND (d.n_from IS NULL OR d.from_day = d.n_from OR d.from_day >= COALESCE(d.n_until, d.n_from))`;

/**
 * Adds versions to the history and says what became of each. At most one version of a field and day in a call. The
 * caller holds the owning rows, so that two batches never decide about the same field at once.
 */
export async function storeVersions(
  tx: Tx,
  entity: VersionedEntity,
  versions: readonly FieldVersion[],
): Promise<Decision[]> {
  const rows = await open(tx).query<{ ord: number; decision: Decision }>(STORE[entity], [versionsInput(versions)]);
  const decisions: Decision[] = versions.map(() => 'same');
  for (const { ord, decision } of rows) decisions[ord] = decision;
  return decisions;
}

/** Which versions of accounts' fields, by their places, would each by itself be the newest of its field once stored. */
export async function whichBecomeNewest(tx: Tx, versions: readonly FieldVersion[]): Promise<ReadonlySet<number>> {
  const rows = await open(tx).query<{ ord: number }>(BECOME_NEWEST, [versionsInput(versions)]);
  return new Set(rows.map(({ ord }) => ord));
}

function versionsInput(versions: readonly FieldVersion[]): string {
  const input = versions.map((version, ord) => ({
    ord,
    account_id: version.accountId,
    contact_id: version.contactId,
    field: version.field,
    from_day: version.fromDay,
    value: version.value,
    source: version.source,
    observed_at: version.observedAt,
    received_at: version.receivedAt,
    dated: version.dated,
  }));
  return JSON.stringify(input);
}

export interface TouchedField {
  accountId: string;
  contactId: string | null;
  field: string;
}

/** SQL of a statement's beginning: `p(owner, v, attributes)` holds the newest values of the touched fields. */
export function newestValues(entity: VersionedEntity): string {
  return `
  WITH i AS (
    SELECT * FROM json_to_recordset($1::json) AS r(account_id uuid, contact_id uuid, field text)),
  newest AS (
    SELECT DISTINCT ON (${ownerOf(entity, 'i')}, i.field) ${ownerOf(entity, 'i')}, i.field, f.value
    FROM i JOIN steward.${TABLE[entity]} f ON ${sameOwner(entity, 'f', 'i')} AND f.field = i.field
    ORDER BY ${ownerOf(entity, 'i')}, i.field, ${NEWEST_FIRST}),
  p AS (
    SELECT ${ownerOf(entity, 'n')},
      COALESCE(jsonb_object_agg(n.field, n.value) FILTER (WHERE n.field NOT LIKE 'attribute.%'), '{}') AS v,
      COALESCE(jsonb_object_agg(substr(n.field, 11), n.value) FILTER (WHERE n.field LIKE 'attribute.%'), '{}') AS attributes
    FROM newest n GROUP BY ${ownerOf(entity, 'n')})`;
}

/** `column = value where it was delivered, else as it is`, for each column. */
export function assignments(columns: readonly FieldColumn[]): string {
  return columns
    .map(({ field, column, value }) => `${column} = CASE WHEN v ? '${field}' THEN ${value} ELSE t.${column} END`)
    .join(', ');
}

export function touchedInput(touched: readonly TouchedField[]): string {
  return JSON.stringify(
    touched.map(({ accountId, contactId, field }) => ({ account_id: accountId, contact_id: contactId, field })),
  );
}
