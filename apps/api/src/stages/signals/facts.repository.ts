import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf, type Month } from '../../domain/calendar/day.js';
import { firstDayOf } from '../../domain/calendar/month.js';
import type { FactNeeds } from '../../domain/signals/needs.js';
import { type Batch, inBatch } from '../batch.js';
import { eventConditions } from './event-filter-sql.js';

/** Days come out of these statements as whole days since 1970-01-01: cheaper than text, and what the domain counts in. */
const dayNumber = (column: string) => `(${column} - DATE '1970-01-01')`;

/** Where the first fact of a source stands. Events, features and metrics have their own ways. */
export const FIRST_FACT = {
  tickets: { table: 'ticket', day: 'opened_on', only: 'TRUE' },
  nps: { table: 'survey_answer', day: 'answered_on', only: `kind = 'nps'` },
  csat: { table: 'survey_answer', day: 'answered_on', only: `kind = 'csat'` },
  pulses: { table: 'pulse', day: 'day', only: 'TRUE' },
  touchpoints: { table: 'touchpoint', day: 'on_day', only: 'TRUE' },
  invoices: { table: 'invoice', day: 'issued_on', only: 'TRUE' },
  subscriptions: { table: 'subscription', day: 'starts_on', only: 'TRUE' },
  contacts: { table: 'contact', day: `DATE '1970-01-01'`, only: 'TRUE' },
} as const;

export interface AccountFactRow {
  id: string;
  status: string;
  seats: number | null;
  currency: string | null;
  arr_minor: number | null;
  customer_since: number | null;
  trial_since: number | null;
  renewal_date: number | null;
  churned_on: number | null;
  csm_user_id: string | null;
  am_user_id: string | null;
}

export interface FieldVersionRow {
  account_id: string;
  field: string;
  from_day: number;
  value: unknown;
}

export interface ContactRow {
  account_id: string;
  id: string;
  ref: string | null;
  role: string | null;
  internal: boolean;
  left_on: number | null;
  last_seen: number | null;
}

export interface ContactRoleRow extends Omit<ContactRow, 'id' | 'ref'> {
  contact_id: string;
}

/**
 * One account's rows of the ledger joined into one text, `<month>:<rows of the month>;…`: taking a row each from the
 * driver costs more than everything else.
 */
export interface LedgerRow {
  account_id: string;
  months: string;
}

export interface LastActivityRow {
  account_id: string;
  month: number;
  counts: number[];
}

export interface ContactActivityRow {
  account_id: string;
  contact_id: string;
  month: number;
  days: number;
}

export interface MetricRow {
  account_id: string;
  metric: string;
  day: number;
  value: number;
}

export interface SubscriptionRow {
  account_id: string;
  ref: string;
  starts: number;
  ends: number | null;
  mrr_minor: number | null;
  currency: string | null;
  quantity: number | null;
  seat_based: boolean;
  auto_renew: boolean | null;
  term_months: number | null;
}

export interface InvoiceRow {
  account_id: string;
  ref: string;
  issued: number;
  due: number | null;
  amount_minor: number;
  currency: string;
  status: 'open' | 'paid' | 'failed' | 'void';
  paid: number | null;
  failed: number | null;
}

export interface TicketRow {
  account_id: string;
  ref: string;
  opened: number;
  closed: number | null;
  priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  resolution_hours: number | null;
  satisfaction: number | null;
  satisfaction_min: number | null;
  satisfaction_max: number | null;
}

export interface AnswerRow {
  account_id: string;
  ref: string;
  kind: 'nps' | 'csat';
  day: number;
  score: number;
  scale_min: number;
  scale_max: number;
  contact_id: string | null;
}

export interface TouchpointRow {
  account_id: string;
  ref: string;
  day: number;
  counts: boolean;
  contact_ids: string[];
}

export interface DayRow {
  account_id: string;
  day: number;
}

export interface PulseRow extends DayRow {
  value: number;
}

