import { isBlank } from './blanks.js';
import { type Coerced, refused, taken } from './coerced.js';

/** The apostrophe that our own files of rejected rows put before what a spreadsheet would run. */
export const DEFUSED = /^'(?=[=+\-@\t\r])/;

/** Half a character, which no database takes. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** Text: trimmed, NFC, without NUL, at most `maxLength` characters; a blank is null. */
export function coerceText(text: string, maxLength = 500): Coerced<string | null> {
  const value = text.replace(DEFUSED, '').trim().normalize('NFC');
  if (isBlank(value, 'text')) return taken(null);
  if (value.includes('\u0000')) return refused('NUL_CHARACTER', 'The text holds a NUL character.');
  if (value.length > maxLength) {
    return refused('TEXT_TOO_LONG', `The text has ${value.length} characters; at most ${maxLength} are kept.`);
  }
  return taken(value.replace(LONE_SURROGATE, '\ufffd'));
}

const EMAIL = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/;

/** An e-mail address in lower case; `Ann Lee <ann@acme.test>` gives the address alone. */
export function coerceEmail(text: string): Coerced<string | null> {
  const plain = coerceText(text, 320);
  if (!plain.ok || plain.value === null) return plain;
  const address = (/<([^<>]+)>$/.exec(plain.value)?.[1] ?? plain.value.replace(/^mailto:/i, '')).trim().toLowerCase();
  return EMAIL.test(address) ? taken(address) : refused('BAD_EMAIL', `"${plain.value}" is not an e-mail address.`);
}

const MAX_LIST_LENGTH = 200;

/** A list: `a; b`, `a, b`, `a|b` or a JSON array of texts. Blanks and repetitions are left out. */
export function coerceList(text: string, maxLength = 200): Coerced<string[] | null> {
  const plain = coerceText(text, MAX_LIST_LENGTH * maxLength);
  if (!plain.ok || plain.value === null) return plain as Coerced<null>;
  const items: string[] = [];
  for (const part of jsonTexts(plain.value) ?? plain.value.split(/[;,|\n]/)) {
    const item = coerceText(part, maxLength);
    if (!item.ok) return item;
    if (item.value !== null && !items.includes(item.value)) items.push(item.value);
  }
  if (items.length > MAX_LIST_LENGTH) {
    return refused('TEXT_TOO_LONG', `The list has ${items.length} entries; at most ${MAX_LIST_LENGTH} are kept.`);
  }
  return taken(items);
}

function jsonTexts(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map((item) => String(item)) : null;
  } catch {
    return null;
  }
}

/** An IANA time zone, such as `Europe/Vienna`, in its usual spelling. */
export function coerceTimeZone(text: string): Coerced<string | null> {
  const plain = coerceText(text, 100);
  if (!plain.ok || plain.value === null) return plain;
  try {
    return taken(new Intl.DateTimeFormat('en', { timeZone: plain.value }).resolvedOptions().timeZone);
  } catch {
    return refused('UNKNOWN_TIME_ZONE', `"${plain.value}" is not a time zone such as Europe/Vienna.`);
  }
}

/** The host that a text names: `https://www.Acme.test/about` → `acme.test`. Null: none. */
export function domainOf(text: string | null): string | null {
  if (text === null) return null;
  const host =
    text
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^www\./, '')
      .split(/[/?#:]/)[0] ?? '';
  return host === '' ? null : host;
}
