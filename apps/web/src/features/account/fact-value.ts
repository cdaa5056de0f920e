import type { FactPage } from '@steward/shared/accounts';
import { formatDay, formatInstant, isIsoDay } from '../../lib/days.js';
import { formatMoney, formatNumber, NONE } from '../../lib/format.js';

export type FactColumn = FactPage['columns'][number];

interface Money {
  amountMinor: number;
  currency: string;
}

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amountMinor' in value && 'currency' in value;

/** A cell of a fact list in words; money carries its own currency or is in the workspace's. */
export function factText(value: unknown, type: FactColumn['type'], currency: string, timeZone: string): string {
  if (value === null || value === undefined || value === '') return NONE;
  switch (type) {
    case 'money':
      if (isMoney(value)) return formatMoney(value.amountMinor, value.currency);
      return typeof value === 'number' ? formatMoney(value, currency) : String(value);
    case 'number':
      return typeof value === 'number' ? formatNumber(value, 4) : String(value);
    case 'date':
      return isIsoDay(value) ? formatDay(value) : String(value);
    case 'instant':
      return typeof value === 'string' ? formatInstant(value, timeZone) : String(value);
    case 'boolean':
      return value ? 'yes' : 'no';
    case 'list':
      return Array.isArray(value) ? value.join(', ') || NONE : String(value);
    case 'text':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
