import type { SignalUnit } from '@steward/shared/signals';
import { formatMoney, formatNumber, formatPercent, minorUnits, NONE } from './format.js';

const UNIT_WORDS: Partial<Record<SignalUnit, [one: string, many: string]>> = {
  contacts: ['contact', 'contacts'],
  days: ['day', 'days'],
  hours: ['hour', 'hours'],
  events: ['event', 'events'],
  features: ['feature', 'features'],
  tickets: ['ticket', 'tickets'],
  invoices: ['invoice', 'invoices'],
  points: ['point', 'points'],
};

/** A signal's value with its unit: 35 %, 12 days, $4,200, yes, 1.5 ×. Money signals are in major units. */
export function formatSignal(value: number | null, unit: string | null, currency: string): string {
  if (value === null) return NONE;
  switch (unit) {
    case 'percent':
    case '%':
      return formatPercent(value, 1);
    case 'money':
      return formatMoney(Math.round(value * minorUnits(currency)), currency);
    case 'yesNo':
      return value >= 0.5 ? 'yes' : 'no';
    case 'times':
      return `${formatNumber(value, 2)} ×`;
    default: {
      const words = UNIT_WORDS[unit as SignalUnit];
      const text = formatNumber(value, 2);
      return words ? `${text} ${value === 1 ? words[0] : words[1]}` : text;
    }
  }
}
