import type { QueryClient } from '@tanstack/react-query';
import type { LiveNews } from './live.js';

/** Lists and counts are asked for again at most this often, however many accounts change. */
const LISTS_EVERY_MS = 2_000;

/** Keys of what is shown over many accounts; only what is on screen is asked for again. */
const LISTS = ['accounts', 'segments', 'today', 'alerts'] as const;
const OF_TOPIC = {
  accounts: LISTS,
  alerts: LISTS,
  segments: ['segments', 'catalogue'],
  everything: [...LISTS, 'account', 'notifications'],
} as const;

/** Answers a listener that makes what is on screen be asked for again when it may have changed. */
export function queriesFollow(queryClient: QueryClient): (news: LiveNews) => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  const invalidate = (...key: string[]) => void queryClient.invalidateQueries({ queryKey: key });
  const askWaiting = () => {
    timer = undefined;
    askedAt = performance.now();
    for (const key of waiting) invalidate(key);
    waiting.clear();
  };

  return ({ topic, ids }) => {
    if (topic === 'notifications') {
      invalidate('notifications');
      return;
    }
    // The account that is open follows at once.
    if (topic === 'accounts' || topic === 'alerts') {
      if (ids === null) invalidate('account');
      for (const id of ids ?? []) invalidate('account', id);
    }
    for (const key of OF_TOPIC[topic]) waiting.add(key);
    if (timer !== undefined) return;
    timer = setTimeout(askWaiting, Math.max(0, askedAt + LISTS_EVERY_MS - performance.now()));
  };
}
