import type { KeyboardEvent, RefObject } from 'react';
import { useShortcuts } from '../../lib/shortcuts.js';

const STEPS: Record<string, [across: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The cards of a board by column; columns without any are passed over. */
const cardsOf = (board: HTMLElement): HTMLElement[][] =>
  [...board.querySelectorAll('[data-column]')]
    .map((column) => [...column.querySelectorAll<HTMLElement>('[data-card]')])
    .filter((cards) => cards.length > 0);

function move(board: HTMLElement | null, [across, down]: [number, number]): void {
  if (board === null) return;
  const columns = cardsOf(board);
  const has = (card: HTMLElement) => card.contains(document.activeElement);
  const at = columns.findIndex((cards) => cards.some(has));
  const place = columns[at]?.findIndex(has) ?? 0;
  const cards = at < 0 ? columns[0] : columns[Math.min(columns.length - 1, Math.max(0, at + across))];
  cards?.[at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, place + down))]?.focus();
}

/** Arrow keys move from card to card: within a column, and across to the next one that has any. J and K go there first. */
export function useBoardKeys(board: RefObject<HTMLElement | null>) {
  useShortcuts({ j: () => move(board.current, [0, 1]), k: () => move(board.current, [0, -1]) });
  return (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || !(event.target instanceof Element) || !event.target.matches('[data-card]')) return;
    event.preventDefault();
    move(board.current, step);
  };
}
