import type { IsoDay } from '@steward/shared/common';
import { v5 as uuid } from 'uuid';
import { open, type Tx } from './unit-of-work.js';

/** Ids of alerts are made of account, rule and first day, those of a run's events of alert, kind and day. */
export const ALERTS = 'a0b6b2f0-51f4-5f0e-8a3b-6f2d0b9e7c41';

/** `why` tells apart events of one kind on one day. */
export const alertEventId = (alertId: string, kind: string, why: string, day: IsoDay) =>
  uuid(`${alertId} ${kind} ${why} ${day}`, ALERTS);

/** Alerts that are changed by one statement. */
const PAGE = 1_000;

export interface LockedAlert {
  accountId: string;
  id: string;
  openedDay: IsoDay;
  started: string;
  severity: string;
}

/**
 * Alerts over many accounts, locked a page at a time in the order of their keys: two that change many at once never wait
 * for each other in a circle. `where` is over `steward.alert`, its parameters begin at `$3`.
 */
export async function* lockedAlerts(
  tx: Tx,
  where: string,
  parameters: readonly unknown[],
): AsyncGenerator<LockedAlert[]> {
  let last: LockedAlert | undefined;
  do {
    const page: LockedAlert[] = await open(tx).query<LockedAlert>(
      `SELECT account_id AS "accountId", id, opened_day AS "openedDay", started, severity FROM steward.alert
       WHERE ($1::uuid IS NULL OR (account_id, id) > ($1::uuid, $2::uuid)) AND ${where}
       ORDER BY account_id, id LIMIT ${PAGE} FOR UPDATE`,
      [last?.accountId ?? null, last?.id ?? null, ...parameters],
    );
    if (page.length > 0) yield page;
    last = page.length < PAGE ? undefined : page.at(-1);
  } while (last !== undefined);
}

export const keysOf = (alerts: readonly LockedAlert[]): [string[], string[]] => [
  alerts.map(({ accountId }) => accountId),
  alerts.map(({ id }) => id),
];

interface EventOfMany {
  kind: 'opened' | 'dropped' | 'escalated';
  at: Date;
  dayOf: (alert: LockedAlert) => IsoDay;
  detailsOf: (alert: LockedAlert) => object | null;
  by: string | null;
  /** Somebody may want to be told. */
  isNews: boolean;
}

/** The same event of each of these alerts, in the order of their keys. */
export async function addEventOfMany(tx: Tx, alerts: readonly LockedAlert[], event: EventOfMany): Promise<void> {
  const details = alerts.map(event.detailsOf);
  await open(tx).query(
    `INSERT INTO steward.alert_event (account_id, id, alert_id, kind, at, day, by_user_id, details, told_at)
     SELECT u.account_id, u.id, u.alert_id, $1::text, $2::timestamptz, u.day, $3::uuid, u.details,
       CASE WHEN NOT $4::boolean THEN $2::timestamptz END
     FROM unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::date[], $9::jsonb[])
       AS u (account_id, id, alert_id, day, details)
     ORDER BY u.account_id, u.id ON CONFLICT (account_id, id) DO NOTHING`,
    [
      event.kind,
      event.at,
      event.by,
      event.isNews,
      alerts.map(({ accountId }) => accountId),
      alerts.map((alert) => alertEventId(alert.id, event.kind, '', event.dayOf(alert))),
      alerts.map(({ id }) => id),
      alerts.map(event.dayOf),
      details.map((each) => (each === null ? null : JSON.stringify(each))),
    ],
  );
}
