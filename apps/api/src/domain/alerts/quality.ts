import type { AlertRuleQuality } from '@steward/shared/alert-rules';
import type { AlertOutcome, ShownAlertState } from '@steward/shared/alerts';
import { addDays, type Day } from '../calendar/day.js';

/** An account that is still a customer so many days after its alert was resolved as successful was kept. */
export const KEPT_AFTER_DAYS = 90;

/** An alert that opened by a change. */
export interface QualityAlert {
  accountId: string;
  state: ShownAlertState;
  outcome: AlertOutcome | null;
  acknowledgedAt: Date | null;
  endedDay: Day | null;
  /** When the account opened its alert, in minor units. */
  arrMinor: number | null;
  churnedOn: Day | null;
  /** The instant until which the account's tier promises an answer, in milliseconds since 1970. */
  answerBy: number;
}

const share = (of: number, all: number): number | null => (all === 0 ? null : of / all);

/**
 * How good a rule's alerts were. In time: acknowledged, snoozed or resolved before the tier's business hours were over,
 * of those that were, or whose time is over; an alert that cleared by itself within its time is neither. False-alarm
 * rate: false alarms ÷ alerts that a person resolved. Kept: resolved as successful and no churn after that day and within
 * 90 days of it (one before is an earlier time as a customer), each account's ARR once, the latest; before 90 days have passed it is not known. Shares are null where there is nothing to
 * take one of.
 */
export function qualityOf(
  alerts: readonly QualityAlert[],
  { today, now }: { today: Day; now: number },
): Omit<AlertRuleQuality, 'ruleId' | 'name'> {
  const with_ = (outcome: AlertOutcome) => alerts.filter((alert) => alert.outcome === outcome);
  const inState = (...states: ShownAlertState[]) => alerts.filter(({ state }) => states.includes(state)).length;
  const inTime = alerts.filter(
    (alert) => (alert.acknowledgedAt?.getTime() ?? Number.POSITIVE_INFINITY) <= alert.answerBy,
  );
  const toAcknowledge = alerts.filter(
    (alert) => alert.acknowledgedAt !== null || (alert.answerBy < now && alert.state !== 'cleared'),
  );
  const successful = with_('successful');
  const keptOn = (alert: QualityAlert) => addDays(alert.endedDay as Day, KEPT_AFTER_DAYS);
  const hasLeft = (alert: QualityAlert) =>
    alert.churnedOn !== null && alert.churnedOn > (alert.endedDay as Day) && alert.churnedOn <= keptOn(alert);
  const stayed = successful.filter((alert) => !hasLeft(alert));
  const kept = new Map(stayed.filter((alert) => keptOn(alert) <= today).map((each) => [each.accountId, each.arrMinor]));
  const known = [...kept.values()].filter((arr) => arr !== null);
  const resolved = inState('resolved');
  const falseAlarm = with_('falseAlarm').length;
  return {
    fired: alerts.length,
    live: inState('open', 'acknowledged', 'snoozed'),
    acknowledgedInTime: inTime.length,
    toAcknowledge: toAcknowledge.length,
    acknowledgedInTimeRate: share(inTime.length, toAcknowledge.length),
    successful: successful.length,
    unsuccessful: with_('unsuccessful').length,
    falseAlarm,
    cleared: inState('cleared'),
    falseAlarmRate: share(falseAlarm, resolved),
    kept: kept.size,
    arrKeptMinor: known.length === 0 ? null : known.reduce((sum, arr) => sum + arr, 0),
    keptUnknown: stayed.filter((alert) => keptOn(alert) > today).length,
  };
}
