import type { CatalogueField } from '@steward/shared/catalogue';
import { formatDay, isIsoDay } from './days.js';
import { formatMoney, minorUnits, NONE } from './format.js';
import { formatSignal } from './signal-value.js';

/** A value that a rule reads, in words: its field says how. Money comes in major units; null is not set. */
export function fieldValueText(field: CatalogueField | null, value: unknown, currency: string): string {
  if (value === null || value === undefined || value === '') return NONE;
  const label = (each: unknown): string =>
    field?.options?.find((option) => option.value === each)?.label ?? String(each);
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.map(label).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (field?.type === 'boolean') return value === 0 ? 'no' : 'yes';
    if (field?.type === 'money') return formatMoney(Math.round(value * minorUnits(currency)), currency);
    return formatSignal(value, field?.type === 'percent' ? 'percent' : (field?.unit ?? null), currency);
  }
  return isIsoDay(value) ? formatDay(value) : label(value);
}
