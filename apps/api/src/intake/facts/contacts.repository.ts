import { dateArray, uuidArray } from '../../db/binary-arrays.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { CONTACT_COLUMNS } from './account-fields.js';
import { assignments, newestValues, type TouchedField, touchedInput } from './field-versions.repository.js';
import type { SeenContact } from './seen-contacts.js';

export interface ContactToKeep {
  accountId: string;
  id: string;
  externalId: string | null;
  email: string | null;
  name: string | null;
  internal: boolean;
  firstSeen: string | null;
  lastSeen: string | null;
  /** Held until the commit, because fields of it are about to change. */
  hold: boolean;
}

const STRONGER = `
  SELECT DISTINCT ON (i.ord) i.ord, c.id
  FROM unnest($1::int[], $2::uuid[], $3::text[], $4::text[]) AS i(ord, account_id, email, name)
  JOIN steward.contact c ON c.account_id = i.account_id
    AND (lower(c.email) = i.email AND c.external_id IS NOT NULL
      OR i.email IS NULL AND lower(c.name) = i.name AND (c.external_id IS NOT NULL OR c.email IS NOT NULL))
  ORDER BY i.ord, (c.external_id IS NULL), c.id`;

/** For contacts named by e-mail or name only: the contact known by a stronger name that has the same. */
export async function findStronger(
  tx: Tx,
  refs: readonly { accountId: string; email: string | null; name: string | null }[],
): Promise<Map<number, string>> {
  const rows = await open(tx).query<{ ord: number; id: string }>(STRONGER, [
    refs.map((_, ord) => ord),
    refs.map(({ accountId }) => accountId),
    refs.map(({ email }) => email?.toLowerCase() ?? null),
    refs.map(({ name }) => name?.toLowerCase() ?? null),
  ]);
  return new Map(rows.map(({ ord, id }) => [ord, id]));
}

/** A sub-query that stays whole: the plan is kept, and one that was made for a small table must suit the grown one. */
const NEWS = `
  SELECT i.ord FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[]) WITH ORDINALITY AS i(account_id, id, first, last, ord)
  LEFT JOIN LATERAL (SELECT c.id, c.internal, c.first_seen, c.last_seen FROM steward.contact c
    WHERE c.account_id = i.account_id AND c.id = i.id OFFSET 0) c ON true
  WHERE c.id IS NULL OR c.internal
    OR i.first < COALESCE(c.first_seen, 'infinity') OR i.last > COALESCE(c.last_seen, '-infinity')`;

/** Of contacts that were merely mentioned: those not known yet, seen on further days than known, or internal. */
export async function withNews(tx: Tx, contacts: readonly SeenContact[]): Promise<SeenContact[]> {
  if (contacts.length === 0) return [];
  const rows = await open(tx).prepared<{ ord: number }>(NEWS, [
    uuidArray(contacts.map(({ accountId }) => accountId)),
    uuidArray(contacts.map(({ id }) => id)),
    dateArray(contacts.map(({ first }) => first)),
    dateArray(contacts.map(({ last }) => last)),
  ]);
  return rows.map(({ ord }) => contacts[ord - 1]!);
}

