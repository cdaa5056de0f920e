import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { addEventOfMany, keysOf, lockedAlerts } from '../../db/many-alerts.js';
import { open, type Tx } from '../../db/unit-of-work.js';

const PENDING = `state = 'pending' AND rule_id = ANY($3::uuid[])`;

export interface Decision {
  /** Who decided. */
  by: string;
  at: Date;
  today: IsoDay;
}

/** Alerts that a storm holds back, for whoever decides about them: they are shown and told of, or thrown away. */
@Injectable()
export class PendingAlerts {
  /** Opens what the rules have raised so far. Answers the number of alerts. */
  open(tx: Tx, ruleIds: readonly string[], at: Date): Promise<number> {
    return this.show(tx, ruleIds, at, { beginsNow: false });
  }

  /** A person lets a storm pass: its alerts are shown, and the time to answer them begins now. Null: none is held. */
  async release(tx: Tx, ruleId: string, decision: Decision): Promise<number | null> {
    if (!(await this.decide(tx, ruleId, 'released', decision))) return null;
    return this.show(tx, [ruleId], decision.at, { beginsNow: true });
  }

  private async show(
    tx: Tx,
    ruleIds: readonly string[],
    at: Date,
    { beginsNow }: { beginsNow: boolean },
  ): Promise<number> {
    if (ruleIds.length === 0) return 0;
    const begins = `, escalate_at = $3::timestamptz + (escalate_at - opened_at), opened_at = $3::timestamptz`;
    let shown = 0;
    for await (const page of lockedAlerts(tx, PENDING, [[...ruleIds]])) {
      await open(tx).query(
        `UPDATE steward.alert SET state = 'open', revision = revision + 1 ${beginsNow ? begins : ''}
         WHERE account_id = ANY($1::uuid[]) AND id = ANY($2::uuid[])`,
        [...keysOf(page), ...(beginsNow ? [at] : [])],
      );
      await addEventOfMany(tx, page, {
        kind: 'opened',
        at,
        dayOf: ({ openedDay }) => openedDay,
        detailsOf: ({ started, severity }) => ({ started, severity }),
        by: null,
        isNews: true,
      });
      shown += page.length;
    }
    return shown;
  }

  /** A person throws a storm's alerts away: nobody ever sees them. Null: none is held. */
  async drop(tx: Tx, ruleId: string, decision: Decision): Promise<number | null> {
    if (!(await this.decide(tx, ruleId, 'dropped', decision))) return null;
    const { by, at, today } = decision;
    let dropped = 0;
    for await (const page of lockedAlerts(tx, PENDING, [[ruleId]])) {
      await open(tx).query(
        `UPDATE steward.alert SET state = 'dropped', ended_day = $3::date, ended_at = $4, ended_by = $5,
           revision = revision + 1
         WHERE account_id = ANY($1::uuid[]) AND id = ANY($2::uuid[])`,
        [...keysOf(page), today, at, by],
      );
      const dayOf = () => today;
      await addEventOfMany(tx, page, { kind: 'dropped', at, dayOf, detailsOf: () => null, by, isNews: false });
      dropped += page.length;
    }
    return dropped;
  }

  private async decide(
    tx: Tx,
    ruleId: string,
    decision: 'released' | 'dropped',
    { by, at }: Decision,
  ): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.alert_rule_hold SET decision = $2, decided_at = $3, decided_by = $4
       WHERE rule_id = $1 AND reason = 'storm' AND decision IS NULL RETURNING rule_id`,
      [ruleId, decision, at, by],
    );
    return rows.length > 0;
  }
}
