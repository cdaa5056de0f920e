import type { Day } from '../calendar/day.js';
import { minorDigits } from '../values/money.js';

export interface RateRow {
  currency: string;
  from: Day;
  /** Units of the workspace's currency for one unit of `currency`. */
  rate: number;
}

/** Amounts in minor units of any currency → whole minor units of the workspace's, at the rate of a day. */
export type ToWorkspaceMoney = (amountMinor: number, currency: string | null) => number | null;

/**
 * The newest rate up to the day is used; before the first one, the first. An amount in a currency without a rate is
 * unknown (null): adding it up as if it were the workspace's would be wrong.
 */
export function moneyAt(rates: readonly RateRow[], workspaceCurrency: string, day: Day): ToWorkspaceMoney {
  const chosen = new Map<string, RateRow>();
  for (const row of rates) {
    const known = chosen.get(row.currency);
    const better =
      !known ||
      (row.from <= day ? known.from > day || row.from > known.from : known.from > day && row.from < known.from);
    if (better) chosen.set(row.currency, row);
  }
  return (amountMinor, currency) => {
    if (currency === null || currency === workspaceCurrency) return amountMinor;
    const row = chosen.get(currency);
    if (!row) return null;
    return Math.round(amountMinor * row.rate * 10 ** (minorDigits(workspaceCurrency) - minorDigits(currency)));
  };
}

/** The same at the rate of whatever day; the rates of a day are chosen once. */
export function moneyOfDays(
  rates: readonly RateRow[],
  workspaceCurrency: string,
): (amountMinor: number, currency: string | null, day: Day) => number | null {
  const ofDay = new Map<Day, ToWorkspaceMoney>();
  return (amountMinor, currency, day) => {
    let money = ofDay.get(day);
    if (money === undefined) {
      money = moneyAt(rates, workspaceCurrency, day);
      ofDay.set(day, money);
    }
    return money(amountMinor, currency);
  };
}
