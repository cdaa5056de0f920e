import { lazy, Suspense, useEffect, useState } from 'react';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { toast } from '../ui/toast.js';
import { askStart, onStartAsked, type StartAsked, startInView } from './ask-start.js';

const StartPlaybookDialog = lazy(() =>
  import('./start-playbook-dialog.js').then((module) => ({ default: module.StartPlaybookDialog })),
);

/** Where accounts are ticked, P is about them: the button of their bar that starts a playbook. */
const ofTicked = (): HTMLElement | null => document.querySelector('[role="toolbar"] [aria-keyshortcuts="P"]');

/** P starts a playbook on the account in view, wherever that is; what opens on demand stays out of the first load. */
export function StartHost() {
  const mayStart = useMe().permissions.includes('goals:write');
  const [asked, setAsked] = useState<(StartAsked & { at: number }) | null>(null);
  useEffect(() => {
    if (!mayStart) return;
    return onStartAsked((next) => setAsked({ ...next, at: Date.now() }));
  }, [mayStart]);
  useShortcuts(
    mayStart
      ? {
          p: () => {
            if (document.querySelector('[role="dialog"]') !== null) return;
            const ticked = ofTicked();
            if (ticked !== null) {
              ticked.click();
              return;
            }
            const found = startInView(document, location);
            if (found === null) toast('Go to an account first: P starts a playbook on the account in view.');
            else askStart(found);
          },
        }
      : {},
  );
  if (asked === null) return null;
  return (
    <Suspense fallback={null}>
      <StartPlaybookDialog
        key={asked.at}
        accountId={asked.accountId}
        alert={asked.alert}
        onClose={() => setAsked(null)}
      />
    </Suspense>
  );
}