export interface SelectedEventRow {
  account_id: string;
  contact_id: string | null;
  day: number;
  count: number;
}

function monthsJoined(parts: readonly string[]): string {
  return `SELECT account_id, string_agg(month, ';') AS months FROM (${parts.join(' UNION ALL ')}) AS parts GROUP BY account_id`;
}

/**
 * The facts of a batch of accounts, one statement a kind. Each names the batch's range itself and asks for exact months,
 * so that PostgreSQL reads no more than the batch.
 */
@Injectable()
export class FactsRepository {
  accounts(tx: Tx, batch: Batch): Promise<AccountFactRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT id, status, seats, currency, arr_minor, ${dayNumber('customer_since')} AS customer_since,
         ${dayNumber('trial_since')} AS trial_since,
         ${dayNumber('renewal_date')} AS renewal_date, ${dayNumber('churned_on')} AS churned_on, csm_user_id, am_user_id
       FROM steward.account WHERE ${inBatch(batch, 'id', bind)} ORDER BY id`,
      values,
    );
  }

  /**
   * Versions of fields. For an earlier day those of the account's own fields are wanted only where one is newer than the
   * day: elsewhere the account stands as it did then.
   */
  fieldVersions(
    tx: Tx,
    batch: Batch,
    always: readonly string[],
    changing: { fields: readonly string[]; since: Day } | null,
  ): Promise<FieldVersionRow[]> {
    const { bind, values } = new Binder();
    const known = `f.field = ANY(${bind([...always])}::text[])`;
    const changed =
      changing === null
        ? ''
        : `OR (f.field = ANY(${bind([...changing.fields])}::text[]) AND f.account_id IN (
             SELECT l.account_id FROM steward.account_field l
             WHERE ${inBatch(batch, 'l.account_id', bind)} AND l.from_day > ${bind(isoOf(changing.since))}::date))`;
    return open(tx).prepared(
      `SELECT f.account_id, f.field, ${dayNumber('f.from_day')} AS from_day, f.value FROM steward.account_field f
       WHERE ${inBatch(batch, 'f.account_id', bind)} AND (${known} ${changed})`,
      values,
    );
  }

  /** Contacts whose role or mark changes what counts; all others are known by their rows in the ledger. */
  specialContacts(tx: Tx, batch: Batch): Promise<ContactRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id, coalesce(name, email, external_id) AS ref, role, internal,
         ${dayNumber('left_on')} AS left_on, ${dayNumber('last_seen')} AS last_seen
       FROM steward.contact WHERE ${inBatch(batch, 'account_id', bind)} AND (internal OR role = 'champion')`,
      values,
    );
  }

  /** Roles as they stood on a day of contacts that were champions at some time: of others no role is asked. */
  contactRoles(tx: Tx, batch: Batch, asOf: Day): Promise<ContactRoleRow[]> {
    const { bind, values } = new Binder();
    const day = `${bind(isoOf(asOf))}::date`;
    return open(tx).prepared(
      `SELECT DISTINCT ON (f.account_id, f.contact_id) f.account_id, f.contact_id, f.value #>> '{}' AS role,
         c.internal, ${dayNumber('c.left_on')} AS left_on, ${dayNumber('c.last_seen')} AS last_seen
       FROM steward.contact_field f JOIN steward.contact c ON c.account_id = f.account_id AND c.id = f.contact_id
       WHERE ${inBatch(batch, 'f.account_id', bind)} AND ${inBatch(batch, 'c.account_id', bind)} AND f.field = 'role'
         AND f.contact_id IN (SELECT k.contact_id FROM steward.contact_field k
           WHERE ${inBatch(batch, 'k.account_id', bind)} AND k.field = 'role' AND k.value #>> '{}' = 'champion')
       ORDER BY f.account_id, f.contact_id, (f.from_day <= ${day}) DESC, abs(f.from_day - ${day})`,
      values,
    );
  }

  contactMonths(tx: Tx, batch: Batch, months: readonly Month[]): Promise<LedgerRow[]> {
    return this.ledger(tx, batch, 'usage_contact_month', 'contact_id', months);
  }

  featureMonths(tx: Tx, batch: Batch, months: readonly Month[], untracked: readonly number[]): Promise<LedgerRow[]> {
    return this.ledger(tx, batch, 'usage_feature_month', 'feature_id', months, untracked);
  }

  private ledger(
    tx: Tx,
    batch: Batch,
    table: 'usage_contact_month' | 'usage_feature_month',
    who: 'contact_id' | 'feature_id',
    months: readonly Month[],
    without: readonly number[] = [],
  ): Promise<LedgerRow[]> {
    if (months.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    const others = without.length === 0 ? '' : ` AND ${who} <> ALL(${bind([...without])}::int[])`;
    const parts = months.map(
      (month) => `SELECT account_id, '${month}:' || string_agg(${who} || ' ' || days, ',') AS month
        FROM steward.${table} WHERE ${inBatch(batch, 'account_id', bind)} AND month = '${isoOf(firstDayOf(month))}'
          AND days <> 0${others} GROUP BY account_id`,
    );
    return open(tx).prepared(monthsJoined(parts), values);
  }

  eventMonths(tx: Tx, batch: Batch, months: readonly Month[]): Promise<LedgerRow[]> {
    if (months.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    const parts = months.map(
      (month) => `SELECT account_id, '${month}:' || counts::text AS month FROM steward.usage_event_month
        WHERE ${inBatch(batch, 'account_id', bind)} AND month = '${isoOf(firstDayOf(month))}'`,
    );
    return open(tx).prepared(monthsJoined(parts), values);
  }

  /** The newest month with activity up to `through` of accounts that were quiet in the months loaded. */
  lastActivity(tx: Tx, ids: readonly string[], through: Month): Promise<LastActivityRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT DISTINCT ON (account_id) account_id,
         ((extract(year FROM month) - 1970) * 12 + extract(month FROM month) - 1)::int AS month, counts
       FROM steward.usage_event_month
       WHERE account_id = ANY($1::uuid[]) AND month <= $2::date AND 0 < ANY(counts)
       ORDER BY account_id, steward.usage_event_month.month DESC`,
      [[...ids], isoOf(firstDayOf(through))],
    );
  }

  /** The newest month, among those not loaded, in which each of these contacts was active. */
  lastContactActivity(
    tx: Tx,
    contacts: readonly { accountId: string; contactId: string }[],
    before: Day,
    loaded: readonly Month[],
  ): Promise<ContactActivityRow[]> {
    if (contacts.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT DISTINCT ON (u.account_id, u.contact_id) u.account_id, u.contact_id, u.days,
         ((extract(year FROM u.month) - 1970) * 12 + extract(month FROM u.month) - 1)::int AS month
       FROM unnest($1::uuid[], $2::uuid[]) AS c (account_id, contact_id)
       JOIN steward.usage_contact_month u ON u.account_id = c.account_id AND u.contact_id = c.contact_id
       WHERE u.account_id = ANY($1::uuid[]) AND u.month <= $3::date AND u.month <> ALL($4::date[]) AND u.days <> 0
       ORDER BY u.account_id, u.contact_id, u.month DESC`,
      [
        contacts.map((contact) => contact.accountId),
        contacts.map((contact) => contact.contactId),
        isoOf(before),
        loaded.map((month) => isoOf(firstDayOf(month))),
      ],
    );
  }

  metricPoints(tx: Tx, batch: Batch, metrics: FactNeeds['metrics'], through: Day): Promise<MetricRow[]> {
    if (metrics.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    const wanted = metrics.map(({ key, from }) => `(d.key = ${bind(key)} AND p.day >= ${bind(isoOf(from))}::date)`);
    return open(tx).prepared(
      `SELECT p.account_id, d.key AS metric, ${dayNumber('p.day')} AS day, p.value
       FROM steward.metric_point p JOIN steward.metric_definition d ON d.id = p.metric_id
       WHERE ${inBatch(batch, 'p.account_id', bind)} AND p.day <= ${bind(isoOf(through))}::date AND (${wanted.join(' OR ')})`,
      values,
    );
  }

  /** First point of each account and metric, for metrics that cover only the accounts seen. */
  firstMetricPoints(tx: Tx, batch: Batch, metrics: readonly string[]): Promise<Omit<MetricRow, 'value'>[]> {
    if (metrics.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT p.account_id, d.key AS metric, ${dayNumber('min(p.day)')} AS day
       FROM steward.metric_point p JOIN steward.metric_definition d ON d.id = p.metric_id
       WHERE ${inBatch(batch, 'p.account_id', bind)} AND d.key = ANY(${bind([...metrics])}::text[])
       GROUP BY p.account_id, d.key`,
      values,
    );
  }

  subscriptions(tx: Tx, batch: Batch): Promise<SubscriptionRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('starts_on')} AS starts, ${dayNumber('ends_on')} AS ends, mrr_minor,
         currency, quantity, seat_based, auto_renew, term_months
       FROM steward.subscription WHERE ${inBatch(batch, 'account_id', bind)}`,
      values,
    );
  }

  /** Invoices unpaid as of the day; no other is read by a signal. */
  unpaidInvoices(tx: Tx, batch: Batch, asOf: Day): Promise<InvoiceRow[]> {
    const { bind, values } = new Binder();
    const day = `${bind(isoOf(asOf))}::date`;
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('issued_on')} AS issued, ${dayNumber('due_on')} AS due, amount_minor,
         currency, status, ${dayNumber('paid_on')} AS paid, ${dayNumber('failed_on')} AS failed
       FROM steward.invoice
       WHERE ${inBatch(batch, 'account_id', bind)} AND status <> 'void' AND issued_on <= ${day}
         AND (paid_on > ${day} OR (paid_on IS NULL AND status <> 'paid'))`,
      values,
    );
  }

  /** Tickets opened or closed since the day, and all that were open on the day computed. */
  tickets(tx: Tx, batch: Batch, from: Day, asOf: Day): Promise<TicketRow[]> {
    const { bind, values } = new Binder();
    const [since, day] = [`${bind(isoOf(from))}::date`, `${bind(isoOf(asOf))}::date`];
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('opened_on')} AS opened, ${dayNumber('closed_on')} AS closed, priority,
         resolution_hours, satisfaction, satisfaction_min, satisfaction_max
       FROM steward.ticket
       WHERE ${inBatch(batch, 'account_id', bind)} AND opened_on <= ${day}
         AND (opened_on >= ${since} OR closed_on IS NULL OR closed_on >= ${since})`,
      values,
    );
  }

  answers(tx: Tx, batch: Batch, from: Day, asOf: Day): Promise<AnswerRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id AS ref, kind, ${dayNumber('answered_on')} AS day, score, scale_min, scale_max, contact_id
       FROM steward.survey_answer
       WHERE ${inBatch(batch, 'account_id', bind)} AND answered_on >= ${bind(isoOf(from))}::date
         AND answered_on <= ${bind(isoOf(asOf))}::date`,
      values,
    );
  }

  touchpoints(tx: Tx, batch: Batch, from: Day, asOf: Day): Promise<TouchpointRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('on_day')} AS day, counts, contact_ids FROM steward.touchpoint
       WHERE ${inBatch(batch, 'account_id', bind)} AND on_day >= ${bind(isoOf(from))}::date
         AND on_day <= ${bind(isoOf(asOf))}::date`,
      values,
    );
  }

  /** The newest counting touchpoint before the day, of accounts without one since. */
  lastTouch(tx: Tx, ids: readonly string[], before: Day): Promise<DayRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT account_id, ${dayNumber('max(on_day)')} AS day FROM steward.touchpoint
       WHERE account_id = ANY($1::uuid[]) AND on_day < $2::date AND counts GROUP BY account_id`,
      [[...ids], isoOf(before)],
    );
  }

  /** Touchpoints before the day that name one of these contacts. */
  contactTouches(
    tx: Tx,
    contacts: readonly { accountId: string; contactId: string }[],
    before: Day,
  ): Promise<TouchpointRow[]> {
    if (contacts.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT t.account_id, min(t.id) AS ref, ${dayNumber('max(t.on_day)')} AS day, false AS counts,
         ARRAY[c.contact_id] AS contact_ids
       FROM unnest($1::uuid[], $2::uuid[]) AS c (account_id, contact_id)
       JOIN steward.touchpoint t ON t.account_id = c.account_id AND c.contact_id = ANY(t.contact_ids)
       WHERE t.account_id = ANY($1::uuid[]) AND t.on_day < $3::date
       GROUP BY t.account_id, c.contact_id`,
      [contacts.map((contact) => contact.accountId), contacts.map((contact) => contact.contactId), isoOf(before)],
    );
  }

  /** The newest pulse of each account as of the day. */
  pulses(tx: Tx, batch: Batch, asOf: Day): Promise<PulseRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT DISTINCT ON (account_id) account_id, ${dayNumber('day')} AS day, value FROM steward.pulse
       WHERE ${inBatch(batch, 'account_id', bind)} AND day <= ${bind(isoOf(asOf))}::date
       ORDER BY account_id, steward.pulse.day DESC`,
      values,
    );
  }

  /** Counts of raw events by contact and workspace day. The instants' bounds let PostgreSQL skip other months. */
  selectedEvents(
    tx: Tx,
    batch: Batch,
    need: FactNeeds['eventSelections'][number],
    asOf: Day,
    timeZone: string,
  ): Promise<SelectedEventRow[]> {
    const { bind, values } = new Binder();
    const zone = bind(timeZone);
    const [from, to] = [isoOf(need.from), isoOf((asOf + 1) as Day)];
    return open(tx).prepared(
      `SELECT e.account_id, e.contact_id, ${dayNumber(`(e.occurred_at AT TIME ZONE ${zone})::date`)} AS day,
         sum(e.count)::float8 AS count
       FROM steward.event e
       WHERE ${inBatch(batch, 'e.account_id', bind)} AND ${eventConditions(need.selection, bind)}
         AND e.occurred_at >= ${bind(from)}::date::timestamp AT TIME ZONE ${zone}
         AND e.occurred_at < ${bind(to)}::date::timestamp AT TIME ZONE ${zone}
       GROUP BY 1, 2, 3`,
      values,
    );
  }

  /** The newest matching event before the days loaded, of each account. */
  newestEvents(
    tx: Tx,
    batch: Batch,
    need: FactNeeds['eventSelections'][number],
    timeZone: string,
  ): Promise<SelectedEventRow[]> {
    const { bind, values } = new Binder();
    const zone = bind(timeZone);
    return open(tx).prepared(
      `SELECT e.account_id, NULL AS contact_id, 1 AS count,
         ${dayNumber(`(max(e.occurred_at) AT TIME ZONE ${zone})::date`)} AS day
       FROM steward.event e
       WHERE ${inBatch(batch, 'e.account_id', bind)} AND ${eventConditions(need.selection, bind)}
         AND e.occurred_at < ${bind(isoOf(need.from))}::date::timestamp AT TIME ZONE ${zone}
       GROUP BY e.account_id`,
      values,
    );
  }

  /** The first fact of each account from a source that covers only the accounts seen. */
  firstFacts(tx: Tx, batch: Batch, source: keyof typeof FIRST_FACT): Promise<DayRow[]> {
    const { bind, values } = new Binder();
    const { table, day, only } = FIRST_FACT[source];
    return open(tx).prepared(
      `SELECT account_id, ${dayNumber(`min(${day})`)} AS day FROM steward.${table}
       WHERE ${inBatch(batch, 'account_id', bind)} AND ${only} GROUP BY account_id`,
      values,
    );
  }
}
