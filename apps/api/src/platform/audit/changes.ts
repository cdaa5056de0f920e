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

/** What a person makes for themselves or for everybody. */
interface MayBePrivate {
  name: string;
  visibility: 'private' | 'shared';
}

/**
 * Of something that is its owner's alone while it is private: then no more than that it is. `before` null: it was made;
 * what `change` leaves out stays as it was.
 */
export function changesToTell(before: MayBePrivate | null, change: Partial<MayBePrivate>): Changes {
  const was = before?.visibility;
  const told =
    (change.visibility ?? was) === 'shared' ? { name: before?.name, ...change } : { visibility: change.visibility };
  return changesBetween(before !== null && was === 'shared' ? before : { visibility: was }, told);
}

/** The same of its removal. */
export function removalToTell({ name, visibility }: MayBePrivate): Changes {
  return visibility === 'shared' ? { name: { from: name, to: null } } : {};
}
