import { Injectable } from '@nestjs/common';
import { asked } from '../../../db/asked.js';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import { moneyAt } from '../../../domain/revenue/money-rates.js';
import type { Batch } from '../../batch.js';
import type { Adding } from './account-draft.js';
import { CommercialFactsRepository } from './commercial-facts.repository.js';
import type { FactsToLoad } from './facts-to-load.js';

@Injectable()
export class CommercialFactsLoader {
  constructor(private readonly repository: CommercialFactsRepository) {}

  ask(tx: Tx, batch: Batch, { asOf, through, rates, currency }: FactsToLoad): Adding {
    const money = moneyAt(rates, currency, asOf);
    const subscriptions = asked(this.repository.subscriptions(tx, batch));
    const invoices = asked(this.repository.unpaidInvoices(tx, batch, asOf, through));
    return async (drafts) => {
      for (const row of await subscriptions) {
        drafts.get(row.account_id)?.facts.subscriptions.push({
          ref: row.ref,
          start: row.starts as Day,
          end: row.ends as Day | null,
          mrrMinor: row.mrr_minor === null ? null : money(row.mrr_minor, row.currency),
          quantity: row.quantity,
          seatBased: row.seat_based,
          autoRenew: row.auto_renew ?? false,
          termMonths: row.term_months,
        });
      }
      for (const row of await invoices) {
        drafts.get(row.account_id)?.facts.invoices.push({
          ref: row.ref,
          issued: row.issued as Day,
          due: row.due as Day | null,
          amountMinor: money(row.amount_minor, row.currency),
          status: row.status,
          paidOn: row.paid as Day | null,
          failedOn: row.failed as Day | null,
        });
      }
    };
  }
}
