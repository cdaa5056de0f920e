import { plainArray, textArray } from '../../db/array-literals.js';
import { uuidArray } from '../../db/binary-arrays.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { BatchMemory } from './batch-memory.js';
import { type EventToStore, propertiesLine } from './event-to-store.js';
import type { Names } from './names.repository.js';
import { MANY_EVENTS, storeNewEvents } from './new-events.repository.js';

const DAYS = Array.from({ length: 31 }, (_, index) => index + 1);
const COUNTS = `ARRAY[${DAYS.map((day) => `COALESCE(sum(count) FILTER (WHERE day = ${day}), 0)::int`).join(', ')}]`;
const SUMMED = `ARRAY[${DAYS.map((day) => `t.counts[${day}] + EXCLUDED.counts[${day}]`).join(', ')}]`;
const BIT = 'bit_or(1 << (day - 1))';

/** Month and day of the month, in the workspace's calendar; each step kept apart, so that it is worked out once a row. */
const dated = (events: string, timeZone: string) => `
  (SELECT *, local::date - (day - 1) AS month FROM
    (SELECT *, date_part('day', local)::int AS day FROM
      (SELECT *, occurred_at AT TIME ZONE ${timeZone} AS local FROM (${events}) e OFFSET 0) l OFFSET 0) d)`;

/**
 * Events in, once each; what is new goes into both ledgers. Background events and internal contacts count nowhere.
 * Ledger days are workspace days; nearly always all of an account's new events are of one day. Instants come as
 * milliseconds, which are read many times faster than timestamps, and properties as one text with a line each. Answers
 * the places of those that were there before.
 */
const STORE = `
  WITH i AS MATERIALIZED (
    SELECT account_id, to_timestamp(instant / 1000) AS occurred_at, message_id, contact_id, name, feature_id, count,
      NULLIF(properties, '')::jsonb AS properties, to_timestamp(COALESCE(received, $10) / 1000) AS received_at, ord
    FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::uuid[], $5::text[], $6::int[], $7::int[],
        string_to_array($8, E'\n'), $9::float8[]) WITH ORDINALITY
      AS r(account_id, instant, message_id, contact_id, name, feature_id, count, properties, received, ord)),
  inserted AS (
    INSERT INTO steward.event (account_id, occurred_at, message_id, contact_id, name, feature_id, count, properties, received_at)
    SELECT account_id, occurred_at, message_id, contact_id, name, feature_id, count, properties, received_at
    FROM i ORDER BY 1, 2, 3 ON CONFLICT (account_id, occurred_at, message_id) DO NOTHING
    RETURNING account_id, occurred_at, message_id, contact_id, feature_id, name, count),
  counted AS MATERIALIZED (
    SELECT account_id, contact_id, feature_id, count, day, month FROM ${dated(
      `SELECT account_id, contact_id, feature_id, count, occurred_at FROM inserted
       WHERE name <> ALL($12::text[]) AND (contact_id IS NULL OR contact_id <> ALL($13::uuid[]))`,
      '$11',
    )} c),
  contacts AS (
    INSERT INTO steward.usage_contact_month AS t (account_id, month, contact_id, days)
    SELECT account_id, month, contact_id, ${BIT} FROM counted WHERE contact_id IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (account_id, month, contact_id) DO UPDATE SET days = t.days | EXCLUDED.days
    WHERE t.days | EXCLUDED.days <> t.days),
  features AS (
    INSERT INTO steward.usage_feature_month AS t (account_id, month, feature_id, days)
    SELECT account_id, month, feature_id, ${BIT} FROM counted WHERE feature_id IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (account_id, month, feature_id) DO UPDATE SET days = t.days | EXCLUDED.days
    WHERE t.days | EXCLUDED.days <> t.days),
  months AS MATERIALIZED (
    SELECT account_id, month, min(day) AS first, max(day) AS last, sum(count)::int AS count FROM counted GROUP BY 1, 2),
  counts AS (
    INSERT INTO steward.usage_event_month AS t (account_id, month, counts)
    SELECT account_id, month, array_fill(0, ARRAY[first - 1]) || count || array_fill(0, ARRAY[31 - first])
    FROM months WHERE first = last
    UNION ALL
    SELECT account_id, month, ${COUNTS} FROM counted
    WHERE (SELECT bool_or(first < last) FROM months)
      AND (account_id, month) NOT IN (SELECT account_id, month FROM months WHERE first = last) GROUP BY 1, 2
    ORDER BY 1, 2
    ON CONFLICT (account_id, month) DO UPDATE SET counts = ${SUMMED})
  SELECT CASE WHEN (SELECT count(*) FROM inserted) < $14::int THEN
    (SELECT array_agg(ord::int) FROM i
     WHERE (account_id, occurred_at, message_id) NOT IN (SELECT account_id, occurred_at, message_id FROM inserted))
    END AS known`;

