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
 * How good a rule's alerts were; they are added in the order in which they opened. In time: acknowledged, snoozed or
 * resolved before the tier's business hours were over, of those that were, or whose time is over; an alert that cleared
 * by itself within its time is neither. False-alarm rate: false alarms ÷ alerts that a person resolved. Kept: resolved as
 * successful and no churn after that day and within 90 days of it (one before is an earlier time as a customer), each
 * account's ARR once, the latest; before 90 days have passed it is not known. Shares are null where there is nothing to
 * take one of.
 */
export class QualityTally {
  private readonly counts = {
    fired: 0,
    live: 0,
    acknowledgedInTime: 0,
    toAcknowledge: 0,
    successful: 0,
    unsuccessful: 0,
    falseAlarm: 0,
    cleared: 0,
    keptUnknown: 0,
  };
  private resolved = 0;
  /** By account that was kept, its ARR. */
  private readonly kept = new Map<string, number | null>();

  constructor(private readonly when: { today: Day; now: number }) {}

  add(alert: QualityAlert): void {
    const { counts } = this;
    const { state, outcome, acknowledgedAt, answerBy } = alert;
    counts.fired += 1;
    if (state === 'cleared') counts.cleared += 1;
    else if (state === 'resolved') this.resolved += 1;
    else counts.live += 1;
    if (acknowledgedAt !== null && acknowledgedAt.getTime() <= answerBy) counts.acknowledgedInTime += 1;
    if (acknowledgedAt !== null || (answerBy < this.when.now && state !== 'cleared')) counts.toAcknowledge += 1;
    if (outcome !== null) counts[outcome] += 1;
    if (outcome === 'successful' && alert.endedDay !== null) this.addSuccess(alert, alert.endedDay);
  }

  private addSuccess({ accountId, arrMinor, churnedOn }: QualityAlert, endedDay: Day): void {
    const keptOn = addDays(endedDay, KEPT_AFTER_DAYS);
    if (churnedOn !== null && churnedOn > endedDay && churnedOn <= keptOn) return;
    if (keptOn <= this.when.today) this.kept.set(accountId, arrMinor);
    else this.counts.keptUnknown += 1;
  }

  get figures(): Omit<AlertRuleQuality, 'ruleId' | 'name'> {
    const { acknowledgedInTime, toAcknowledge, falseAlarm } = this.counts;
    const known = [...this.kept.values()].filter((arr) => arr !== null);
    return {
      ...this.counts,
      acknowledgedInTimeRate: share(acknowledgedInTime, toAcknowledge),
      falseAlarmRate: share(falseAlarm, this.resolved),
      kept: this.kept.size,
      arrKeptMinor: known.length === 0 ? null : known.reduce((sum, arr) => sum + arr, 0),
    };
  }
}
