import type { AlertChannel, AlertDryRunAnswer, AlertOwnerRole, AlertRuleQuality } from '@steward/shared/alert-rules';
import { formatDay } from '../../../lib/days.js';
import { formatNumber, formatPercent, NONE, plural } from '../../../lib/format.js';

/** How alert rules and what they are worth are called. */

export const OWNER_WORDS: Record<AlertOwnerRole, string> = { csm: 'CSM', am: 'AM' };

export const CHANNEL_WORDS: Record<AlertChannel, string> = {
  inApp: 'In Steward',
  email: 'E-mail',
  webhook: 'Webhooks',
};

export const tiersWords = (tiers: readonly string[] | null): string => (tiers === null ? 'All' : tiers.join(', '));

/** A figure, the counts that it comes from, and what it means. */
export interface Figure {
  value: string;
  counts: string | null;
  meaning: string;
}

type Counted = Omit<AlertRuleQuality, 'ruleId' | 'name'>;

const share = (rate: number | null): string => (rate === null ? NONE : formatPercent(rate * 100));

export function firedFigure({ fired, live }: Counted): Figure {
  return {
    value: formatNumber(fired),
    counts: live === 0 ? null : `${formatNumber(live)} live`,
    meaning: `Raised ${plural(fired, 'alert')}, of which ${formatNumber(live)} live now. What was true at a rule’s first look is not counted.`,
  };
}

export function inTimeFigure({ acknowledgedInTime, toAcknowledge, acknowledgedInTimeRate }: Counted): Figure {
  return {
    value: share(acknowledgedInTimeRate),
    counts: toAcknowledge === 0 ? null : `${formatNumber(acknowledgedInTime)} of ${formatNumber(toAcknowledge)}`,
    meaning:
      toAcknowledge === 0
        ? 'No alert has been acknowledged, and none is late.'
        : `${formatNumber(acknowledgedInTime)} of ${plural(toAcknowledge, 'alert')} acknowledged within the business hours that the account’s tier promises. Those that may still wait are not counted.`,
  };
}

export function outcomeFigure({ successful, unsuccessful, falseAlarm, cleared }: Counted): Figure {
  const resolved = successful + unsuccessful + falseAlarm;
  return {
    value: resolved === 0 ? NONE : `${formatNumber(successful)} successful`,
    counts: resolved + cleared === 0 ? null : `${formatNumber(unsuccessful)} not · ${formatNumber(cleared)} cleared`,
    meaning: `Resolved by people: ${formatNumber(successful)} successful, ${formatNumber(unsuccessful)} unsuccessful, ${plural(falseAlarm, 'false alarm')}. ${formatNumber(cleared)} cleared when the condition no longer held.`,
  };
}

export function falseAlarmFigure({ successful, unsuccessful, falseAlarm, falseAlarmRate }: Counted): Figure {
  const resolved = successful + unsuccessful + falseAlarm;
  return {
    value: share(falseAlarmRate),
    counts: resolved === 0 ? null : `${formatNumber(falseAlarm)} of ${formatNumber(resolved)}`,
    meaning:
      resolved === 0
        ? 'Nobody has resolved an alert of it.'
        : `${formatNumber(falseAlarm)} of the ${formatNumber(resolved)} that people resolved were false alarms.`,
  };
}

/** `amount`: the ARR kept, as money. */
export function keptFigure({ kept, keptUnknown, arrKeptMinor }: Counted, amount: (minor: number) => string): Figure {
  const waiting = keptUnknown === 0 ? '' : ` ${formatNumber(keptUnknown)} resolved too recently to know.`;
  return {
    value: arrKeptMinor === null ? NONE : amount(arrKeptMinor),
    counts: kept === 0 ? null : plural(kept, 'account'),
    meaning: `${plural(kept, 'account')} still a customer 90 days after an alert was resolved as successful; their ARR when it opened, each counted once.${waiting}`,
  };
}

/** Would fire on 14 accounts today. */
export const todayWords = ({ accounts }: AlertDryRunAnswer['today']): string =>
  `Would fire on ${plural(accounts, 'account')} today`;

/** In the last 90 days 63 times, of which 21 before a churn. Days may be fewer than asked for. */
export function pastWords(past: AlertDryRunAnswer['past']): string {
  if (past === null) return 'There are no closed days to look back on yet.';
  const { days, fired, beforeChurn } = past;
  const times = fired === 0 ? 'not once' : `${formatNumber(fired)} ${fired === 1 ? 'time' : 'times'}`;
  const before = fired === 0 ? '' : `, of which ${formatNumber(beforeChurn)} before a churn`;
  return `In the last ${plural(days, 'day')} ${times}${before}.`;
}

/** How many of the accounts that churned had an alert before; null where none churned. */
export function caughtWords(past: AlertDryRunAnswer['past']): string | null {
  if (past === null || past.churned === 0) return null;
  return `${formatNumber(past.churnedWithAlert)} of the ${plural(past.churned, 'account')} that churned from ${formatDay(past.from)} to ${formatDay(past.to)} had an alert before.`;
}
