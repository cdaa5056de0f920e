import { FIRST_YEAR, LAST_YEAR } from '../../domain/values/dates.js';

/** Why one message or fact cannot be taken: a stable code, where, and what to do. */
export interface IntakeProblem {
  code: string;
  path: string | null;
  message: string;
}

export function problem(code: string, path: string | null, message: string): IntakeProblem {
  return { code, path, message };
}

const MAX_DEPTH = 8;
/** Quicker than the exact question that follows it: both halves of whole characters beyond 16 bits are found too. */
const HALF = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Cs}/u;

/** Whether a text may hold what no text may: NUL, or half a character. */
const isSuspect = (text: string) => text.includes('\u0000') || HALF.test(text);

/**
 * The most bytes that a value can take as JSON, told without writing it down; null where something in it may not be
 * storable, which `unstorable` then tells. `plain`: its texts are known to be storable.
 */
export function mostBytes(value: unknown, plain: boolean, depth = 0): number | null {
  if (typeof value === 'string') return !plain && isSuspect(value) ? null : 6 * value.length + 3;
  if (typeof value !== 'object' || value === null) return 30;
  if (depth >= MAX_DEPTH) return null;
  let sum = 2;
  // What JSON makes has no inherited keys.
  for (const key in value) {
    const unfit = !plain && isSuspect(key);
    const most = unfit ? null : mostBytes((value as Record<string, unknown>)[key], plain, depth + 1);
    if (most === null) return null;
    sum += 6 * key.length + 4 + most;
  }
  return sum;
}

/** The path of the first text within a value that cannot be stored, or of what is nested too deeply. */
export function unstorable(value: unknown, path: string, depth = 0): IntakeProblem | null {
  if (typeof value === 'string') return unstorableText(value, path);
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= MAX_DEPTH) return problem('TOO_DEEP', path, `Values may be nested ${MAX_DEPTH} deep.`);
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const found = unstorableText(key, at) ?? unstorable(inner, at, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function unstorableText(text: string, path: string): IntakeProblem | null {
  if (!isSuspect(text)) return null;
  const place = path.replaceAll('\u0000', '\ufffd');
  if (text.includes('\u0000')) return problem('NUL_CHARACTER', place, 'The text holds a NUL character.');
  if (LONE_SURROGATE.test(text)) return problem('NOT_TEXT', place, 'The text holds half a character.');
  return null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** An ISO 8601 instant with its offset, of the years 1900 to 2200; null: it is none. */
export function readInstant(value: unknown): Date | null {
  const at = instantOfAnyYear(value);
  return at === null || yearOutside(at) ? null : at;
}

/** Why a value that is none is no such instant. */
export function badInstant(value: unknown, path: string): IntakeProblem {
  if (instantOfAnyYear(value) !== null) {
    return problem('YEAR_OUT_OF_RANGE', path, `"${value}" lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}.`);
  }
  return problem('BAD_INSTANT', path, `${path} is an ISO 8601 instant such as 2026-03-01T10:00:00.000Z.`);
}

function instantOfAnyYear(value: unknown): Date | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const at = new Date(value.replace(' ', 'T'));
  return Number.isNaN(at.getTime()) ? null : at;
}

function yearOutside(at: Date): boolean {
  const year = at.getUTCFullYear();
  return year < FIRST_YEAR || year > LAST_YEAR;
}
