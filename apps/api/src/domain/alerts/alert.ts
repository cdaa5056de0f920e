import type { AlertHeldReason, AlertOutcome, AlertSeverity, AlertStart } from '@steward/shared/alerts';
import type { Day } from '../calendar/day.js';

/** States of an alert that has not ended: at most one of a rule and account. `pending` ones are not shown yet. */
export const LIVE_ALERT_STATES = ['pending', 'open', 'acknowledged', 'snoozed'] as const;
type LiveAlertState = (typeof LIVE_ALERT_STATES)[number];

/** `dropped`: one of a storm that an admin threw away; nobody ever saw it. */
type EndedAlertState = 'resolved' | 'cleared' | 'dropped';

/** A fall that an alert was raised for: the value before it, and the value when the alert was raised. */
export interface Loss {
  field: string;
  before: number;
  at: number;
}

/** What an alert rests on, as stored. */
export interface StoredEvidence {
  /** The fields that the rule read. Money in major units, days as ISO text. */
  values: { field: string; value: unknown }[];
  /** Places, among the rule's conditions in order, of those that hold. Null: raised by hand. */
  leaves: number[] | null;
  loss: Loss | null;
}

/** A live alert as the decision of a day needs it. */
export interface LiveAlert {
  state: LiveAlertState;
  started: AlertStart;
  severity: AlertSeverity;
  openedDay: Day;
  /** Null: the rule still holds. */
  lastMatchedDay: Day | null;
  clearSinceDay: Day | null;
  heldReason: AlertHeldReason | null;
  /** The last day of rest. */
  snoozedUntil: Day | null;
  scoreNoted: number | null;
  leaves: readonly number[] | null;
  loss: Loss | null;
}

/** The last alert of the same rule and account that has ended. */
export interface EndedAlert {
  state: EndedAlertState;
  outcome: AlertOutcome | null;
  /** Later than the day that is decided on where a person ended it before that day was closed. */
  endedDay: Day;
  falseSinceDay: Day | null;
}
