import { type RouterHistory, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { AccountQuestion } from './count-accounts.js';
import type { SortEntry } from './sort.js';

let left: { historyIndex: number; list: string; rowIndex: number } | null = null;
const heard = new WeakSet<RouterHistory>();

/** A page that is opened takes the place of those that Back went away from: nothing leads to them any more. */
function forgetWhatIsReplaced(history: RouterHistory): void {
  if (heard.has(history)) return;
  heard.add(history);
  history.subscribe(({ location, action }) => {
    if (action.type === 'PUSH' && left !== null && location.state.__TSR_index <= left.historyIndex) left = null;
  });
}

/**
 * The row that a person is at, noted for when they leave the list and the browser's Back brings them to it again. The
 * same list opened anew starts at its top.
 */
export function usePlaceInHistory(question: AccountQuestion, sort: readonly SortEntry[]) {
  const { history } = useRouter();
  const historyIndex = useLocation({ select: ({ state }) => state.__TSR_index });
  const here = useRef({ historyIndex, list: '' });
  const isSettled = useRef(false);
  useEffect(() => forgetWhatIsReplaced(history), [history]);
  useEffect(() => {
    here.current = { historyIndex, list: JSON.stringify([question, sort]) };
  }, [historyIndex, question, sort]);
  const isHere = () => left?.historyIndex === here.current.historyIndex && left.list === here.current.list;
  return {
    note: (rowIndex: number) => {
      isSettled.current = true;
      left = { ...here.current, rowIndex };
    },
    /** The row to go back to, once, as soon as there are so many rows; null: none. */
    rowToReturnTo: (rows: number): number | null => {
      if (isSettled.current || left === null || !isHere() || left.rowIndex >= rows) return null;
      isSettled.current = true;
      return left.rowIndex;
    },
  };
}
