import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keepLive, onLive } from '../../lib/live.js';
import { queriesFollow } from '../../lib/live-queries.js';
import { meQuery } from '../../lib/me.js';

/** While somebody is signed in, what is on screen follows what happens on the server. */
export function useLive(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const stopFollowing = onLive(queriesFollow(queryClient));
    const stopListening = keepLive({
      onEnded: () => void queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => undefined),
    });
    return () => {
      stopListening();
      stopFollowing();
    };
  }, [queryClient]);
}
