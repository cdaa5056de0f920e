import { hashKey } from '@tanstack/react-query';
import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from './me.js';

/** What people write in dialogs outlives the end of their session: kept in this tab, for its writer alone. */

/** How it is called where it is told of. */
export type Writing = 'a touch' | 'a pinned note';

const PREFIX = 'steward.writing.';
const keyOf = (userId: string, what: Writing, accountId: string): string =>
  `${PREFIX}${JSON.stringify([userId, what, accountId])}`;
const keptKeys = (): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));

function keptUnder<T>(key: string, accept: (value: unknown) => value is T): T | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return accept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function keep(key: string, draft: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A full store keeps nothing more; what is written stands in the dialog all the same.
  }
}

/** What is kept in this tab, each kind once; not whose, nor what it says. */
export const keptWritings = (): Writing[] => [
  ...new Set(keptKeys().map((key) => (JSON.parse(key.slice(PREFIX.length)) as [string, Writing, string])[1])),
];

/** Whoever signs out leaves nothing behind. */
export function forgetAllWriting(): void {
  for (const key of keptKeys()) sessionStorage.removeItem(key);
}

/** To be called once it is saved, or let go of by hand. */
export function useForgetWriting(what: Writing): (accountId: string) => void {
  const { id } = useMe().user;
  return useCallback((accountId) => sessionStorage.removeItem(keyOf(id, what, accountId)), [id, what]);
}

/** Whether what is written about an account differs from what it began with. */
export function useIsWritten(what: Writing): (accountId: string) => boolean {
  const { id } = useMe().user;
  return useCallback((accountId) => sessionStorage.getItem(keyOf(id, what, accountId)) !== null, [id, what]);
}

interface KeptWriting<T> {
  draft: T;
  setDraft: Dispatch<SetStateAction<T>>;
  /** It began with what was written before, and not saved. */
  isKept: boolean;
  /** Lets go of what was kept. */
  startAnew: () => void;
}

/** A draft about an account that is kept while it differs from what it began with. `accept` judges what is read back. */
export function useKeptWriting<T>(
  what: Writing,
  accountId: string,
  begin: () => T,
  accept: (value: unknown) => value is T,
): KeptWriting<T> {
  const key = keyOf(useMe().user.id, what, accountId);
  const [began] = useState(begin);
  const [kept, setKept] = useState(() => keptUnder(key, accept));
  const [draft, setDraft] = useState<T>(kept ?? began);
  const latest = useRef(hashKey([draft]));
  useEffect(() => {
    const now = hashKey([draft]);
    if (now === latest.current) return;
    latest.current = now;
    if (now === hashKey([began])) sessionStorage.removeItem(key);
    else keep(key, draft);
  }, [draft, began, key]);
  const startAnew = () => {
    setKept(null);
    setDraft(began);
  };
  return { draft, setDraft, isKept: kept !== null, startAnew };
}
