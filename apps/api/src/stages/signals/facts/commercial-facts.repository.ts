import { Injectable } from '@nestjs/common';
import { Binder } from '../../../db/rules/binder.js';
import { dayNumber } from '../../../db/sql-days.js';
import { open, type Tx } from '../../../db/unit-of-work.js';
import { type Day, isoOf } from '../../../domain/calendar/day.js';
import { type Batch, inBatch } from '../../batch.js';

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

/** What the accounts of a batch pay for, and what they have not paid. */
@Injectable()
export class CommercialFactsRepository {
  subscriptions(tx: Tx, batch: Batch): Promise<SubscriptionRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('starts_on')} AS starts, ${dayNumber('ends_on')} AS ends, mrr_minor,
         currency, quantity, seat_based, auto_renew, term_months
       FROM steward.subscription WHERE ${inBatch(batch, 'account_id', bind)}`,
      values,
    );
  }

  /** Invoices unpaid on one of the days from the first to the last; no other is read by a signal. */
  unpaidInvoices(tx: Tx, batch: Batch, first: Day, last: Day): Promise<InvoiceRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('issued_on')} AS issued, ${dayNumber('due_on')} AS due, amount_minor,
         currency, status, ${dayNumber('paid_on')} AS paid, ${dayNumber('failed_on')} AS failed
       FROM steward.invoice
       WHERE ${inBatch(batch, 'account_id', bind)} AND status <> 'void' AND issued_on <= ${bind(isoOf(last))}::date
         AND (paid_on > ${bind(isoOf(first))}::date OR (paid_on IS NULL AND status <> 'paid'))`,
      values,
    );
  }
}
