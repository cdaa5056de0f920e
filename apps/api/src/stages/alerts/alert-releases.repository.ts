import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { LOCKS } from '../../db/advisory-locks.js';
import { addEventOfMany, keysOf, type LockedAlert, lockedAlerts } from '../../db/many-alerts.js';
import { open, type Tx } from '../../db/unit-of-work.js';

/** What a rule has newly raised on a day, all of which or the last of which is not released yet. */
export interface Raised {
  ruleId: string;
  day: IsoDay;
  /** Released or not. */
  newlyFired: number;
}

export interface Storm {
  ruleId: string;
  day: IsoDay;
  decision: 'released' | 'dropped' | null;
}

@Injectable()
export class AlertReleasesRepository {
  /** Releases follow one another, so that no two count the same storm by halves. */
  async lock(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.alertReleases}, 0)`);
  }

  async isAnyPending(tx: Tx): Promise<boolean> {
    const rows = await open(tx).prepared(`SELECT 1 FROM steward.alert WHERE state = 'pending' LIMIT 1`);
    return rows.length > 0;
  }

  raised(tx: Tx): Promise<Raised[]> {
    return open(tx).query(
      `SELECT p.rule_id AS "ruleId", p.opened_day AS day,
         (SELECT count(*)::int FROM steward.alert t WHERE t.rule_id = p.rule_id AND t.opened_day = p.opened_day
           AND t.started = 'change' AND t.state <> 'dropped') AS "newlyFired"
       FROM (SELECT DISTINCT rule_id, opened_day FROM steward.alert WHERE state = 'pending') AS p
       ORDER BY p.rule_id, p.opened_day`,
    );
  }

  storms(tx: Tx): Promise<Storm[]> {
    return open(tx).query(
      `SELECT rule_id AS "ruleId", day, decision FROM steward.alert_rule_hold WHERE reason = 'storm'`,
    );
  }

  /** By rule, the live accounts of its tiers, counted up to the most that is asked for. */
  async inScope(tx: Tx, mostOf: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    if (mostOf.size === 0) return new Map();
    const rows = await open(tx).query<{ ruleId: string; accounts: number }>(
      `SELECT r.id AS "ruleId", (SELECT count(*) FROM (
           SELECT 1 FROM steward.account_state s
           WHERE s.status IN ('trial', 'customer') AND (r.tiers IS NULL OR s.tier = ANY(r.tiers)) LIMIT u.most
         ) AS live)::int AS accounts
       FROM unnest($1::uuid[], $2::int[]) AS u (id, most) JOIN steward.alert_rule r ON r.id = u.id`,
      [[...mostOf.keys()], [...mostOf.values()]],
    );
    return new Map(rows.map(({ ruleId, accounts }) => [ruleId, accounts]));
  }

  /** Holds a rule; what it would have fired on so far is counted with it. `inScope`: all the accounts of its scope. */
  async hold(tx: Tx, { ruleId, day, newlyFired }: Raised, inScope: number, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.alert_rule_hold (rule_id, reason, day, since_at, would_fire, in_scope)
       VALUES ($1, 'storm', $2::date, $3, $4, $5)
       ON CONFLICT (rule_id, reason) DO UPDATE SET day = EXCLUDED.day, since_at = EXCLUDED.since_at,
         would_fire = EXCLUDED.would_fire, in_scope = EXCLUDED.in_scope, decision = NULL, decided_at = NULL,
         decided_by = NULL`,
      [ruleId, day, at, newlyFired, inScope],
    );
  }

  /** How many alerts wait behind a hold that nobody has decided about. */
  async countHeld(tx: Tx, ruleIds: readonly string[]): Promise<void> {
    if (ruleIds.length === 0) return;
    await open(tx).query(
      `UPDATE steward.alert_rule_hold h SET would_fire = p.alerts
       FROM (SELECT rule_id, count(*)::int AS alerts FROM steward.alert
         WHERE state = 'pending' AND rule_id = ANY($1::uuid[]) GROUP BY rule_id) AS p
       WHERE h.rule_id = p.rule_id AND h.reason = 'storm' AND h.decision IS NULL AND h.would_fire < p.alerts`,
      [[...ruleIds]],
    );
  }

  /** The rules that wait for a silent source are exactly these. */
  async setSilent(tx: Tx, silent: readonly { ruleId: string; source: string }[], day: IsoDay, at: Date): Promise<void> {
    const { query } = open(tx);
    await query(`DELETE FROM steward.alert_rule_hold WHERE reason = 'silentSource' AND NOT rule_id = ANY($1::uuid[])`, [
      silent.map(({ ruleId }) => ruleId),
    ]);
    if (silent.length === 0) return;
    await query(
      `INSERT INTO steward.alert_rule_hold (rule_id, reason, day, since_at, source)
       SELECT u.rule_id, 'silentSource', $1::date, $2, u.source FROM unnest($3::uuid[], $4::text[]) AS u (rule_id, source)
       ORDER BY u.rule_id
       ON CONFLICT (rule_id, reason) DO UPDATE SET source = EXCLUDED.source`,
      [day, at, silent.map(({ ruleId }) => ruleId), silent.map(({ source }) => source)],
    );
  }

  /** Alerts whose time is up without anybody having acknowledged them: the event is what somebody is told of. */
  async escalate(tx: Tx, day: IsoDay, at: Date): Promise<number> {
    const due = `state = 'open' AND escalated_at IS NULL AND escalate_at <= $3 AND severity IN ('high', 'critical')`;
    let escalated = 0;
    for await (const page of lockedAlerts(tx, due, [at])) {
      await open(tx).query(
        `UPDATE steward.alert SET escalated_at = $3, revision = revision + 1
         WHERE account_id = ANY($1::uuid[]) AND id = ANY($2::uuid[])`,
        [...keysOf(page), at],
      );
      const detailsOf = ({ severity }: LockedAlert) => ({ severity });
      await addEventOfMany(tx, page, { kind: 'escalated', at, dayOf: () => day, detailsOf, by: null, isNews: true });
      escalated += page.length;
    }
    return escalated;
  }
}
