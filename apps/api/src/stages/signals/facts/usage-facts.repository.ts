import { Injectable } from '@nestjs/common';
import { Binder } from '../../../db/rules/binder.js';
import { monthNumber } from '../../../db/sql-days.js';
import { open, type Tx } from '../../../db/unit-of-work.js';
import { isoOf, type Month } from '../../../domain/calendar/day.js';
import { firstDayOf } from '../../../domain/calendar/month.js';
import { type Batch, inBatch } from '../../batch.js';
import type { AccountContact } from './quiet-spells.js';

/**
 * One account's rows of the ledger joined into one text: taking a row each from the driver costs more than everything
 * else. Of contacts and features hexadecimal digits without gaps, because writing numbers out costs as much as reading
 * the rows: who (an id of 32 digits, a feature's number of 8), month (8) and days (8). Of events `<month>:<counts>;…`.
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

/** The usage ledger of a batch. Statements name exact months, so that PostgreSQL reads no other partition. */
@Injectable()
export class UsageFactsRepository {
  contactMonths(tx: Tx, batch: Batch, months: readonly Month[]): Promise<LedgerRow[]> {
    return this.ledger(tx, batch, 'usage_contact_month', 'contact_id', 'uuid_send', months);
  }

  featureMonths(tx: Tx, batch: Batch, months: readonly Month[], untracked: readonly number[]): Promise<LedgerRow[]> {
    return this.ledger(tx, batch, 'usage_feature_month', 'feature_id', 'int4send', months, untracked);
  }

  private ledger(
    tx: Tx,
    batch: Batch,
    table: 'usage_contact_month' | 'usage_feature_month',
    who: 'contact_id' | 'feature_id',
    bytesOf: 'uuid_send' | 'int4send',
    months: readonly Month[],
    without: readonly number[] = [],
  ): Promise<LedgerRow[]> {
    if (months.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    const others = without.length === 0 ? '' : ` AND ${who} <> ALL(${bind([...without])}::int[])`;
    const parts = months.map(
      // Month and days side by side in one number: each piece that is joined on costs as much as this.
      (month) => `SELECT account_id, ${who} AS who, (${month}::bigint << 32) | days AS month_and_days
        FROM steward.${table} WHERE ${inBatch(batch, 'account_id', bind)} AND month = '${isoOf(firstDayOf(month))}'
          AND days <> 0${others}`,
    );
    return open(tx).prepared(
      `SELECT account_id, encode(string_agg(${bytesOf}(who) || int8send(month_and_days), ''), 'hex') AS months
       FROM (${parts.join(' UNION ALL ')}) AS parts GROUP BY account_id`,
      values,
    );
  }

  eventMonths(tx: Tx, batch: Batch, months: readonly Month[]): Promise<LedgerRow[]> {
    if (months.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    const parts = months.map(
      (month) => `SELECT account_id, '${month}:' || counts::text AS month FROM steward.usage_event_month
        WHERE ${inBatch(batch, 'account_id', bind)} AND month = '${isoOf(firstDayOf(month))}'`,
    );
    return open(tx).prepared(
      `SELECT account_id, string_agg(month, ';') AS months FROM (${parts.join(' UNION ALL ')}) AS parts GROUP BY account_id`,
      values,
    );
  }

  /** The newest month with activity up to `through` of accounts that were quiet in the months loaded. */
  lastActivity(tx: Tx, ids: readonly string[], through: Month): Promise<LastActivityRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT DISTINCT ON (account_id) account_id,
         ${monthNumber('month')} AS month, counts
       FROM steward.usage_event_month
       WHERE account_id = ANY($1::uuid[]) AND month <= $2::date AND 0 < ANY(counts)
       ORDER BY account_id, steward.usage_event_month.month DESC`,
      [[...ids], isoOf(firstDayOf(through))],
    );
  }

  /** The newest month up to `through`, among those not loaded, in which each of these contacts was active. */
  lastContactActivity(
    tx: Tx,
    contacts: readonly AccountContact[],
    through: Month,
    loaded: readonly Month[],
  ): Promise<ContactActivityRow[]> {
    if (contacts.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT DISTINCT ON (u.account_id, u.contact_id) u.account_id, u.contact_id, u.days,
         ${monthNumber('u.month')} AS month
       FROM unnest($1::uuid[], $2::uuid[]) AS c (account_id, contact_id)
       JOIN steward.usage_contact_month u ON u.account_id = c.account_id AND u.contact_id = c.contact_id
       WHERE u.account_id = ANY($1::uuid[]) AND u.month <= $3::date AND u.month <> ALL($4::date[]) AND u.days <> 0
       ORDER BY u.account_id, u.contact_id, u.month DESC`,
      [
        contacts.map((contact) => contact.accountId),
        contacts.map((contact) => contact.contactId),
        isoOf(firstDayOf(through)),
        loaded.map((month) => isoOf(firstDayOf(month))),
      ],
    );
  }
}
