import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';

/** What stands in the way of going through days past again. */
export interface InTheWay {
  /** Alerts since the day that were raised for people to see, or that people have done something with. */
  lived: number;
  /** The first day of the earliest alert that began before and reaches into these days; null: none does. */
  reaching: IsoDay | null;
}

@Injectable()
export class AlertReplayRepository {
  async inTheWay(tx: Tx, from: IsoDay): Promise<InTheWay> {
    const [row] = await open(tx).query<InTheWay>(
      `SELECT count(*) FILTER (WHERE t.started IN ('change', 'hand') OR EXISTS (SELECT 1 FROM steward.alert_event e
           WHERE e.account_id = t.account_id AND e.alert_id = t.id AND e.by_user_id IS NOT NULL
             AND NOT coalesce(e.details ? 'madeUp', FALSE)))::int AS lived,
         min(t.opened_day) FILTER (WHERE t.opened_day < $1::date) AS reaching
       FROM steward.alert t WHERE t.opened_day >= $1::date OR t.ended_day IS NULL OR t.ended_day >= $1::date`,
      [from],
    );
    return row ?? { lived: 0, reaching: null };
  }

  async lock(tx: Tx, batch: Batch, from: IsoDay): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).query(
      `SELECT 1 FROM steward.alert WHERE ${inBatch(batch, 'account_id', bind)} AND opened_day >= ${bind(from)}::date
       ORDER BY account_id, id FOR UPDATE`,
      values,
    );
  }

  /** Takes away what was found true at start, and what an earlier replay made; the next run asks all rules as new ones. */
  async clear(tx: Tx, batch: Batch, from: IsoDay): Promise<void> {
    const alerts = new Binder();
    await open(tx).query(
      `DELETE FROM steward.alert WHERE ${inBatch(batch, 'account_id', alerts.bind)}
         AND opened_day >= ${alerts.bind(from)}::date AND started IN ('start', 'replay', 'lived')`,
      alerts.values,
    );
    const evaluations = new Binder();
    await open(tx).query(
      `DELETE FROM steward.alert_evaluation WHERE ${inBatch(batch, 'account_id', evaluations.bind)}`,
      evaluations.values,
    );
  }
}
