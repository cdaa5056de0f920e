import { useBlocker } from '@tanstack/react-router';
import { LeaveDialog } from './dialog.js';

/** Asks before a page with unsaved changes is left, by a link, the browser's back, or closing the window. */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true });
  if (blocker.status !== 'blocked') return null;
  const isSignedOut = blocker.next.pathname === '/sign-in';
  return (
    <LeaveDialog
      note={isSignedOut ? ' You are no longer signed in: stay, sign in again in another tab, and save it here.' : null}
      onStay={blocker.reset}
      onLeave={blocker.proceed}
    />
  );
}
