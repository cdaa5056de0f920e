/** The filters of managers' pages, as they stand in the address of each. */
export const REPORT_KEYS = [
  'from',
  'to',
  'tier',
  'segment',
  'owner',
  'region',
  'product',
  'tierMode',
  'ownerMode',
  'compare',
] as const;

/** What of an address goes along to another managers' page: the filters, and the day they look at. */
export const keptFilters = (search: Record<string, string | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(
    [...REPORT_KEYS, 'asOf'].flatMap((key) => (search[key] === undefined ? [] : [[key, search[key]]])),
  );
