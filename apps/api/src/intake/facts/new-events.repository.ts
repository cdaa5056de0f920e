import { plainArray, textArray } from '../../db/array-literals.js';
import { uuidArray } from '../../db/binary-arrays.js';
import { BinaryRows } from '../../db/binary-rows.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { BatchMemory } from './batch-memory.js';
import { activeOf, byKey, countsOf, thatCount } from './event-groups.js';
import { type EventToStore, propertiesLine } from './event-to-store.js';
import type { Names } from './names.repository.js';

/** From so many events on the quick way pays for its further statements. */
export const MANY_EVENTS = 100;
/** So many of a batch are looked up before all of it is taken for new: what was sent again is nearly always all of it. */
const SAMPLES = 4;

/** The workspace days of the first and of the last event, and whether one of the samples is known. */
const PROBE = `
  SELECT (to_timestamp($1::float8 / 1000) AT TIME ZONE $3)::date AS first, (to_timestamp($2::float8 / 1000) AT TIME ZONE $3)::date AS last,
    EXISTS (SELECT FROM unnest($4::uuid[], $5::float8[], $6::text[]) AS i(account_id, instant, message_id)
      JOIN steward.event e ON e.account_id = i.account_id AND e.occurred_at = to_timestamp(i.instant / 1000)
        AND e.message_id = i.message_id) AS known`;

const COPY = `
  COPY steward.event (account_id, occurred_at, message_id, contact_id, name, feature_id, count, properties, received_at)
  FROM STDIN (FORMAT binary)`;

/** Events of one day of the month, by account. */
const COUNT = `
  INSERT INTO steward.usage_event_month AS t (account_id, month, counts)
  SELECT account_id, $4::date - ($3::int - 1), array_fill(0, ARRAY[$3::int - 1]) || count || array_fill(0, ARRAY[31 - $3::int])
  FROM unnest($1::uuid[], $2::int[]) AS i(account_id, count) ORDER BY account_id
  ON CONFLICT (account_id, month) DO UPDATE SET counts[$3::int] = t.counts[$3::int] + EXCLUDED.counts[$3::int]`;

/**
 * One day of contacts or features. Comes after COUNT, whose rows keep everyone else out of these accounts' month until
 * the commit: a day that is there stays there, and most are. What is there costs a look-up and no write, and what is
 * remembered to be there costs nothing.
 */
const activeOn = (ledger: string, type: string) => `
  INSERT INTO steward.usage_${ledger}_month AS t (account_id, month, ${ledger}_id, days)
  SELECT i.account_id, $4::date - ($3::int - 1), i.id, 1 << ($3::int - 1)
  FROM unnest($1::uuid[], $2::${type}[]) AS i(account_id, id)
  LEFT JOIN LATERAL (SELECT k.days FROM steward.usage_${ledger}_month k
    WHERE k.account_id = i.account_id AND k.month = $4::date - ($3::int - 1) AND k.${ledger}_id = i.id OFFSET 0) k ON true
  WHERE k.days IS NULL OR k.days & (1 << ($3::int - 1)) = 0
  ORDER BY i.account_id, i.id
  ON CONFLICT (account_id, month, ${ledger}_id) DO UPDATE SET days = t.days | EXCLUDED.days
  WHERE t.days | EXCLUDED.days <> t.days`;
const CONTACTS = activeOn('contact', 'uuid');
const FEATURES = activeOn('feature', 'int');

/**
 * Stores many events of one day that are all new. Answers false, having stored nothing, when one of them is known or
 * when they are of several days.
 */
export async function storeNewEvents(
  tx: Tx,
  events: readonly EventToStore[],
  names: Names,
  internalContacts: ReadonlySet<string>,
  memory: BatchMemory,
): Promise<boolean> {
  const day = await dayOfNew(tx, events, names.days.timeZone);
  if (day === null) return false;
  const { prepared, copied } = open(tx);
  // In key order, so that batches which bring the same event wait for each other and never deadlock.
  const sorted = [...events].sort(byKey);
  if (!(await copied(COPY, rowsOf(sorted)))) return false;

  const counted = thatCount(sorted, new Set(names.backgroundEvents), internalContacts);
  if (counted.length === 0) return true;
  const accounts = countsOf(counted);
  const dayOfMonth = Number(day.slice(8));
  await prepared(COUNT, [uuidArray(accounts.ids), plainArray(accounts.counts), dayOfMonth, day]);
  const { contacts, features } = activeOf(counted, memory.activeOn(day));
  if (contacts.length > 0) {
    const keys = [
      uuidArray(contacts.map(({ accountId }) => accountId)),
      uuidArray(contacts.map(({ contactId }) => contactId)),
    ];
    await prepared(CONTACTS, [...keys, dayOfMonth, day]);
  }
  if (features.length > 0) {
    const keys = [
      uuidArray(features.map(({ accountId }) => accountId)),
      plainArray(features.map(({ featureId }) => featureId)),
    ];
    await prepared(FEATURES, [...keys, dayOfMonth, day]);
  }
  memory.rememberActive({ day, contacts: contacts.map(({ contactId }) => contactId), features });
  return true;
}

/** The day of all events, as the database's calendar has it; null where they cannot go the quick way. */
async function dayOfNew(tx: Tx, events: readonly EventToStore[], timeZone: string): Promise<string | null> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { instant } of events) {
    if (instant < first) first = instant;
    if (instant > last) last = instant;
  }
  const samples = Array.from(
    { length: SAMPLES },
    (_, index) => events[Math.floor((index * (events.length - 1)) / (SAMPLES - 1))]!,
  );
  const [found] = await open(tx).prepared<{ first: string; last: string; known: boolean }>(PROBE, [
    first,
    last,
    timeZone,
    uuidArray(samples.map(({ accountId }) => accountId)),
    plainArray(samples.map(({ instant }) => instant)),
    textArray(samples.map(({ messageId }) => messageId)),
  ]);
  return found && !found.known && found.first === found.last ? found.first : null;
}

const COLUMNS = 9;
/** Of an event as libraries send them, with what it is about. */
const BYTES_EXPECTED = 500;

function rowsOf(events: readonly EventToStore[]): Buffer {
  const rows = new BinaryRows(events.length * BYTES_EXPECTED);
  for (const event of events) {
    rows.row(COLUMNS);
    rows.uuid(event.accountId);
    rows.instant(event.instant);
    rows.text(event.messageId);
    rows.uuid(event.contactId);
    rows.text(event.name);
    rows.int(event.featureId);
    rows.int(event.count);
    rows.jsonb(propertiesLine(event.properties) || null);
    rows.instant(event.receivedAt.getTime());
  }
  return rows.end();
}