/**
 * Stores events, no two the same; answers the places in the list of those that were known before. Many are taken for
 * new as a whole, as they nearly always are, until the first turns out to be known.
 */
export async function storeEvents(
  tx: Tx,
  events: readonly EventToStore[],
  names: Names,
  internalContacts: ReadonlySet<string>,
  memory: BatchMemory,
): Promise<Set<number>> {
  await memory.hold(tx);
  const areNew = events.length >= MANY_EVENTS && (await storeNewEvents(tx, events, names, internalContacts, memory));
  return areNew ? new Set<number>() : storeAnyEvents(tx, events, names, internalContacts);
}

async function storeAnyEvents(
  tx: Tx,
  events: readonly EventToStore[],
  names: Names,
  internalContacts: ReadonlySet<string>,
): Promise<Set<number>> {
  const receivedAt = events[0]?.receivedAt.getTime() ?? 0;
  const receivedTogether = events.every((event) => event.receivedAt.getTime() === receivedAt);
  const [row] = await open(tx).prepared<{ known: number[] | null }>(STORE, [
    uuidArray(events.map(({ accountId }) => accountId)),
    plainArray(events.map(({ instant }) => instant)),
    textArray(events.map(({ messageId }) => messageId)),
    uuidArray(events.map(({ contactId }) => contactId)),
    textArray(events.map(({ name }) => name)),
    plainArray(events.map(({ featureId }) => featureId)),
    plainArray(events.map(({ count }) => count)),
    events.map(({ properties }) => propertiesLine(properties)).join('\n'),
    receivedTogether ? '{}' : plainArray(events.map((event) => event.receivedAt.getTime())),
    receivedAt,
    names.days.timeZone,
    textArray(names.backgroundEvents),
    uuidArray([...internalContacts]),
    events.length,
  ]);
  return new Set((row?.known ?? []).map((ord) => ord - 1));
}

/** Of events that were there before: which were first received with this import, on an earlier line. */
export async function receivedAtOf(tx: Tx, events: readonly EventToStore[]): Promise<Map<string, Date>> {
  const rows = await open(tx).query<{ messageId: string; accountId: string; receivedAt: Date }>(
    `SELECT e.account_id AS "accountId", e.message_id AS "messageId", e.received_at AS "receivedAt"
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS i(account_id, occurred_at, message_id)
     JOIN steward.event e USING (account_id, occurred_at, message_id)`,
    [
      events.map(({ accountId }) => accountId),
      events.map(({ instant }) => new Date(instant)),
      events.map(({ messageId }) => messageId),
    ],
  );
  return new Map(rows.map(({ accountId, messageId, receivedAt }) => [`${accountId}|${messageId}`, receivedAt]));
}

const ARRIVE = `
  INSERT INTO steward.message_arrival (account_id, message_id, first_arrived_at)
  SELECT account_id, message_id, min(at) FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS i(account_id, message_id, at)
  GROUP BY 1, 2 ORDER BY 1, 2 ON CONFLICT DO NOTHING`;

/** When messages without a time of their own arrived first: repeated ones get the same time again. */
export async function firstArrivals(
  tx: Tx,
  messages: readonly { accountId: string; messageId: string; at: Date }[],
): Promise<Map<string, Date>> {
  const accounts = messages.map(({ accountId }) => accountId);
  const ids = messages.map(({ messageId }) => messageId);
  await open(tx).query(ARRIVE, [accounts, ids, messages.map(({ at }) => at)]);
  const rows = await open(tx).query<{ accountId: string; messageId: string; at: Date }>(
    `SELECT m.account_id AS "accountId", m.message_id AS "messageId", m.first_arrived_at AS at
     FROM unnest($1::uuid[], $2::text[]) AS i(account_id, message_id) JOIN steward.message_arrival m USING (account_id, message_id)`,
    [accounts, ids],
  );
  return new Map(rows.map(({ accountId, messageId, at }) => [`${accountId}|${messageId}`, at]));
}

export interface LedgerMonth {
  accountId: string;
  /** First day of the month. */
  month: string;
}

