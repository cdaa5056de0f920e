import type { FactOption } from '@steward/shared/fact-fields';
import { isBlank } from './blanks.js';
import { type Coerced, refused, taken } from './coerced.js';

/** A word as it is compared: no case, accents, punctuation or doubled space. `In-Progress ` = `in progress`. */
export function plainWord(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const YES = new Set(['true', 't', 'yes', 'y', '1', 'on', 'x', '✓', '✔', 'ja', 'oui', 'si', 'wahr', 'enabled']);
const NO = new Set(['false', 'f', 'no', 'n', '0', 'off', 'nein', 'non', 'falsch', 'disabled']);

/** Yes or no: TRUE, yes, y, 1, on, x … and their opposites, in any case. */
export function coerceBoolean(text: string): Coerced<boolean | null> {
  const trimmed = text.trim();
  if (isBlank(trimmed)) return taken(null);
  const word = trimmed === '✓' || trimmed === '✔' ? trimmed : plainWord(trimmed);
  if (YES.has(word)) return taken(true);
  if (NO.has(word)) return taken(false);
  return refused('BAD_BOOLEAN', `"${trimmed}" is neither yes nor no.`);
}

/** Looks up members of an enumeration by value, label or alias. */
export type OptionTable = ReadonlyMap<string, string>;

export function optionTable(options: readonly FactOption[]): OptionTable {
  const table = new Map<string, string>();
  // Values go first, so that no alias hides one.
  for (const { value } of options) table.set(plainWord(value), value);
  for (const { value, label, aliases } of options) {
    for (const word of [label, ...aliases].map(plainWord)) if (!table.has(word)) table.set(word, value);
  }
  return table;
}

export function coerceOption(text: string, table: OptionTable): Coerced<string | null> {
  const trimmed = text.trim();
  if (isBlank(trimmed)) return taken(null);
  const value = table.get(plainWord(trimmed));
  if (value !== undefined) return taken(value);
  const known = [...new Set(table.values())].join(', ');
  return refused('UNKNOWN_OPTION', `"${trimmed}" is none of ${known}. Say in the mapping which of them it means.`);
}