const KEEP = `
  WITH i AS MATERIALIZED (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::date[], $8::date[], $9::boolean[])
      AS r(account_id, id, external_id, email, name, internal, first_seen, last_seen, hold)),
  known AS MATERIALIZED (
    SELECT c.account_id, c.id, c.internal, c.first_seen, c.last_seen
    FROM i JOIN steward.contact c ON c.account_id = i.account_id AND c.id = i.id),
  kept AS (
    INSERT INTO steward.contact (account_id, id, external_id, email, name, is_primary, internal, first_seen, last_seen,
      attributes, observed_at, created_at)
    SELECT account_id, id, external_id, email, name, false, internal, first_seen, last_seen, '{}', $10, $10
    FROM i WHERE NOT hold ORDER BY account_id, id
    ON CONFLICT (account_id, id) DO UPDATE SET
      first_seen = LEAST(contact.first_seen, EXCLUDED.first_seen),
      last_seen = GREATEST(contact.last_seen, EXCLUDED.last_seen)
    WHERE EXCLUDED.first_seen < COALESCE(contact.first_seen, 'infinity') OR EXCLUDED.last_seen > COALESCE(contact.last_seen, '-infinity')),
  held AS (
    INSERT INTO steward.contact (account_id, id, external_id, email, name, is_primary, internal, first_seen, last_seen,
      attributes, observed_at, created_at)
    SELECT account_id, id, external_id, email, name, false, internal, first_seen, last_seen, '{}', $10, $10
    FROM i WHERE hold ORDER BY account_id, id
    ON CONFLICT (account_id, id) DO UPDATE SET
      first_seen = LEAST(contact.first_seen, EXCLUDED.first_seen),
      last_seen = GREATEST(contact.last_seen, EXCLUDED.last_seen))
  SELECT i.account_id AS "accountId", i.id, k.id IS NULL AS created, COALESCE(k.internal, i.internal) AS internal,
    k.id IS NOT NULL AND (COALESCE(i.first_seen < COALESCE(k.first_seen, 'infinity'), FALSE)
      OR COALESCE(i.last_seen > COALESCE(k.last_seen, '-infinity'), FALSE)) AS "seenFurther",
    CASE WHEN k.id IS NOT NULL AND i.last_seen > COALESCE(k.last_seen, '-infinity') AND EXISTS (
      SELECT 1 FROM steward.contact_field f WHERE f.account_id = i.account_id AND f.contact_id = i.id
        AND f.field = 'role' AND f.value = '"champion"') THEN i.last_seen END AS "championSeen"
  FROM i LEFT JOIN known k ON k.account_id = i.account_id AND k.id = i.id`;

export interface KeptContact {
  accountId: string;
  id: string;
  created: boolean;
  internal: boolean;
  /** It was known, and is seen on days before or after those known. */
  seenFurther: boolean;
  /** The day on which somebody who is, or was, a champion was seen later than known; null for all others. */
  championSeen: string | null;
}

/** Creates contacts that do not exist and widens the days on which they were seen. Contacts come in key order. */
export async function keepContacts(tx: Tx, contacts: readonly ContactToKeep[], at: Date): Promise<KeptContact[]> {
  return open(tx).query<KeptContact>(KEEP, [
    contacts.map(({ accountId }) => accountId),
    contacts.map(({ id }) => id),
    contacts.map(({ externalId }) => externalId),
    contacts.map(({ email }) => email?.toLowerCase() ?? null),
    contacts.map(({ name }) => name),
    contacts.map(({ internal }) => internal),
    contacts.map(({ firstSeen }) => firstSeen),
    contacts.map(({ lastSeen }) => lastSeen),
    contacts.map(({ hold }) => hold),
    at,
  ]);
}

/** Internal is who is said to be, and else whose address is of one of the workspace's own domains. */
const isInternal = (contact: string, email: string, domains: string) => `COALESCE(
  (SELECT (f.value #>> '{}')::boolean FROM steward.contact_field f
    WHERE f.account_id = ${contact}.account_id AND f.contact_id = ${contact}.id AND f.field = 'internal'
    ORDER BY COALESCE(f.confirmed_on, f.from_day) DESC LIMIT 1),
  split_part(lower(${email}), '@', 2) = ANY(${domains}::text[]), false)`;

const APPLY = `${newestValues('contact')},
  was AS MATERIALIZED (
    SELECT c.account_id, c.id, c.internal FROM p JOIN steward.contact c ON c.account_id = p.account_id AND c.id = p.contact_id),
  written AS (
    UPDATE steward.contact t SET ${assignments(CONTACT_COLUMNS)},
      internal = COALESCE((v->>'internal')::boolean,
        ${isInternal('t', `CASE WHEN v ? 'email' THEN v->>'email' ELSE t.email END`, '$2')}),
      attributes = jsonb_strip_nulls(t.attributes || p.attributes), observed_at = GREATEST(t.observed_at, $3)
    FROM p WHERE t.account_id = p.account_id AND t.id = p.contact_id
    RETURNING t.account_id, t.id, t.internal)
  SELECT account_id AS "accountId", id, internal FROM written
  WHERE (account_id, id, internal) NOT IN (SELECT account_id, id, internal FROM was)`;

/** Copies newest values to the contacts; answers those that became internal, or ceased to be. */
export async function applyNewestContactFields(
  tx: Tx,
  touched: readonly TouchedField[],
  ownEmailDomains: ReadonlySet<string>,
  at: Date,
): Promise<{ accountId: string; id: string; internal: boolean }[]> {
  if (touched.length === 0) return [];
  return open(tx).query(APPLY, [touchedInput(touched), [...ownEmailDomains], at]);
}

