import { Injectable } from '@nestjs/common';
import type { ForecastCategory, RenewalOutcome } from '@steward/shared/renewals';
import { open, type Tx } from '../../db/unit-of-work.js';

/** An outcome with its words, as it stands or stood. */
export interface OutcomeFields {
  outcome: RenewalOutcome | null;
  outcomeDay: string | null;
  renewedAmountMinor: number | null;
  reasonKey: string | null;
  note: string | null;
}

export interface StoredRenewal extends OutcomeFields {
  dueOn: string;
  amountMinor: number | null;
  decidedBy: string | null;
  /** What taking the outcome back restores; `renewalDate` where it moved the account's. */
  before: (OutcomeFields & { renewalDate?: { from: string | null; to: string } }) | null;
  forecastCategory: ForecastCategory | null;
  forecastAmountMinor: number | null;
  revision: number;
}

const BY_KEY = 'account_id = $1 AND due_on = $2::date';

@Injectable()
export class RenewalWritesRepository {
  /** Held until the end of the transaction. Null: there is none. */
  async held(tx: Tx, accountId: string, dueOn: string): Promise<StoredRenewal | null> {
    const [row] = await open(tx).query<StoredRenewal>(
      `SELECT due_on AS "dueOn", amount_minor AS "amountMinor", outcome, outcome_day AS "outcomeDay",
         renewed_amount_minor AS "renewedAmountMinor", reason_key AS "reasonKey", note, decided_by AS "decidedBy", before,
         forecast_category AS "forecastCategory", forecast_amount_minor AS "forecastAmountMinor", revision
       FROM steward.renewal WHERE ${BY_KEY} FOR UPDATE`,
      [accountId, dueOn],
    );
    return row ?? null;
  }

  async setForecast(
    tx: Tx,
    accountId: string,
    dueOn: string,
    forecast: { category: ForecastCategory | null; amountMinor: number | null },
    by: { userId: string; at: Date },
  ): Promise<void> {
    await open(tx).query(
      `UPDATE steward.renewal SET forecast_category = $3, forecast_amount_minor = $4, forecast_by = $5, forecast_at = $6,
         revision = revision + 1, updated_at = $6 WHERE ${BY_KEY}`,
      [accountId, dueOn, forecast.category, forecast.amountMinor, by.userId, by.at],
    );
  }

  /** `decidedBy` null: the facts tell again. */
  async setOutcome(
    tx: Tx,
    accountId: string,
    dueOn: string,
    outcome: OutcomeFields,
    by: { decidedBy: string | null; before: StoredRenewal['before']; at: Date },
  ): Promise<void> {
    await open(tx).query(
      `UPDATE steward.renewal SET outcome = $3, outcome_day = $4::date, renewed_amount_minor = $5, reason_key = $6, note = $7,
         decided_by = $8, decided_at = CASE WHEN $8::uuid IS NULL THEN NULL ELSE $9::timestamptz END, before = $10::jsonb,
         revision = revision + 1, updated_at = $9 WHERE ${BY_KEY}`,
      [
        accountId,
        dueOn,
        outcome.outcome,
        outcome.outcomeDay,
        outcome.renewedAmountMinor,
        outcome.reasonKey,
        outcome.note,
        by.decidedBy,
        by.at,
        by.before === null ? null : JSON.stringify(by.before),
      ],
    );
  }

  /** The next run tells the account's renewals anew. */
  async askAgain(tx: Tx, accountId: string): Promise<void> {
    await open(tx).query('DELETE FROM steward.renewal_check WHERE account_id = $1', [accountId]);
  }
}