const MONTHS = `unnest($1::uuid[], $2::date[]) AS m(account_id, month)`;
// One day wider on both sides: the month is the workspace's, the events' key is an instant.
const COUNTED = `
  SELECT account_id, contact_id, feature_id, count, of AS month, day FROM ${dated(
    `SELECT e.account_id, e.contact_id, e.feature_id, e.count, e.occurred_at, m.month AS of
     FROM ${MONTHS} JOIN steward.event e ON e.account_id = m.account_id
       AND e.occurred_at >= m.month::timestamptz - interval '1 day'
       AND e.occurred_at < (m.month + interval '1 month')::timestamptz + interval '1 day'
     LEFT JOIN steward.contact c ON c.account_id = e.account_id AND c.id = e.contact_id
     WHERE e.name <> ALL($4::text[]) AND NOT COALESCE(c.internal, false)`,
    '$3',
  )} c WHERE month = of`;

const clear = (table: string) =>
  `DELETE FROM steward.${table} t USING ${MONTHS} WHERE t.account_id = m.account_id AND t.month = m.month`;

const REBUILD = [
  // Every counted event writes this row: holding it keeps intake out of the month until the commit.
  `INSERT INTO steward.usage_event_month (account_id, month, counts)
   SELECT account_id, month, array_fill(0, ARRAY[31]) FROM ${MONTHS} ORDER BY 1, 2
   ON CONFLICT (account_id, month) DO UPDATE SET counts = EXCLUDED.counts`,
  clear('usage_contact_month'),
  clear('usage_feature_month'),
];
const RECOUNT = [
  `INSERT INTO steward.usage_contact_month (account_id, month, contact_id, days)
   SELECT account_id, month, contact_id, ${BIT} FROM (${COUNTED}) c WHERE contact_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  `INSERT INTO steward.usage_feature_month (account_id, month, feature_id, days)
   SELECT account_id, month, feature_id, ${BIT} FROM (${COUNTED}) c WHERE feature_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  `UPDATE steward.usage_event_month t SET counts = n.counts
   FROM (SELECT account_id, month, ${COUNTS} AS counts FROM (${COUNTED}) c GROUP BY 1, 2) n
   WHERE t.account_id = n.account_id AND t.month = n.month`,
];

/** Counts months again from the raw events: the only way to subtract. The caller has ended what is remembered of them. */
export async function rebuildLedger(tx: Tx, months: readonly LedgerMonth[], names: Names): Promise<void> {
  if (months.length === 0) return;
  const keys = [months.map(({ accountId }) => accountId), months.map(({ month }) => month)];
  for (const statement of REBUILD) await open(tx).query(statement, keys);
  for (const statement of RECOUNT) {
    await open(tx).query(statement, [...keys, names.days.timeZone, names.backgroundEvents]);
  }
}

/**
 * Counts again every month in which one of the contacts, who are not who they were, did something; answers the months.
 * The caller has ended what is remembered: events of theirs that were on their way are committed by now.
 */
export async function rebuildLedgerOfContacts(
  tx: Tx,
  contacts: readonly { accountId: string; id: string }[],
  names: Names,
): Promise<LedgerMonth[]> {
  if (contacts.length === 0) return [];
  const months = await open(tx).query<LedgerMonth>(
    `SELECT DISTINCT e.account_id AS "accountId", date_trunc('month', e.occurred_at AT TIME ZONE $3)::date AS month
     FROM unnest($1::uuid[], $2::uuid[]) AS i(account_id, id)
     JOIN steward.event e ON e.account_id = i.account_id AND e.contact_id = i.id ORDER BY 1, 2`,
    [contacts.map(({ accountId }) => accountId), contacts.map(({ id }) => id), names.days.timeZone],
  );
  await rebuildLedger(tx, months, names);
  return months;
}

const SEED = ['contact', 'feature'].map(
  (ledger) => `INSERT INTO steward.usage_${ledger}_month (account_id, month, ${ledger}_id, days)
    SELECT account_id, $2::date, ${ledger}_id, 0 FROM steward.usage_${ledger}_month
    WHERE month = $1::date AND days <> 0 ORDER BY account_id, ${ledger}_id ON CONFLICT DO NOTHING`,
);

export async function seedNextMonth(tx: Tx, month: string, next: string): Promise<void> {
  for (const statement of SEED) await open(tx).query(statement, [month, next]);
}

export async function forgetArrivals(tx: Tx, before: Date): Promise<void> {
  await open(tx).query(`DELETE FROM steward.message_arrival WHERE first_arrived_at < $1`, [before]);
}