export interface SamePerson {
  accountId: string;
  weak: string;
  strong: string;
}

const TELLS_SAME = {
  email: (weak: string, strong: string) => `${weak}.email IS NOT NULL AND ${strong}.external_id IS NOT NULL
    AND lower(other.email) = lower(one.email)`,
  name: (weak: string, strong: string) => `${weak}.email IS NULL
    AND (${strong}.external_id IS NOT NULL OR ${strong}.email IS NOT NULL) AND lower(other.name) = lower(one.name)`,
};

/** Each contact is tried as the weaker and as the stronger of the two, by address and by name: the address has an index. */
const sameAs = (weak: 'one' | 'other', strong: 'one' | 'other', by: keyof typeof TELLS_SAME) => `
  SELECT ${weak}.account_id, ${weak}.id AS weak, ${strong}.id AS strong
  FROM (SELECT DISTINCT account_id, id FROM unnest($1::uuid[], $2::uuid[]) AS r(account_id, id)) i
  JOIN steward.contact one ON one.account_id = i.account_id AND one.id = i.id
  JOIN steward.contact other ON other.account_id = one.account_id AND other.id <> one.id
  WHERE ${weak}.external_id IS NULL AND ${TELLS_SAME[by](weak, strong)}`;

const FIND_SAME = `
  SELECT account_id AS "accountId", weak, min(strong::text) AS strong
  FROM (${sameAs('one', 'other', 'email')} UNION ${sameAs('other', 'one', 'email')}
    UNION ${sameAs('one', 'other', 'name')} UNION ${sameAs('other', 'one', 'name')}) found
  GROUP BY account_id, weak ORDER BY account_id, weak`;

/** Contacts that turn out to be one person: known by e-mail or name first, by a stronger name now. */
export async function findSamePeople(
  tx: Tx,
  contacts: readonly { accountId: string; id: string }[],
): Promise<SamePerson[]> {
  if (contacts.length === 0) return [];
  return open(tx).query<SamePerson>(FIND_SAME, [
    contacts.map(({ accountId }) => accountId),
    contacts.map(({ id }) => id),
  ]);
}

const PAIRS = `(SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS r(account_id, weak, strong))`;

/** In the order in which tables are locked everywhere: contacts first, then what refers to them. */
const MERGE = [
  `UPDATE steward.contact s SET first_seen = LEAST(s.first_seen, w.first_seen), last_seen = GREATEST(s.last_seen, w.last_seen),
     attributes = w.attributes || s.attributes,
     name = COALESCE(s.name, w.name), title = COALESCE(s.title, w.title), role = COALESCE(s.role, w.role)
   FROM ${PAIRS} p JOIN steward.contact w ON w.account_id = p.account_id AND w.id = p.weak
   WHERE s.account_id = p.account_id AND s.id = p.strong`,
  `INSERT INTO steward.contact_field AS t (account_id, contact_id, field, from_day, value, source, observed_at, received_at, confirmed_on)
   SELECT DISTINCT ON (p.account_id, p.strong, f.field, f.from_day)
     p.account_id, p.strong, f.field, f.from_day, f.value, f.source, f.observed_at, f.received_at, f.confirmed_on
   FROM ${PAIRS} p JOIN steward.contact_field f ON f.account_id = p.account_id AND f.contact_id = p.weak
   ORDER BY p.account_id, p.strong, f.field, f.from_day, f.observed_at DESC
   ON CONFLICT (account_id, contact_id, field, from_day) DO UPDATE SET value = EXCLUDED.value, source = EXCLUDED.source,
     observed_at = EXCLUDED.observed_at, received_at = EXCLUDED.received_at
   WHERE t.observed_at < EXCLUDED.observed_at`,
  `DELETE FROM steward.contact_field f USING ${PAIRS} p WHERE f.account_id = p.account_id AND f.contact_id = p.weak`,
  `DELETE FROM steward.contact c USING ${PAIRS} p WHERE c.account_id = p.account_id AND c.id = p.weak`,
  `UPDATE steward.ticket t SET contact_id = p.strong FROM ${PAIRS} p WHERE t.account_id = p.account_id AND t.contact_id = p.weak`,
  `UPDATE steward.survey_answer t SET contact_id = p.strong FROM ${PAIRS} p WHERE t.account_id = p.account_id AND t.contact_id = p.weak`,
  `UPDATE steward.touchpoint t SET contact_ids = array_replace(t.contact_ids, p.weak, p.strong)
   FROM ${PAIRS} p WHERE t.account_id = p.account_id AND t.contact_ids @> ARRAY[p.weak]`,
];
const MERGE_USAGE = [
  `UPDATE steward.event e SET contact_id = p.strong FROM ${PAIRS} p WHERE e.account_id = p.account_id AND e.contact_id = p.weak`,
  `INSERT INTO steward.usage_contact_month AS t (account_id, month, contact_id, days)
   SELECT p.account_id, u.month, p.strong, bit_or(u.days)
   FROM ${PAIRS} p JOIN steward.usage_contact_month u ON u.account_id = p.account_id AND u.contact_id = p.weak
   GROUP BY p.account_id, u.month, p.strong ORDER BY p.account_id, u.month, p.strong
   ON CONFLICT (account_id, month, contact_id) DO UPDATE SET days = t.days | EXCLUDED.days`,
  `DELETE FROM steward.usage_contact_month u USING ${PAIRS} p WHERE u.account_id = p.account_id AND u.contact_id = p.weak`,
];

