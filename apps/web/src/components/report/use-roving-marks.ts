import { type KeyboardEvent, type RefObject, useEffect } from 'react';

/**
 * Marks of a chart are one stop of the Tab key: arrows go from mark to mark, Home and End to the first and the last.
 * A mark names its place with `data-row` and `data-column`.
 */
export function useRovingMarks(area: RefObject<Element | null>) {
  useEffect(() => {
    if (area.current === null) return;
    const settle = () => {
      const marks = marksOf(area.current);
      if (marks.length > 0 && !marks.some(isStop)) makeStop(marks, marks.at(-1));
    };
    settle();
    // Charts draw their marks when they know how wide they are, and again whenever that changes.
    const drawn = new MutationObserver(settle);
    drawn.observe(area.current, { childList: true, subtree: true });
    return () => drawn.disconnect();
  }, [area]);
  return (event: KeyboardEvent) => {
    const marks = marksOf(area.current);
    const from = marks.find((mark) => mark === document.activeElement);
    const to = from && nextMark(marks, from, event.key);
    if (!to) return;
    event.preventDefault();
    makeStop(marks, to);
    to.focus();
  };
}

type MarkElement = (HTMLElement | SVGElement) & { dataset: DOMStringMap };

const marksOf = (area: Element | null): MarkElement[] =>
  area === null ? [] : [...area.querySelectorAll<MarkElement>('[data-row][data-column]')];
const isStop = (mark: MarkElement): boolean => mark.getAttribute('tabindex') === '0';

function makeStop(marks: readonly MarkElement[], stop: MarkElement | undefined): void {
  for (const mark of marks) mark.setAttribute('tabindex', mark === stop ? '0' : '-1');
}

const rowOf = ({ dataset }: MarkElement): number => Number(dataset.row);
const columnOf = ({ dataset }: MarkElement): number => Number(dataset.column);

function nextMark(marks: readonly MarkElement[], from: MarkElement, key: string): MarkElement | undefined {
  const inRow = marks.filter((mark) => rowOf(mark) === rowOf(from)).sort((a, b) => columnOf(a) - columnOf(b));
  const inColumn = marks.filter((mark) => columnOf(mark) === columnOf(from)).sort((a, b) => rowOf(a) - rowOf(b));
  switch (key) {
    case 'ArrowRight':
      return inRow[inRow.indexOf(from) + 1];
    case 'ArrowLeft':
      return inRow[inRow.indexOf(from) - 1];
    case 'ArrowDown':
      return inColumn[inColumn.indexOf(from) + 1];
    case 'ArrowUp':
      return inColumn[inColumn.indexOf(from) - 1];
    case 'Home':
      return inRow[0];
    case 'End':
      return inRow.at(-1);
    default:
      return undefined;
  }
}
