import { useEffect, useState } from 'react';

export const hasNoFocus = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Gives the focus back to what had it before this was drawn, unless something else has taken it by then. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What follows from the deed takes the focus first, such as the next row of a list.
      setTimeout(() => {
        if (before instanceof HTMLElement && hasNoFocus()) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
