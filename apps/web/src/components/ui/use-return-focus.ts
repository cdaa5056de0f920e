import { useEffect, useState } from 'react';

const POPUP = '[role="dialog"], [role="menu"]';

/** What had the focus when a popup first took it. The first counts: later on it may come from what the popup opened. */
const askedFrom = new WeakMap<Element, Element | null>();
let lastFocused: Element | null = null;

document.addEventListener('focusin', ({ target, relatedTarget }) => {
  lastFocused = target as Element;
  const popup = lastFocused.closest(POPUP);
  if (popup !== null && !askedFrom.has(popup)) askedFrom.set(popup, relatedTarget as Element | null);
});

/** Nothing on the page has the focus, though the page itself may. */
export const hasNoFocus = (): boolean => {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.matches('main');
};

/** A button that waits for its answer loses the focus; the dialog it is in still tells what that was asked from. */
function focusedNow(): Element | null {
  if (hasNoFocus() && lastFocused?.closest(POPUP)) return lastFocused;
  return document.activeElement;
}

/** Where the focus may go back to, best first: it, what it stands in, and the same of what its popup was asked from. */
function placesOf(element: Element | null): Element[] {
  if (element === null) return [];
  const popup = element.closest(POPUP);
  if (popup === null) return ancestryOf(element);
  const before = placesOf(askedFrom.get(popup) ?? null);
  // A menu is gone once something in it was chosen; for a moment it fades and would still take the focus.
  return popup.matches('[role="menu"]') ? before : [...ancestryOf(element), ...before];
}

function ancestryOf(element: Element): Element[] {
  return element.parentElement === null ? [element] : [element, ...ancestryOf(element.parentElement)];
}

function takesFocus(element: Element): boolean {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  return document.activeElement === element && element !== document.body;
}

/** Gives the focus back to what had it before this was drawn, unless something else has taken it by then. */
export function useReturnFocus(): void {
  const [places] = useState(() => placesOf(focusedNow()));
  useEffect(
    () => () => {
      // What follows from the deed takes the focus first, such as the next row of a list.
      setTimeout(() => {
        if (hasNoFocus()) places.find(takesFocus);
      });
    },
    [places],
  );
}
