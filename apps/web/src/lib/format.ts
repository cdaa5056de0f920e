/** Numbers as people read them. A null is a dash, never 0. */

export const NONE = '–';
const MINUS = '−';

const withMinus = (text: string): string => text.replace('-', MINUS);

const formats = new Map<string, Intl.NumberFormat>();
function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat('en-US', options);
  formats.set(key, known);
  return known;
}

/** Minor units of one major unit: 100 for EUR, 1 for JPY. */
export function minorUnits(currency: string): number {
  try {
    const { maximumFractionDigits } = formatter({ style: 'currency', currency }).resolvedOptions();
    return 10 ** (maximumFractionDigits ?? 2);
  } catch {
    return 100;
  }
}

function currencyText(major: number, currency: string, options: Intl.NumberFormatOptions): string {
  try {
    return formatter({ style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...options }).format(major);
  } catch {
    return `${formatter(options).format(major)} ${currency}`;
  }
}

/** $1,234,567: whole units, cents only where there are any. */
export function formatMoney(amountMinor: number | null, currency: string): string {
  if (amountMinor === null) return NONE;
  const units = minorUnits(currency);
  const whole = amountMinor % units === 0;
  return withMinus(
    currencyText(amountMinor / units, currency, whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
  );
}

/** $1,234,568: sums of many accounts, of which the cents say nothing. */
export function formatMoneyWhole(amountMinor: number | null, currency: string): string {
  const units = minorUnits(currency);
  // A little less than nothing is 0, not −0.
  return formatMoney(amountMinor === null ? null : Math.round(amountMinor / units) * units || 0, currency);
}

/** $1.2M, for places that show the exact amount on hover. */
export function formatMoneyCompact(amountMinor: number | null, currency: string): string {
  if (amountMinor === null) return NONE;
  return withMinus(
    currencyText(amountMinor / minorUnits(currency), currency, {
      notation: 'compact',
      minimumFractionDigits: 0,
      maximumFractionDigits: 1,
    }),
  );
}

export function formatNumber(value: number | null, digits = 0): string {
  return value === null ? NONE : withMinus(formatter({ maximumFractionDigits: digits }).format(value));
}

export function formatPercent(value: number | null, digits = 0): string {
  return value === null ? NONE : `${formatNumber(value, digits)} %`;
}

/** A score shows its floor, so that what shows 70 is never healthy. */
export function formatScore(score: number | null): string {
  return score === null ? NONE : String(Math.floor(score));
}

/** A change in whole points as sign, size and direction: −12 ▼, +3 ▲, 0; the exact one belongs on hover. */
export function formatDelta(change: number | null, digits = 0): string {
  if (change === null) return NONE;
  const size = Math.abs(change);
  const shown = formatNumber(size, digits);
  if (Number(shown.replaceAll(',', '')) === 0) return '0';
  return change > 0 ? `+${shown} ▲` : `${MINUS}${shown} ▼`;
}

/** Points with a sign and at most two decimals: +3.25, −0.5, 0. */
export function formatPoints(points: number): string {
  const rounded = Math.round(points * 100) / 100;
  if (rounded === 0) return '0';
  return `${rounded > 0 ? '+' : MINUS}${formatNumber(Math.abs(rounded), 2)}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** A sentence as it goes on behind a colon: names within it keep their capitals. */
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
