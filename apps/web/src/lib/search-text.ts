/** The address's query as flat text: `?tier=T1,T2&asOf=2026-04-15`. Each page reads its own keys. */
export type SearchText = Record<string, string>;

export function parseSearchText(text: string): SearchText {
  return Object.fromEntries(new URLSearchParams(text).entries());
}

/** Commas, colons and tildes stay readable; absent and empty values are left out. */
export function searchTextOf(search: Record<string, unknown>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${readable(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const readable = (value: string): string =>
  encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');

/** The named keys that hold text; all else of an address is ignored. */
export function pick<K extends string>(
  search: Record<string, unknown>,
  keys: readonly K[],
): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = search[key];
    if (typeof value === 'string' && value !== '') found[key] = value;
  }
  return found;
}
