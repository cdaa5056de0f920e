import {
  MutationCache,
  onlineManager,
  QueryCache,
  type QueryCacheNotifyEvent,
  QueryClient,
} from '@tanstack/react-query';
import { ApiError, unreachable } from './api.js';

/** A wrong password is told with the same status, but ends no session: the present one was mistyped. */
const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401 && error.code !== 'WRONG_CREDENTIALS';

/** Refusals are final; only what could not be reached or broke is asked again, once. */
const worthRetrying = (failures: number, error: unknown): boolean =>
  failures < 1 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502);

/**
 * Offline, queries wait for the network. One that has nothing to show meanwhile fails at once, so that its page says why;
 * it is asked for again when the network is back.
 */
function failWithoutData(event: QueryCacheNotifyEvent): void {
  // In a page in the background they wait as well, and go on once it is looked at.
  const isHeldBack = event.type === 'updated' && event.action.type === 'pause' && !onlineManager.isOnline();
  const { query } = event;
  if (!isHeldBack || query.state.data !== undefined) return;
  void query
    .cancel({ silent: true })
    .then(() => query.setState({ status: 'error', error: unreachable(), fetchStatus: 'idle' }));
}

/** `onSignedOut` runs when the server no longer knows the session. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  const queryCache = new QueryCache({ onError });
  queryCache.subscribe(failWithoutData);
  return new QueryClient({
    queryCache,
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthRetrying, refetchOnWindowFocus: false },
      // Offline, a change is refused at once: held back, it would be made when nobody expects it any more.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
