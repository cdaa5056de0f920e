import type {
  Alert,
  AlertEventKind,
  AlertKind,
  AlertOutcome,
  AlertSeverity,
  SHOWN_ALERT_STATES,
} from '@steward/shared/alerts';
import { formatDay } from '../../lib/days.js';

/** How alerts are called on every screen. */

export const KIND_WORDS: Record<AlertKind, string> = {
  churn: 'Churn risk',
  renewal: 'Renewal',
  expansion: 'Expansion',
  lifecycle: 'Lifecycle',
  billing: 'Billing',
  data: 'Data',
};

export const SEVERITY_WORDS: Record<AlertSeverity, string> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

export const STATE_WORDS: Record<(typeof SHOWN_ALERT_STATES)[number], string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
  cleared: 'Cleared',
};

export const OUTCOME_WORDS: Record<AlertOutcome, string> = {
  successful: 'Successful',
  unsuccessful: 'Unsuccessful',
  falseAlarm: 'False alarm',
};

export const EVENT_WORDS: Record<AlertEventKind, string> = {
  opened: 'Opened',
  evidence: 'New evidence',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  woken: 'Woken',
  assigned: 'Assigned',
  resolved: 'Resolved',
  cleared: 'Cleared: its condition no longer holds',
  escalated: 'Escalated',
  undone: 'Taken back',
  severity: 'Severity changed',
};

export const isLive = ({ state }: Pick<Alert, 'state'>): boolean =>
  state === 'open' || state === 'acknowledged' || state === 'snoozed';

/** What the alert comes from: its rule, or a person. */
export function originOf({ rule }: Pick<Alert, 'rule'>): string {
  if (rule === null) return 'Raised by hand';
  return rule.name ?? 'A rule that is gone';
}

/** “Acknowledged by Ines Ito”, “Resolved, successful: they signed”. */
export function stateText(alert: Alert): string {
  const word = STATE_WORDS[alert.state];
  if (alert.state === 'snoozed') return `${word} until ${formatDay(alert.snoozedUntil)}: ${alert.snoozeReason ?? ''}`;
  if (alert.state === 'acknowledged' && alert.acknowledgedBy) return `${word} by ${alert.acknowledgedBy}`;
  if (alert.state === 'resolved' && alert.outcome) {
    return `${word}, ${OUTCOME_WORDS[alert.outcome].toLowerCase()}${alert.outcomeNote ? `: ${alert.outcomeNote}` : ''}`;
  }
  return alert.escalatedAt && alert.state === 'open' ? `${word}, escalated` : word;
}
