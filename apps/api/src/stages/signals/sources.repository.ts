import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { MetricPeriod } from '@steward/shared/days';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, toDay } from '../../domain/calendar/day.js';
import type { RateRow } from '../../domain/revenue/money-rates.js';

export interface SourceRow {
  kind: string;
  covers: 'all' | 'seen';
}

export interface DeliveryRow {
  kind: string;
  day: number;
}

/** The first day of each kind of fact; null where there is none. */
export interface FirstFactDays {
  tickets: number | null;
  nps: number | null;
  csat: number | null;
  pulses: number | null;
  touchpoints: number | null;
  firstTouch: number | null;
  invoices: number | null;
  subscriptions: number | null;
  contacts: boolean;
  seats: boolean;
  arr: boolean;
  renewal: boolean;
  customerSince: boolean;
}

const first = (column: string, table: string, where = 'TRUE') =>
  dayNumber(`(SELECT min(${column}) FROM steward.${table} WHERE ${where})`);
const some = (table: string, where = 'TRUE') => `EXISTS (SELECT 1 FROM steward.${table} WHERE ${where})`;

/** What the workspace's sources have delivered, as far as computations depend on it. */
@Injectable()
export class SourcesRepository {
  sources(tx: Tx): Promise<SourceRow[]> {
    return open(tx).prepared(`SELECT fact_kind AS kind, covers FROM steward.source`);
  }

  /** Days on which a kind of fact was delivered. */
  deliveries(tx: Tx, from: IsoDay, to: IsoDay): Promise<DeliveryRow[]> {
    return open(tx).prepared(
      `SELECT DISTINCT s.fact_kind AS kind, ${dayNumber('d.day')} AS day
       FROM steward.source_delivery d JOIN steward.source s ON s.key = d.source_key
       WHERE d.day >= $1::date AND d.day <= $2::date`,
      [from, to],
    );
  }

  /** Asked many times a minute: each of the facts' columns has an index that gives its answer without a scan. */
  async firstFactDays(tx: Tx): Promise<FirstFactDays> {
    const [row] = await open(tx).prepared<FirstFactDays>(
      `SELECT ${first('opened_on', 'ticket')} AS tickets,
         ${first('answered_on', 'survey_answer', `kind = 'nps'`)} AS nps,
         least(${first('answered_on', 'survey_answer', `kind = 'csat'`)},
           ${first('coalesce(closed_on, opened_on)', 'ticket', 'satisfaction IS NOT NULL')}) AS csat,
         ${first('day', 'pulse')} AS pulses, ${first('on_day', 'touchpoint')} AS touchpoints,
         ${first('on_day', 'touchpoint', 'counts')} AS "firstTouch", ${first('issued_on', 'invoice')} AS invoices,
         ${first('starts_on', 'subscription')} AS subscriptions, ${some('contact')} AS contacts,
         (${some('account', 'seats IS NOT NULL')} OR ${some('subscription', 'seat_based AND quantity IS NOT NULL')}) AS seats,
         ${some('account', 'arr_minor IS NOT NULL')} AS arr,
         (${some('account', 'renewal_date IS NOT NULL')} OR ${some('subscription', 'ends_on IS NOT NULL')}) AS renewal,
         ${some('account', 'customer_since IS NOT NULL')} AS "customerSince"`,
    );
    return row as FirstFactDays;
  }

  /** The first day with activity in a ledger: in the first of its months that has any. */
  async firstLedgerDay(
    tx: Tx,
    table: 'usage_contact_month' | 'usage_feature_month' | 'usage_event_month',
  ): Promise<Day | null> {
    const { query } = open(tx);
    const months = await query<{ name: string; month: IsoDay }>(
      `SELECT c.relname AS name, replace(substring(c.relname FROM '(\\d{4}_\\d{2})$'), '_', '-') || '-01' AS month
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = $1::regclass ORDER BY c.relname`,
      [`steward.${table}`],
    );
    if (months.length === 0) return null;
    const used = table === 'usage_event_month' ? '0 < ANY(counts)' : 'days <> 0';
    const [found] = await query<{ place: number | null }>(
      `SELECT CASE ${months
        .map(({ name }, place) => `WHEN EXISTS (SELECT 1 FROM steward.${name} WHERE ${used}) THEN ${place}`)
        .join(' ')} END AS place`,
    );
    const first = found?.place == null ? undefined : months[found.place];
    if (!first) return null;
    if (table === 'usage_event_month') return toDay(first.month);
    const [bits] = await query<{ days: number }>(`SELECT bit_or(days) AS days FROM steward.${first.name}`);
    const days = bits?.days ?? 1;
    return addDays(toDay(first.month), 31 - Math.clz32(days & -days));
  }

  metrics(tx: Tx): Promise<{ key: string; period: MetricPeriod; first: number | null }[]> {
    return open(tx).prepared(
      `SELECT d.key, d.period, ${dayNumber('p.first')} AS first
       FROM steward.metric_definition d
       LEFT JOIN LATERAL (SELECT min(day) AS first FROM steward.metric_point m WHERE m.metric_id = d.id) p ON true`,
    );
  }

  async features(tx: Tx): Promise<{ tracked: number; untracked: number[] }> {
    const rows = await open(tx).prepared<{ id: number; tracked: boolean }>(`SELECT id, tracked FROM steward.feature`);
    return {
      tracked: rows.filter(({ tracked }) => tracked).length,
      untracked: rows.flatMap(({ id, tracked }) => (tracked ? [] : [id])),
    };
  }

  async accountAttributes(tx: Tx): Promise<string[]> {
    const rows = await open(tx).prepared<{ key: string }>(
      `SELECT key FROM steward.custom_attribute WHERE entity = 'account'`,
    );
    return rows.map(({ key }) => key);
  }

  rates(tx: Tx): Promise<RateRow[]> {
    return open(tx).prepared(`SELECT currency, ${dayNumber('from_day')} AS "from", rate FROM steward.exchange_rate`);
  }
}
