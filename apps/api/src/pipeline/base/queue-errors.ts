import { log } from '../../platform/logging/log.js';

const SAY_AGAIN_AFTER_MS = 30_000;

/**
 * A listener for errors of connections. They are replaced by themselves, and a lost server makes many errors a second:
 * each message is logged once in a while.
 */
export function quietly(source: string): (error: Error) => void {
  const lastSaid = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    const last = lastSaid.get(error.message);
    if (last !== undefined && now - last < SAY_AGAIN_AFTER_MS) return;
    lastSaid.set(error.message, now);
    log.warn({ source, reason: error.message }, 'connection of a queue');
  };
}
