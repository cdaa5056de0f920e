import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';

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
  async open(tx: Tx, ruleIds: readonly string[], at: Date): Promise<number> {
    if (ruleIds.length === 0) return 0;
    const released = await open(tx).query(
      `WITH released AS (
         UPDATE steward.alert SET state = 'open', revision = revision + 1
         WHERE state = 'pending' AND rule_id = ANY($1::uuid[])
         RETURNING account_id, id, opened_day, started, severity)
       INSERT INTO steward.alert_event (account_id, id, alert_id, kind, at, day, details)
       SELECT account_id, gen_random_uuid(), id, 'opened', $2, opened_day,
         jsonb_build_object('started', started, 'severity', severity)
       FROM released ORDER BY account_id, id RETURNING id`,
      [[...ruleIds], at],
    );
    return released.length;
  }

  /** A person lets a storm pass: its alerts are shown, and the time to answer them begins now. Null: none is held. */
  async release(tx: Tx, ruleId: string, decision: Decision): Promise<number | null> {
    if (!(await this.decide(tx, ruleId, 'released', decision))) return null;
    await open(tx).query(
      `UPDATE steward.alert SET escalate_at = $2::timestamptz + (escalate_at - opened_at), opened_at = $2::timestamptz
       WHERE state = 'pending' AND rule_id = $1`,
      [ruleId, decision.at],
    );
    return this.open(tx, [ruleId], decision.at);
  }

  /** A person throws a storm's alerts away: nobody ever sees them. Null: none is held. */
  async drop(tx: Tx, ruleId: string, decision: Decision): Promise<number | null> {
    if (!(await this.decide(tx, ruleId, 'dropped', decision))) return null;
    const dropped = await open(tx).query(
      `WITH dropped AS (
         UPDATE steward.alert SET state = 'dropped', ended_day = $2::date, ended_at = $3, ended_by = $4,
           revision = revision + 1
         WHERE state = 'pending' AND rule_id = $1 RETURNING account_id, id)
       INSERT INTO steward.alert_event (account_id, id, alert_id, kind, at, day, by_user_id, told_at)
       SELECT account_id, gen_random_uuid(), id, 'dropped', $3, $2::date, $4, $3
       FROM dropped ORDER BY account_id, id RETURNING id`,
      [ruleId, decision.today, decision.at, decision.by],
    );
    return dropped.length;
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
