import type { QueryClient } from '@tanstack/react-query';
import { atMostEvery } from './at-most-every.js';
import type { LiveNews } from './live.js';

/** Lists and counts are asked for again at most this often, however many accounts change. */
const LISTS_EVERY_MS = 2_000;

/** Keys of what is shown over many accounts; only what is on screen is asked for again. */
const LISTS = ['accounts', 'segments', 'today', 'alerts', 'renewals', 'deals'] as const;
const OF_TOPIC = {
  accounts: LISTS,
  alerts: LISTS,
  segments: ['segments', 'catalogue'],
  goals: ['goals', 'tasks', 'today'],
  model: ['model', 'tiers', 'stages', 'signals', 'health-profiles', 'catalogue'],
  everything: [...LISTS, 'notifications', 'me'],
} as const;

/** Answers a listener that makes what is on screen be asked for again when it may have changed. */
export function queriesFollow(queryClient: QueryClient): (news: LiveNews) => void {
  const waiting = new Set<string>();
  const invalidate = (...key: string[]) => void queryClient.invalidateQueries({ queryKey: key });
  const lists = atMostEvery(LISTS_EVERY_MS, () => {
    for (const key of waiting) invalidate(key);
    waiting.clear();
  });

  return ({ topic, ids }) => {
    if (topic === 'notifications') {
      invalidate('notifications');
      return;
    }
    // The account that is open follows at once; a run over all accounts is no news of it in particular.
    for (const id of ids ?? []) invalidate('account', id);
    if (ids === null && topic !== 'segments') waiting.add('account');
    for (const key of OF_TOPIC[topic]) waiting.add(key);
    lists.ask();
  };
}
