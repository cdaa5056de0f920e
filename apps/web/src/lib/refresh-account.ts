import type { QueryClient } from '@tanstack/react-query';
import { accountDetailQuery } from './account-detail.js';

/** Computed values follow a change within moments: asked for ever less often, until they are there. */
const COMPUTED_AFTER_MS = [300, 700, 1_500, 3_000, 6_000];

/** Everything known of the account is asked again, and the list's counts with it; once more when it has been computed. */
export async function refreshAccount(queryClient: QueryClient, id: string): Promise<void> {
  const live = accountDetailQuery(id, undefined);
  const before = queryClient.getQueryData(live.queryKey)?.computedAt;
  await askAgain(queryClient, id);
  void (async () => {
    for (const wait of COMPUTED_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const { computedAt } = await queryClient.fetchQuery({ ...live, staleTime: 0 });
      if (computedAt !== before) return askAgain(queryClient, id);
    }
    // Whoever reads on asks again anyway; a failed look for news is none.
  })().catch(() => undefined);
}

async function askAgain(queryClient: QueryClient, id: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['account', id] }),
    queryClient.invalidateQueries({ queryKey: ['accounts'] }),
  ]);
}