/** Makes each weak contact, and all that refers to it but for its usage, part of the strong one. */
export function mergeContacts(tx: Tx, people: readonly SamePerson[]): Promise<void> {
  return merge(tx, MERGE, people);
}

/** The fields that a history is known of, of some contacts. */
export async function fieldsKnownOf(
  tx: Tx,
  contacts: readonly { accountId: string; id: string }[],
): Promise<TouchedField[]> {
  if (contacts.length === 0) return [];
  return open(tx).query(
    `SELECT DISTINCT f.account_id AS "accountId", f.contact_id AS "contactId", f.field
     FROM unnest($1::uuid[], $2::uuid[]) AS i(account_id, id)
     JOIN steward.contact_field f ON f.account_id = i.account_id AND f.contact_id = i.id`,
    [contacts.map(({ accountId }) => accountId), contacts.map(({ id }) => id)],
  );
}

/** Gives what the weak contacts did to the strong ones. The caller has ended what is remembered of them. */
export function mergeUsage(tx: Tx, people: readonly SamePerson[]): Promise<void> {
  return merge(tx, MERGE_USAGE, people);
}

async function merge(tx: Tx, statements: readonly string[], people: readonly SamePerson[]): Promise<void> {
  if (people.length === 0) return;
  const parameters = [
    people.map(({ accountId }) => accountId),
    people.map(({ weak }) => weak),
    people.map(({ strong }) => strong),
  ];
  for (const statement of statements) await open(tx).query(statement, parameters);
}

/** The workspace's own e-mail domains; null where contacts were told by just these already. */
export async function domainsToCheck(tx: Tx): Promise<string[] | null> {
  const [row] = await open(tx).query<{ domains: string[] }>(
    `SELECT own_email_domains AS domains FROM steward.workspace
     WHERE id = 1 AND own_email_domains IS DISTINCT FROM checked_email_domains`,
  );
  return row?.domains ?? null;
}

export async function noteDomainsChecked(tx: Tx, domains: readonly string[]): Promise<void> {
  await open(tx).query(
    `UPDATE steward.workspace SET checked_email_domains = $1::text[] WHERE id = 1 AND own_email_domains = $1::text[]`,
    [domains],
  );
}

const RECHECK = `
  WITH wrong AS (
    SELECT c.account_id, c.id, ${isInternal('c', 'c.email', '$1')} AS internal FROM steward.contact c
    WHERE (c.internal OR split_part(lower(c.email), '@', 2) = ANY($1::text[]))
      AND c.internal <> ${isInternal('c', 'c.email', '$1')}
    ORDER BY c.account_id, c.id LIMIT $2)
  UPDATE steward.contact t SET internal = w.internal FROM wrong w
  WHERE t.account_id = w.account_id AND t.id = w.id AND t.internal <> w.internal
  RETURNING t.account_id AS "accountId", t.id, t.first_seen AS "firstSeen"`;

/** Corrects who is internal, of some contacts at a time; answers whose mark has changed. */
export async function recheckInternal(
  tx: Tx,
  ownEmailDomains: ReadonlySet<string>,
  atMost: number,
): Promise<{ accountId: string; id: string; firstSeen: string | null }[]> {
  return open(tx).query(RECHECK, [[...ownEmailDomains], atMost]);
}
