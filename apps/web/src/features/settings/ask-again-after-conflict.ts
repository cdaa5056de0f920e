import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { ApiError } from '../../lib/api.js';

/** A save that somebody else was quicker than: the form then shows theirs, and asks whose it shall be. */
export async function askAgainAfterConflict(queryClient: QueryClient, error: Error, queryKey: QueryKey): Promise<void> {
  if (error instanceof ApiError && error.status === 409) await queryClient.invalidateQueries({ queryKey });
}
