import { addDays, type Day } from '../calendar/day.js';
import { AT_RISK, hasOutcome, type Observations } from './observations.js';

export interface WarningTime {
  /** Accounts with the outcome. */
  accounts: number;
  /** Of them, those at risk at some month-end within the horizon before it. */
  warned: number;
  /** Median of the days from the start of the warning to the outcome; null: nobody was warned. */
  medianDays: number | null;
}

/**
 * How long before the outcome the at-risk band warned. An account is warned when it was at risk at a month-end within the
 * horizon before its outcome. The warning began at the first of the unbroken at-risk month-ends that led to the last of
 * those, also where it lies before the horizon; another band, unknown included, breaks it. Each outcome of an account
 * counts once. Example: at risk at the end of March, April and May, churned on 10 June → 71 days.
 */
export function warningTimeOf(of: Observations): WarningTime {
  const outcomes = outcomesByAccount(of);
  const atRisk = bandsByAccount(of, new Set(outcomes.map(({ account }) => account)));
  const waits: number[] = [];
  for (const { account, day, lastAtRisk } of outcomes) {
    if (lastAtRisk === null) continue;
    const bands = atRisk.get(account)!;
    let first = lastAtRisk;
    while (first > 0 && bands[first - 1] === true) first -= 1;
    waits.push(day - of.days[first]!);
  }
  return { accounts: outcomes.length, warned: waits.length, medianDays: median(waits) };
}

interface AccountOutcome {
  account: number;
  day: Day;
  /** The last month-end within the horizon before it at which the account was at risk. */
  lastAtRisk: number | null;
}

function outcomesByAccount(of: Observations): AccountOutcome[] {
  const found = new Map<string, AccountOutcome>();
  for (let at = 0; at < of.size; at += 1) {
    if (!hasOutcome(of, at)) continue;
    const [account, month] = [of.account[at]!, of.month[at]!];
    const day = addDays(of.days[month]!, of.outcomeAfter[at]!);
    const key = `${account}:${day}`;
    const outcome = found.get(key) ?? { account, day, lastAtRisk: null };
    found.set(key, outcome);
    if (of.band[at] === AT_RISK && month > (outcome.lastAtRisk ?? -1)) outcome.lastAtRisk = month;
  }
  return [...found.values()];
}

/** Of the accounts: by month-end, whether they were at risk; undefined where they were not observed. */
function bandsByAccount(of: Observations, accounts: ReadonlySet<number>): Map<number, (boolean | undefined)[]> {
  const bands = new Map<number, (boolean | undefined)[]>([...accounts].map((account) => [account, []]));
  for (let at = 0; at < of.size; at += 1) {
    const ofAccount = bands.get(of.account[at]!);
    if (ofAccount) ofAccount[of.month[at]!] = of.band[at] === AT_RISK;
  }
  return bands;
}

/** The middle value, or the mean of the two middle ones; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
