import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { announce } from '../../db/live-channel.js';
import type { Tx } from '../../db/unit-of-work.js';
import { type Actor, type Triage, triage, undo, undoable } from '../../domain/alerts/triage.js';
import { isoOf } from '../../domain/calendar/day.js';
import { changesBetween } from '../../platform/audit/changes.js';
import type { Scope } from '../../platform/auth/scope.js';
import { AccountsAlertsRepository } from './accounts-alerts.repository.js';
import { type AlertKey, type TriagedAlert, TriageRepository } from './triage.repository.js';

export interface Acting {
  by: Actor;
  scope: Scope;
}

export interface Snooze {
  until: IsoDay;
  reason: string;
}

/** What people do with the alerts of many accounts at once, within the caller's transaction and entry of the log. */
@Injectable()
export class AccountsAlerts {
  constructor(
    private readonly alerts: AccountsAlertsRepository,
    private readonly repository: TriageRepository,
  ) {}

  /** Somebody has looked at an alert by doing something about it. */
  async acknowledge(tx: Tx, acting: Acting, key: AlertKey): Promise<'done' | 'unknown' | 'ended'> {
    const [alert] = await this.repository.load(tx, acting.scope, [key]);
    if (!alert) return 'unknown';
    if (alert.state === 'resolved' || alert.state === 'cleared') return 'ended';
    await this.each(tx, acting, [key], async (each) => triage(each, { kind: 'acknowledge' }, acting.by));
    return 'done';
  }

  /** Snoozes what lives on the accounts; answers what that changed. */
  async snooze(tx: Tx, acting: Acting, accountIds: readonly string[], snooze: Snooze): Promise<AlertKey[]> {
    const keys = await this.alerts.live(tx, acting.scope, accountIds);
    return this.each(tx, acting, keys, async (alert) => triage(alert, { kind: 'snooze', ...snooze }, acting.by));
  }

  /** Takes such a snooze back where it is still the last that a person did; answers where it was. */
  async wake(tx: Tx, acting: Acting, keys: readonly AlertKey[], { until, reason }: Snooze): Promise<AlertKey[]> {
    return this.each(tx, acting, keys, async (alert) => {
      const last = undoable(await this.repository.pastEvents(tx, alert.accountId, alert.id));
      const isIt =
        last?.kind === 'snoozed' &&
        last.byUserId === acting.by.userId &&
        last.details?.until === until &&
        last.details?.reason === reason;
      return isIt ? { kind: 'done', ...undo(alert, last) } : { kind: 'refused', why: 'NOTHING_TO_UNDO' };
    });
  }

  private async each(
    tx: Tx,
    { by, scope }: Acting,
    keys: readonly AlertKey[],
    decide: (alert: TriagedAlert) => Promise<Triage>,
  ): Promise<AlertKey[]> {
    if (keys.length === 0) return [];
    const done: AlertKey[] = [];
    for (const alert of await this.repository.load(tx, scope, keys)) {
      const decided = await decide(alert);
      if (decided.kind === 'refused' || decided.event === null) continue;
      const { change, event } = decided;
      if (Object.keys(changesBetween(alert, change)).length === 0) continue;
      if (!(await this.repository.change(tx, alert, alert.revision, change))) continue;
      const before = Object.fromEntries(
        Object.keys(change).map((field) => [field, alert[field as keyof TriagedAlert]]),
      );
      const { accountId, id } = alert;
      await this.repository.addEvent(tx, {
        accountId,
        id,
        ...event,
        at: by.at,
        day: isoOf(by.day),
        byUserId: by.userId,
        before: event.kind === 'undone' ? null : before,
        isNews: false,
      });
      done.push({ accountId, id });
    }
    if (done.length > 0) await announce(tx, { topic: 'alerts', ids: [...new Set(done.map((key) => key.accountId))] });
    return done;
  }
}
