import type { DecimalSign } from '@steward/shared/imports';
import { isBlank } from './blanks.js';
import { type Coerced, refused, taken } from './coerced.js';

/** A number as written, before it is given a type: exact digits, and what stood around them. */
export interface WrittenNumber {
  /** Plain decimal digits with a point: `-1234.50`. */
  digits: string;
  percent: boolean;
  /** Letters or signs before or after the digits, such as `$` or `EUR`; null when there are none. */
  unit: string | null;
}

const MAX_LENGTH = 60;
const SPACES = /[\s\u00a0\u202f\u2009'’]/g;
const SHAPE = /^([^\d.,+-]*)([+-]?)([^\d.,+-]*)([\d.,]*\d[.,]?)(e[+-]?\d{1,3})?(-?)([^\d]*)$/i;

/**
 * Takes a written number apart: signs, brackets for negatives, percent, currency, grouping. Without `decimal` the
 * number itself decides: of two different separators the last is the decimal one; one that appears twice groups; a
 * single comma before exactly three digits groups, a single point does not.
 */
export function readNumber(text: string, decimal: DecimalSign | null = null): WrittenNumber | null {
  if (text.length > MAX_LENGTH) return null;
  let rest = text.replaceAll('−', '-').replace(SPACES, '');
  const bracketed = /^([^(]*)\((.+)\)([^)]*)$/.exec(rest);
  if (bracketed !== null) rest = `${bracketed[1]}${bracketed[2]}${bracketed[3]}`;
  const match = SHAPE.exec(rest);
  if (match === null) return null;
  const [, before = '', sign = '', between = '', body = '', exponent = '', trailing = '', after = ''] = match;
  const digits = plainDigits(body, decimal);
  if (digits === null) return null;
  // The dash of `1.200,-` stands for the cents.
  const centsLeftOut = /[.,]$/.test(body);
  const negatives = [bracketed !== null, sign === '-', trailing === '-' && !centsLeftOut].filter(Boolean).length;
  if (negatives > 1) return null;
  const around = before + between + after;
  const percent = around.includes('%');
  const unit = around.replaceAll('%', '');
  const scaled = exponent === '' ? digits : withoutExponent(digits, exponent);
  if (scaled === null) return null;
  return { digits: negatives === 1 ? `-${scaled}` : scaled, percent, unit: unit === '' ? null : unit };
}

function plainDigits(body: string, decimal: DecimalSign | null): string | null {
  const sign = decimal ?? decimalSignOf(body);
  const grouping = sign === '.' ? ',' : '.';
  const [whole = '', fraction, ...more] = body.split(sign);
  if (more.length > 0 || (fraction ?? '').includes(grouping)) return null;
  const groups = whole.split(grouping);
  if (groups.length > 1) {
    // Thousands in threes; pairs before the last three as written in India.
    const wellGrouped =
      /^\d{1,3}$/.test(groups[0] ?? '') &&
      groups.slice(1, -1).every((group) => /^\d{2,3}$/.test(group)) &&
      /^\d{3}$/.test(groups.at(-1) ?? '');
    if (!wellGrouped) return null;
  }
  const integer = groups.join('').replace(/^0+(?=\d)/, '');
  if (integer === '' && (fraction ?? '') === '') return null;
  return fraction === undefined || fraction === '' ? integer : `${integer === '' ? '0' : integer}.${fraction}`;
}

function decimalSignOf(body: string): DecimalSign {
  const lastComma = body.lastIndexOf(',');
  const lastPoint = body.lastIndexOf('.');
  if (lastComma !== -1 && lastPoint !== -1) return lastComma > lastPoint ? ',' : '.';
  if (lastComma !== -1) return body.indexOf(',') !== lastComma || /^\d{1,3},\d{3}$/.test(body) ? '.' : ',';
  return body.indexOf('.') !== lastPoint ? ',' : '.';
}

function withoutExponent(digits: string, exponent: string): string | null {
  const value = Number(`${digits}${exponent}`);
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return null;
  return /e/i.test(String(value)) ? value.toFixed(20) : String(value);
}

export interface NumberLimits {
  min?: number | null;
  max?: number | null;
}

/** A number: `"1,234.5"`, `1.234,5`, `1 234,5`, `(123)`, `12 %` (12), `1e3`. A blank is null. */
export function coerceNumber(
  text: string,
  decimal: DecimalSign | null = null,
  limits: NumberLimits = {},
): Coerced<number | null> {
  const trimmed = text.trim();
  if (isBlank(trimmed)) return taken(null);
  const written = readNumber(trimmed, decimal);
  if (written === null) return refused('BAD_NUMBER', `"${shorten(trimmed)}" is not a number.`);
  if (written.unit !== null && /\p{L}/u.test(written.unit)) {
    return refused('BAD_NUMBER', `"${shorten(trimmed)}" is not a plain number.`);
  }
  return within(Number(written.digits), limits);
}

/** A whole number; `12.0` is one, `12 %` is none. */
export function coerceInteger(
  text: string,
  decimal: DecimalSign | null = null,
  limits: NumberLimits = {},
): Coerced<number | null> {
  const number = coerceNumber(text, decimal, limits);
  if (number.ok && number.value !== null && text.includes('%')) {
    return refused('BAD_INTEGER', `"${shorten(text.trim())}" is a percentage, not a whole number.`);
  }
  if (!number.ok || number.value === null || Number.isSafeInteger(number.value)) return number;
  return refused('BAD_INTEGER', `"${shorten(text.trim())}" is not a whole number.`);
}

export function within(value: number, { min = null, max = null }: NumberLimits): Coerced<number> {
  if (!Number.isFinite(value)) return refused('NUMBER_OUT_OF_RANGE', 'The number is too large.');
  if (min !== null && value < min) return refused('NUMBER_OUT_OF_RANGE', `${value} is less than ${min}.`);
  if (max !== null && value > max) return refused('NUMBER_OUT_OF_RANGE', `${value} is more than ${max}.`);
  return taken(Object.is(value, -0) ? 0 : value);
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
