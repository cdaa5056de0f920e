import { lazy, Suspense, useEffect, useState } from 'react';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { toast } from '../ui/toast.js';
import { askStart, onStartAsked, type StartAsked, startInView } from './ask-start.js';

const StartPlaybookDialog = lazy(() =>
  import('./start-playbook-dialog.js').then((module) => ({ default: module.StartPlaybookDialog })),
);

/** Are accounts ticked? Then P is the bulk bar's. */
const isBulk = (): boolean => document.querySelector('[role="toolbar"][aria-label="The selected accounts"]') !== null;

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
            if (document.querySelector('[role="dialog"]') !== null || isBulk()) return;
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
