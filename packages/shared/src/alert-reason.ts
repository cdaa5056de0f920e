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

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 29 Nov 2026, as the pages write a day; what is no day stays as it is. */
function dayInWords(text: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? text : `${Number(day)} ${name} ${year}`;
}

function inWords({ value, field }: ReasonValue): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') {
    if (field.type === 'date') return dayInWords(String(value));
    return field.options?.find((option) => option.value === value)?.label ?? String(value);
  }
  if (field.type === 'boolean') return value === 0 ? 'no' : 'yes';
  const digits = { maximumFractionDigits: field.type === 'money' ? 0 : 1 };
  const number = value.toLocaleString('en-US', digits).replace('-', '−');
  if (field.type === 'percent') return `${number} %`;
  if (field.type === 'money') return `${number} ${field.unit ?? ''}`.trim();
  if (field.unit === 'times') return `${number} ×`;
  return field.unit === 'days' ? `${number} ${value === 1 ? 'day' : 'days'}` : number;
}
