import type { DecimalSign } from '@steward/shared/imports';
import { isBlank } from './blanks.js';
import { type Coerced, refused, taken } from './coerced.js';
import type { Money } from './fact-rows.js';
import { readNumber } from './numbers.js';

const SYMBOLS: ReadonlyMap<string, readonly string[]> = new Map([
  // The first is meant unless the expected currency is one of the others.
  ['$', ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'TWD', 'COP', 'CLP', 'ARS']],
  ['US$', ['USD']],
  ['CA$', ['CAD']],
  ['C$', ['CAD']],
  ['AU$', ['AUD']],
  ['A$', ['AUD']],
  ['NZ$', ['NZD']],
  ['HK$', ['HKD']],
  ['S$', ['SGD']],
  ['R$', ['BRL']],
  ['€', ['EUR']],
  ['£', ['GBP']],
  ['¥', ['JPY', 'CNY']],
  ['₹', ['INR']],
  ['₺', ['TRY']],
  ['₩', ['KRW']],
  ['₽', ['RUB']],
  ['₴', ['UAH']],
  ['₪', ['ILS']],
  ['ZŁ', ['PLN']],
  ['KČ', ['CZK']],
  ['FT', ['HUF']],
  ['KR', ['SEK', 'NOK', 'DKK', 'ISK']],
  ['FR', ['CHF']],
  ['TL', ['TRY']],
]);

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const minorDigitsByCurrency = new Map<string, number>();

/** How many decimals a currency's amounts have: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217). */
export function minorDigits(currency: string): number {
  let digits = minorDigitsByCurrency.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    minorDigitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** An ISO 4217 code, upper case, or the currency that a sign such as `€` stands for. */
export function coerceCurrency(text: string, expected: string | null = null): Coerced<string | null> {
  const trimmed = text.trim();
  if (isBlank(trimmed)) return taken(null);
  const upper = trimmed.toUpperCase();
  const candidates = SYMBOLS.get(upper.replace(/\.$/, ''));
  if (candidates !== undefined) {
    return taken(expected !== null && candidates.includes(expected) ? expected : (candidates[0] ?? upper));
  }
  if (CURRENCIES.has(upper)) return taken(upper);
  return refused('UNKNOWN_CURRENCY', `"${trimmed.slice(0, 20)}" is not a currency such as EUR.`);
}

/**
 * An amount in minor units with its currency: the one written beside it, else `currency`. Digits beyond the
 * currency's decimals are rounded half away from zero. A blank is null.
 */
export function coerceMoney(
  text: string,
  currency: string,
  decimal: DecimalSign | null = null,
  limits: { min?: number | null } = {},
): Coerced<Money | null> {
  const trimmed = text.trim();
  if (isBlank(trimmed)) return taken(null);
  const written = readNumber(trimmed, decimal);
  if (written === null || written.percent) {
    return refused('BAD_MONEY', `"${trimmed.slice(0, 40)}" is not an amount of money.`);
  }
  const own = written.unit === null ? taken(currency) : coerceCurrency(withoutDash(written.unit), currency);
  if (!own.ok) return own;
  const code = own.value ?? currency;
  const amountMinor = toMinor(written.digits, minorDigits(code));
  if (!Number.isSafeInteger(amountMinor)) return refused('NUMBER_OUT_OF_RANGE', 'The amount is too large.');
  if (limits.min !== undefined && limits.min !== null && amountMinor < limits.min) {
    return refused('NUMBER_OUT_OF_RANGE', `"${trimmed}" is less than ${limits.min}.`);
  }
  return taken({ amountMinor, currency: code });
}

/** `1.200,-` and `CHF 5.–` write the missing cents as a dash. */
const withoutDash = (unit: string): string => unit.replace(/[-–—]+$/, '');

/** Exact: works on the digits, so that no binary fraction rounds the wrong way. */
function toMinor(digits: string, decimals: number): number {
  const negative = digits.startsWith('-');
  const [whole = '0', fraction = ''] = digits.replace('-', '').split('.');
  const kept = fraction.padEnd(decimals, '0').slice(0, decimals);
  const roundUp = Number(fraction[decimals] ?? '0') >= 5 ? 1 : 0;
  const amount = Number(`${whole}${kept}`) + roundUp;
  return negative && amount !== 0 ? -amount : amount;
}

/** The amount in major units, for people and for reading it back. */
export function majorText({ amountMinor, currency }: Money): string {
  return (amountMinor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));
}

/** An amount as people read it, in whole major units: EUR 12,300. Not known: a dash. */
export function readableMoney(minor: number | null, currency: string): string {
  if (minor === null) return '–';
  return `${currency} ${Math.round(minor / 10 ** minorDigits(currency)).toLocaleString('en')}`;
}
