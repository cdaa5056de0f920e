import { isDeepStrictEqual } from 'node:util';

export type Changes = Record<string, { from: unknown; to: unknown }>;

/** The fields of `after` that differ from `before`; a field that `after` leaves out (or undefined) did not change. */
export function changesBetween(before: object, after: object): Changes {
  const old = before as Record<string, unknown>;
  const entries = Object.entries(after).filter(
    ([field, to]) => to !== undefined && !isDeepStrictEqual(old[field] ?? null, to ?? null),
  );
  return Object.fromEntries(entries.map(([field, to]) => [field, { from: old[field] ?? null, to }]));
}

/** The fields of something that was made. */
export function changesOfNew(made: object): Changes {
  return changesBetween({}, made);
}
