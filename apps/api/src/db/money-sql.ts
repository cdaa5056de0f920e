import { minorDigits } from '../domain/values/money.js';

const oddCurrencies = Intl.supportedValuesOf('currency').filter((currency) => minorDigits(currency) !== 2);

/** How many decimals a currency’s amounts have. */
const digitsSql = (currency: string) =>
  `(CASE ${currency} ${oddCurrencies.map((odd) => `WHEN '${odd}' THEN ${minorDigits(odd)}`).join(' ')} ELSE 2 END)`;

/**
 * An amount as SQL, in minor units of the workspace’s currency, half up: at the newest rate up to the day, before the
 * first one the first. Null: not known, or its currency has no rate. `workspace.currency` is SQL, too.
 */
export function workspaceMoneySql(
  { amount, currency, day }: { amount: string; currency: string; day: string },
  workspace: { currency: string; minorDigits: number },
): string {
  const rate = `(SELECT r.rate FROM steward.exchange_rate r WHERE r.currency = ${currency}
    ORDER BY (r.from_day <= ${day}) DESC, abs(r.from_day - ${day}) LIMIT 1)`;
  const digits = `(${workspace.minorDigits} - ${digitsSql(currency)})`;
  return `(CASE WHEN ${currency} IS NULL OR ${currency} = ${workspace.currency} THEN ${amount}
    ELSE floor(${amount} * ${rate} * (10::numeric ^ ${digits}) + 0.5) END)`;
}
