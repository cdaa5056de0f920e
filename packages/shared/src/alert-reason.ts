import type { CatalogueField } from './catalogue.js';

/** The reason of an alert: a text with merge fields, and what it says of one account. */

export interface ReasonValue {
  value: unknown;
  field: Pick<CatalogueField, 'type' | 'unit' | 'options'>;
}

const PLACE = /\{\{\s*([A-Za-z][A-Za-z0-9_.-]*)\s*\}\}/g;

/** The fields that a reason names. */
export function mergeFieldsIn(template: string): string[] {
  return [...new Set([...template.matchAll(PLACE)].map((match) => match[1] as string))];
}

/** A reason with the values of the day; “unknown” stands for a value that is not there. */
export function filledReason(template: string, read: (key: string) => ReasonValue | undefined): string {
  return template.replace(PLACE, (_, key: string) => {
    const found = read(key);
    return found === undefined || found.value === null || found.value === undefined ? 'unknown' : inWords(found);
  });
}

function inWords({ value, field }: ReasonValue): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') {
    return field.options?.find((option) => option.value === value)?.label ?? String(value);
  }
  if (field.type === 'boolean') return value === 0 ? 'no' : 'yes';
  const number = value.toLocaleString('en-US', { maximumFractionDigits: field.type === 'money' ? 0 : 1 });
  if (field.type === 'percent') return `${number} %`;
  if (field.type === 'money') return `${number} ${field.unit ?? ''}`.trim();
  if (field.unit === 'times') return `${number} ×`;
  return field.unit === 'days' ? `${number} ${value === 1 ? 'day' : 'days'}` : number;
}
