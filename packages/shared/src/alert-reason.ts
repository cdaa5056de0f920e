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

/** Whether a reason opens a merge field that it does not close, closes one that it does not open, or names none in it. */
export const hasBrokenField = (template: string): boolean => /\{\{|\}\}/.test(template.replace(PLACE, ''));

/** A part of a reason that is said only where all that it names has something to tell: `[[{{open.count}} are open]]`. */
const PART = /\[\[([^[\]]*)\]\]/g;

/**
 * A reason with the values of the day; “unknown” stands for a value that is not there. A part in double brackets is left
 * out, with the semicolon beside it, where one of its values is missing or 0.
 */
export function filledReason(template: string, read: (key: string) => ReasonValue | undefined): string {
  const said = template.replace(PART, (_, part: string) => {
    return mergeFieldsIn(part).every((key) => tells(read(key))) ? part : '';
  });
  const whole = said === template ? template : withoutGaps(said);
  return whole.replace(PLACE, (_, key: string) => {
    const found = read(key);
    return found === undefined || found.value === null || found.value === undefined ? 'unknown' : inWords(found);
  });
}

function tells(found: ReasonValue | undefined): boolean {
  return found !== undefined && found.value !== null && found.value !== undefined && found.value !== 0;
}

/** Of parts between semicolons, those that say something. */
function withoutGaps(text: string): string {
  const parts = text.split(';').map((part) => part.trim());
  const joined = parts.filter((part) => part !== '').join('; ');
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 29 Nov 2026, as the pages write a day; what is no day stays as it is. */
export function dayInWords(text: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? text : `${Number(day)} ${name} ${year}`;
}

/** By the digits after the point: to make one costs a hundred times as much as to write a number. */
const withDigits = (digits: number) => new Intl.NumberFormat('en-US', { maximumFractionDigits: digits });
const FORMATS = { 0: withDigits(0), 1: withDigits(1), 2: withDigits(2) };

/** A value that is there, as texts write it. */
export function inWords({ value, field }: ReasonValue): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') {
    if (field.type === 'date') return dayInWords(String(value));
    return field.options?.find((option) => option.value === value)?.label ?? String(value);
  }
  if (field.type === 'boolean') return value === 0 ? 'no' : 'yes';
  const number = FORMATS[digitsOf(value, field)].format(value).replace('-', '−');
  if (field.type === 'percent') return `${number} %`;
  if (field.type === 'money') return `${number} ${field.unit ?? ''}`.trim();
  if (field.unit === 'times') return `${number} ×`;
  return field.unit === 'days' ? `${number} ${value === 1 ? 'day' : 'days'}` : number;
}

/** Money in whole units, the rest to a tenth; what is just above once, to a hundredth. */
function digitsOf(value: number, { type, unit }: ReasonValue['field']): 0 | 1 | 2 {
  if (type === 'money') return 0;
  return unit === 'times' && value > 1 && value < 1.1 ? 2 : 1;
}
