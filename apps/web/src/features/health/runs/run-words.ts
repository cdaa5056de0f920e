import type { BacktestResult, Estimate, Outcome, StudioConfig, StudioRunState } from '@steward/shared/health-studio';
import { formatNumber, formatPercent, NONE, plural } from '../../../lib/format.js';

export const OUTCOME_WORDS: Record<Outcome, string> = { churn: 'Churn', downgrade: 'Downgrade' };
/** “left”, “paid less” */
export const OUTCOME_DID: Record<Outcome, string> = { churn: 'churned', downgrade: 'paid less or churned' };

export const STATE_WORDS: Record<StudioRunState, string> = {
  queued: 'Waiting',
  running: 'Running',
  cancelling: 'Stopping',
  done: 'Done',
  cancelled: 'Stopped',
  failed: 'Failed',
};

/** “0.83 (0.79 to 0.87)” */
export function estimateWords(estimate: Estimate | null, digits = 2): string {
  if (estimate === null) return NONE;
  const text = (value: number) => formatNumber(value, digits);
  return `${text(estimate.value)} (${text(estimate.low)} to ${text(estimate.high)})`;
}

/** A share from 0 to 1 with its interval: “12 % (8 to 17 %)”. */
export function rateWords(rate: Estimate | null): string {
  if (rate === null) return NONE;
  const digits = rate.value < 0.1 ? 1 : 0;
  return `${formatPercent(rate.value * 100, digits)} (${formatNumber(rate.low * 100, digits)} to ${formatPercent(rate.high * 100, digits)})`;
}

/** “Churn within 90 days, Jan 2026 to Mar 2026” */
export function configWords({ outcome, horizonDays, from, to, accounts }: StudioConfig): string {
  const months =
    from === null && to === null ? 'the newest 12 months' : `${from ?? 'the first month'} to ${to ?? 'the last'}`;
  const whose = accounts === 'own' ? ', its own accounts' : '';
  return `${OUTCOME_WORDS[outcome]} within ${plural(horizonDays, 'day')}, ${months}${whose}`;
}

type Figures = Pick<
  BacktestResult,
  'outcome' | 'horizonDays' | 'observations' | 'accounts' | 'events' | 'eventAccounts' | 'months' | 'unknown'
>;

/** What was looked at, so that nobody has to guess what an observation is. */
export function basisWords(result: Figures): string {
  const { outcome, horizonDays, observations, accounts, events, eventAccounts, months, unknown } = result;
  if (observations === 0) return 'There was no live account at any of these month-ends.';
  const none = unknown === 0 ? '' : ` ${formatNumber(unknown)} observations had no score.`;
  return `${plural(accounts, 'account')} at ${plural(months.length, 'month-end')} make ${plural(observations, 'observation')}; ${plural(eventAccounts, 'account')} ${OUTCOME_DID[outcome]} within ${horizonDays} days of one (${plural(events, 'observation')} before it).${none}`;
}

/** “17 of the 20 accounts that churned were at risk before, in the median 62 days ahead.” */
export function warningWords(
  { accounts, warned, medianDays }: BacktestResult['warningTime'],
  outcome: Outcome,
): string {
  if (accounts === 0) return `No account ${OUTCOME_DID[outcome]} in this time.`;
  const who = `${formatNumber(warned)} of the ${plural(accounts, 'account')} that ${OUTCOME_DID[outcome]}`;
  if (warned === 0 || medianDays === null)
    return `None of the ${plural(accounts, 'account')} that ${OUTCOME_DID[outcome]} was at risk at a month-end before.`;
  return `${who} ${warned === 1 ? 'was' : 'were'} at risk at a month-end before it, in the median ${plural(Math.round(medianDays), 'day')} ahead.`;
}

/** Of a chart of rates: “Highest: at risk, 34 %; lowest: healthy, 2 %.” */
export function ratesWords(rows: readonly { label: string; rate: Estimate | null }[]): string {
  const known = rows.flatMap(({ label, rate }) => (rate === null ? [] : [{ label, value: rate.value }]));
  const [first] = known;
  if (first === undefined) return 'There is nothing to compare.';
  const high = known.reduce((a, b) => (b.value > a.value ? b : a), first);
  const low = known.reduce((a, b) => (b.value < a.value ? b : a), first);
  const percent = (value: number) => formatPercent(value * 100, value < 0.1 ? 1 : 0);
  if (high.value === low.value) return `The same everywhere: ${percent(high.value)}.`;
  return `Highest: ${high.label.toLowerCase()}, ${percent(high.value)}; lowest: ${low.label.toLowerCase()}, ${percent(low.value)}.`;
}
