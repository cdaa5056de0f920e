import { Injectable } from '@nestjs/common';
import type { AlertOutcome, ShownAlertState } from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** Alerts that are in memory at once. */
const PAGE = 2_000;

/** An alert as the quality of its rule needs it. */
export interface JudgedAlert {
  accountId: string;
  state: ShownAlertState;
  outcome: AlertOutcome | null;
  openedAt: Date;
  acknowledgedAt: Date | null;
  endedDay: IsoDay | null;
  arrMinor: number | null;
  /** The account's tier when the alert opened, where it is known; else its tier now. */
  tier: string | null;
  churnedOn: IsoDay | null;
}

@Injectable()
export class AlertQualityRepository {
  /**
   * A rule's alerts that opened on these days by a change, of accounts in the scope, in the order in which they opened: a
   * page at a time, because there may be more than memory holds.
   */
  async *pages(tx: Tx, scope: Scope, ruleId: string, from: IsoDay, to: IsoDay): AsyncGenerator<JudgedAlert[]> {
    const { query } = open(tx);
    const { bind, values } = new Binder();
    await query(
      `DECLARE judged NO SCROLL CURSOR FOR
       SELECT t.account_id AS "accountId", t.state, t.outcome, t.opened_at AS "openedAt",
         t.acknowledged_at AS "acknowledgedAt", t.ended_day AS "endedDay", t.arr_minor_at_open AS "arrMinor", coalesce(h.tier, s.tier) AS tier, a.churned_on AS "churnedOn"
       FROM steward.alert t JOIN steward.account a ON a.id = t.account_id
         LEFT JOIN steward.account_state s ON s.account_id = t.account_id
         LEFT JOIN steward.account_snapshot h ON h.account_id = t.account_id AND h.day = t.opened_day
       WHERE t.rule_id = ${bind(ruleId)}::uuid AND t.started IN ('change', 'lived')
         AND t.state IN ('open', 'acknowledged', 'snoozed', 'resolved', 'cleared')
         AND t.opened_day BETWEEN ${bind(from)}::date AND ${bind(to)}::date AND ${scopePredicate(scope, bind)}
       ORDER BY t.opened_at, t.id`,
      values,
    );
    for (;;) {
      const page = await query<JudgedAlert>(`FETCH ${PAGE} FROM judged`);
      if (page.length > 0) yield page;
      if (page.length < PAGE) break;
    }
    await query('CLOSE judged');
  }
}
