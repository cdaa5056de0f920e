import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { AccountQuestion } from './count-accounts.js';
import type { SortEntry } from './sort.js';

let left: { list: string; rowIndex: number } | null = null;

/**
 * The row that a person is at, noted for when they leave the list and the browser's Back brings them to it again. The
 * same list opened anew starts at its top.
 */
export function usePlaceInHistory(question: AccountQuestion, sort: readonly SortEntry[]) {
  const historyIndex = useLocation({ select: ({ state }) => state.__TSR_index });
  const list = useRef('');
  const isSettled = useRef(false);
  useEffect(() => {
    list.current = JSON.stringify([historyIndex, question, sort]);
  }, [historyIndex, question, sort]);
  return {
    note: (rowIndex: number) => {
      isSettled.current = true;
      left = { list: list.current, rowIndex };
    },
    /** The row to go back to, once, as soon as there are so many rows; null: none. */
    rowToReturnTo: (rows: number): number | null => {
      if (isSettled.current || left?.list !== list.current || left.rowIndex >= rows) return null;
      isSettled.current = true;
      return left.rowIndex;
    },
  };
}
