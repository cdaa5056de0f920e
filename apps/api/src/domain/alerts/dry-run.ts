import { addDays, type Day } from '../calendar/day.js';

export interface Firing {
  accountId: string;
  day: Day;
}

/** An alert before a churn: on an account that churned within so many days of it. */
export const CHURN_WITHIN_DAYS = 90;

/** Closed days on end on which it must be clear before an alert ends. */
const CLEAR_DAYS = 2;

/**
 * Goes through past days, oldest first, as the days themselves would have: at most one live alert an account; it ends
 * when it has been clear on two days on end; the rule fires again when its cool-down has passed since. What holds on the
 * first day is true at start and no firing.
 */
export class PastFirings {
  readonly firings: Firing[] = [];
  /** Live alerts: account → on how many of the last days it was clear. */
  private readonly live = new Map<string, number>();
  private readonly endedOn = new Map<string, Day>();
  private isFirst = true;

  constructor(private readonly coolDownDays: number) {}

  get liveAccounts(): string[] {
    return [...this.live.keys()];
  }

  /** `clears` null: it is clear where the rule does not hold. */
  day(day: Day, holds: ReadonlySet<string>, clears: ReadonlySet<string> | null): void {
    for (const [accountId, before] of this.live) {
      const isClear = clears === null ? !holds.has(accountId) : clears.has(accountId);
      if (!isClear) this.live.set(accountId, 0);
      else if (before + 1 < CLEAR_DAYS) this.live.set(accountId, before + 1);
      else {
        this.live.delete(accountId);
        this.endedOn.set(accountId, day);
      }
    }
    for (const accountId of holds) {
      if (this.live.has(accountId)) continue;
      const ended = this.endedOn.get(accountId);
      if (ended !== undefined && day < addDays(ended, Math.max(1, this.coolDownDays))) continue;
      this.live.set(accountId, 0);
      if (!this.isFirst) this.firings.push({ accountId, day });
    }
    this.isFirst = false;
  }
}

/** How firings stand to churns: `churnedOn` by account, of the accounts that churned since the first day looked at. */
export function againstChurns(
  firings: readonly Firing[],
  churnedOn: ReadonlyMap<string, Day>,
): { accounts: number; beforeChurn: number; churnedWithAlert: number } {
  const before = firings.filter(({ accountId, day }) => {
    const churned = churnedOn.get(accountId);
    return churned !== undefined && churned > day && churned <= addDays(day, CHURN_WITHIN_DAYS);
  });
  const accountsOf = (some: readonly Firing[]) => new Set(some.map(({ accountId }) => accountId)).size;
  return { accounts: accountsOf(firings), beforeChurn: before.length, churnedWithAlert: accountsOf(before) };
}
