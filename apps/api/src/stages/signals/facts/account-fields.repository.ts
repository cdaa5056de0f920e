import { Injectable } from '@nestjs/common';
import { Binder } from '../../../db/rules/binder.js';
import { dayNumber } from '../../../db/sql-days.js';
import { open, type Tx } from '../../../db/unit-of-work.js';
import { type Day, isoOf } from '../../../domain/calendar/day.js';
import { type Batch, inBatch } from '../../batch.js';

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

export interface FirstFactRow {
  account_id: string;
  day: number;
}

const RATINGS = `(
  SELECT account_id, answered_on AS day FROM steward.survey_answer WHERE kind = 'csat'
  UNION ALL
  SELECT account_id, coalesce(closed_on, opened_on) FROM steward.ticket WHERE satisfaction IS NOT NULL)`;

/** Where the first fact of a source stands. Events, features and metrics have their own ways. */
export const FIRST_FACT = {
  tickets: { from: 'steward.ticket', day: 'opened_on', only: 'TRUE' },
  nps: { from: 'steward.survey_answer', day: 'answered_on', only: `kind = 'nps'` },
  csat: { from: RATINGS, day: 'day', only: 'TRUE' },
  pulses: { from: 'steward.pulse', day: 'day', only: 'TRUE' },
  touchpoints: { from: 'steward.touchpoint', day: 'on_day', only: 'TRUE' },
  invoices: { from: 'steward.invoice', day: 'issued_on', only: 'TRUE' },
  subscriptions: { from: 'steward.subscription', day: 'starts_on', only: 'TRUE' },
  contacts: { from: 'steward.contact', day: `DATE '1970-01-01'`, only: 'TRUE' },
} as const;

/** What is read of an account `a` itself. */
export const ACCOUNT_FACTS = `a.id, a.status, a.seats, a.currency, a.arr_minor,
  ${dayNumber('a.customer_since')} AS customer_since, ${dayNumber('a.trial_since')} AS trial_since,
  ${dayNumber('a.renewal_date')} AS renewal_date, ${dayNumber('a.churned_on')} AS churned_on, a.csm_user_id, a.am_user_id`;

/** The accounts of a batch themselves: their fields now and earlier, and since when a source knows them. */
@Injectable()
export class AccountFieldsRepository {
  accounts(tx: Tx, batch: Batch): Promise<AccountFactRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT ${ACCOUNT_FACTS} FROM steward.account a WHERE ${inBatch(batch, 'a.id', bind)} ORDER BY a.id`,
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

  /** The first fact of each account from a source that covers only the accounts seen. */
  firstFacts(tx: Tx, batch: Batch, source: keyof typeof FIRST_FACT): Promise<FirstFactRow[]> {
    const { bind, values } = new Binder();
    const { from, day, only } = FIRST_FACT[source];
    return open(tx).prepared(
      `SELECT f.account_id, ${dayNumber(`min(${day})`)} AS day FROM ${from} f
       WHERE ${inBatch(batch, 'f.account_id', bind)} AND ${only} GROUP BY f.account_id`,
      values,
    );
  }
}
