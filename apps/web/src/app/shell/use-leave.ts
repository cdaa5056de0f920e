import { useNavigate } from '@tanstack/react-router';
import { useSignOut } from '../../lib/session.js';

/** Signs out and shows the sign-in page; the session is over by then, so no form may ask to stay. */
export function useLeave(): () => void {
  const signOut = useSignOut();
  const navigate = useNavigate();
  const showSignIn = () => void navigate({ to: '/sign-in', search: {}, ignoreBlocker: true });
  return () => signOut.mutate(undefined, { onSettled: showSignIn });
}
