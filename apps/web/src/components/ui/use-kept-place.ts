import { useEffect, useRef } from 'react';
import { hasNoFocus } from './use-return-focus.js';

interface KeptPlace {
  /** The rows as they are shown, by what names them. */
  ids: readonly string[];
  active: string | null;
  onActive: (id: string) => void;
  /** A dialog has the focus: the row gets it afterwards. */
  isAsking: boolean;
  elementOf: (id: string) => HTMLElement | null | undefined;
}

/**
 * Keeps the place of a person who works through a list: where the active row has left it, the next of those that stood
 * there, or else the last, is active, and has the focus where that went with the row.
 */
export function useKeptPlace({ ids, active, onActive, isAsking, elementOf }: KeptPlace): void {
  const idsBefore = useRef(ids);
  const isFocusOwed = useRef(false);
  const isThere = active !== null && ids.includes(active);
  useEffect(() => {
    if (active === null) return;
    if (isThere) {
      idsBefore.current = ids;
      return;
    }
    const heir = heirOf(active, idsBefore.current, ids);
    if (heir === undefined) return;
    isFocusOwed.current = true;
    onActive(heir);
  });
  useEffect(() => {
    if (!isFocusOwed.current || isAsking || !isThere) return;
    isFocusOwed.current = false;
    if (hasNoFocus()) focusRow(elementOf(active));
  });
}

function heirOf(gone: string, before: readonly string[], now: readonly string[]): string | undefined {
  const at = before.indexOf(gone);
  const isLeft = (id: string) => now.includes(id);
  return before.slice(at + 1).find(isLeft) ?? before.slice(0, Math.max(0, at)).findLast(isLeft);
}

export function focusRow(element: HTMLElement | null | undefined): void {
  element?.focus();
  element?.scrollIntoView({ block: 'nearest' });
}
