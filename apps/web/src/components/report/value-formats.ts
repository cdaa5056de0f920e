import {
  formatMoney,
  formatMoneyCompact,
  formatMoneyWhole,
  formatNumber,
  formatPercent,
  minorUnits,
} from '../../lib/format.js';
import type { ValueFormat } from './chart-data.js';
import type { ReportTableCell } from './report-table.js';

/** How values of managers' pages are written: exact, short for axes, and plain for files. */

const plainOf =
  (digits: number) =>
  (value: number): number =>
    Number(value.toFixed(digits));

export const COUNT: ValueFormat = {
  text: (value) => formatNumber(value),
  short: (value) => formatNumber(value),
  plain: plainOf(0),
};

export const PERCENT: ValueFormat = {
  text: (value) => formatPercent(value, 1),
  short: (value) => formatPercent(value),
  plain: plainOf(2),
  unit: '%',
};

/** Means of scores, and counts per account. */
export const MEAN: ValueFormat = {
  text: (value) => formatNumber(value, 1),
  short: (value) => formatNumber(value, 1),
  plain: plainOf(2),
};

export const RATE: ValueFormat = {
  text: (value) => formatNumber(value, 2),
  short: (value) => formatNumber(value, 2),
  plain: plainOf(4),
};

/** Minor units of a currency; the file holds major ones. */
export function moneyFormat(currency: string): ValueFormat {
  const units = minorUnits(currency);
  return {
    text: (value) => formatMoney(Math.round(value), currency),
    short: (value) => formatMoneyCompact(value, currency),
    plain: (value) => value / units,
    unit: currency,
  };
}

/** Sums of many accounts, of which the cents say nothing. The file has them. */
export function wholeMoneyFormat(currency: string): ValueFormat {
  return { ...moneyFormat(currency), text: (value) => formatMoneyWhole(value, currency) };
}

/** A sum of many accounts in a table: whole units; the exact amount is on hover and in the file. */
export function moneyCell(amountMinor: number | null, currency: string): ReportTableCell {
  const [text, exact] = [formatMoneyWhole(amountMinor, currency), formatMoney(amountMinor, currency)];
  return {
    text,
    plain: amountMinor === null ? null : amountMinor / minorUnits(currency),
    ...(exact !== text && { title: exact }),
  };
}
