import type { ArrWithoutRate } from '@steward/shared/accounts';
import { formatMoney } from './format.js';

/** Amounts of an account that its ARR lacks: “€1,234.50: no exchange rate for EUR”. Null: it lacks none. */
export function withoutRateText(amounts: ArrWithoutRate): string | null {
  if (amounts.length === 0) return null;
  return amounts
    .map(({ amountMinor, currency }) => `${formatMoney(amountMinor, currency)}: no exchange rate for ${currency}`)
    .join('; ');
}
