import { hashKey } from '@tanstack/react-query';
import { useState } from 'react';
import { type RestsOn, useRestsOn } from './use-rests-on.js';

export interface Draft<T, D> {
  /** What the form shows: what is stored, and what was written over it. */
  draft: D;
  /** The fields in which it differs from what is stored. */
  written: Partial<D>;
  isDirty: boolean;
  restsOn: RestsOn<T>;
  /** What somebody else made of the fields that were written. */
  theirs: (of: T) => Partial<D>;
  write: (part: Partial<D>) => void;
  drop: () => void;
  /** Its save made this: it is shown, with what was written since. */
  saved: (made: T) => void;
}

const differing = <D extends object>(from: D, part: Partial<D>): Partial<D> =>
  Object.fromEntries(
    Object.entries(part).filter(([field, value]) => hashKey([value]) !== hashKey([from[field as keyof D]])),
  ) as Partial<D>;

/** A form that follows what is stored, but for the fields that were written and not saved yet. */
export function useDraft<T, D extends object>(stored: T, draftOf: (of: T) => D): Draft<T, D> {
  const [kept, setKept] = useState<Partial<D>>({});
  const before = draftOf(stored);
  const written = differing(before, kept);
  const fields = Object.keys(written) as (keyof D)[];
  const restsOn = useRestsOn(stored, (of) => fields.map((field) => draftOf(of)[field]));
  return {
    draft: { ...before, ...written },
    written,
    isDirty: fields.length > 0,
    restsOn,
    theirs: (of) => {
      const changed = differing(draftOf(restsOn.on), draftOf(of));
      return Object.fromEntries(Object.entries(changed).filter(([field]) => field in written)) as Partial<D>;
    },
    write: (part) => {
      // Whoever begins on a field has seen what stands there now.
      if (restsOn.theirs === null) restsOn.writeOver();
      setKept((now) => differing(before, { ...now, ...part }));
    },
    drop: () => setKept({}),
    saved: (made) => {
      restsOn.saved(made);
      setKept((now) => (now === kept ? {} : now));
    },
  };
}
