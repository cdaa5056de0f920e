import { lazy, Suspense, useEffect, useState } from 'react';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { accountInView, askTouch, onTouchAsked, type TouchAsked } from './ask-touch.js';

const loadDialog = () => import('./touch-dialog.js').then((module) => ({ default: module.TouchDialog }));
const TouchDialog = lazy(loadDialog);

/** T opens the dialog for the account in view, wherever that is; what opens on demand stays out of the first load. */
export function TouchHost() {
  const mayLog = useMe().permissions.includes('touchpoints:write');
  const [asked, setAsked] = useState<(TouchAsked & { at: number }) | null>(null);
  useEffect(() => {
    if (!mayLog) return;
    return onTouchAsked((next) => setAsked({ ...next, at: Date.now() }));
  }, [mayLog]);
  useEffect(() => {
    if (!mayLog) return;
    // Fetched once the page stands: the letters typed after T belong to the touch.
    const timer = setTimeout(() => void loadDialog(), 2500);
    return () => clearTimeout(timer);
  }, [mayLog]);
  useShortcuts(
    mayLog
      ? {
          t: () => {
            if (document.querySelector('[role="dialog"]') === null) askTouch(accountInView(document, location));
          },
        }
      : {},
  );
  if (asked === null) return null;
  return (
    <Suspense fallback={null}>
      <TouchDialog key={asked.at} accountId={asked.accountId} onClose={() => setAsked(null)} />
    </Suspense>
  );
}
