import { Injectable } from '@nestjs/common';
import { LONGEST_SNOOZE_DAYS } from '../../../domain/alerts/triage.js';
import { addDays, isoOf, toDay } from '../../../domain/calendar/day.js';
import { AccountsAlerts, type Acting, type Snooze } from '../../alerts/accounts-alerts.service.js';
import {
  type Batch,
  type Deed,
  type KindOfBulk,
  type Ordered,
  type Outcomes,
  type RefusedWhole,
  refuseAll,
  refused,
  UNCHANGED,
} from './bulk-kind.js';

/** Lets the live alerts of accounts rest until a day. */
@Injectable()
export class SnoozeKind implements KindOfBulk<'snooze'> {
  constructor(private readonly alerts: AccountsAlerts) {}

  async refusedWhole({ day }: Ordered, { until }: Snooze): Promise<RefusedWhole | null> {
    if (until <= day) return { code: 'SNOOZE_ENDED', path: 'until' };
    const last = isoOf(addDays(toDay(day), LONGEST_SNOOZE_DAYS));
    return until > last ? { code: 'SNOOZE_TOO_LONG', path: 'until' } : null;
  }

  async apply(batch: Batch, snooze: Snooze): Promise<Outcomes> {
    const whole = await this.refusedWhole(batch, snooze);
    if (whole !== null) return refuseAll(batch, whole.code);
    const ids = batch.accounts.map(({ id }) => id);
    const snoozed = new Map<string, string[]>();
    for (const { accountId, id } of await this.alerts.snooze(batch.tx, actingOf(batch), ids, snooze)) {
      snoozed.set(accountId, [...(snoozed.get(accountId) ?? []), id]);
    }
    return new Map(
      ids.map((id) => {
        const alerts = snoozed.get(id);
        return [id, alerts ? { state: 'done', before: null, after: { alerts }, sinceDay: null } : UNCHANGED];
      }),
    );
  }

  async undo(batch: Batch, snooze: Snooze, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes> {
    const keys = batch.accounts.flatMap(({ id: accountId }) =>
      ((deeds.get(accountId) as Deed).after as { alerts: string[] }).alerts.map((id) => ({ accountId, id })),
    );
    const woken = new Set(
      (await this.alerts.wake(batch.tx, actingOf(batch), keys, snooze)).map(({ accountId }) => accountId),
    );
    return new Map(
      batch.accounts.map(({ id }) => [
        id,
        woken.has(id) ? { state: 'done', before: null, after: null, sinceDay: null } : refused('CHANGED_SINCE'),
      ]),
    );
  }
}

function actingOf({ user, scope, day, at }: Batch): Acting {
  return { by: { userId: user.id, day: toDay(day), at }, scope };
}
