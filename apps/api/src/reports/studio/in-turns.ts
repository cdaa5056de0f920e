import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../../domain/studio/steps.js';

/** Work goes on for so long before others get their turn. */
const AT_MOST_MS = 15;

/**
 * The result of a long calculation, during which this process goes on answering others.
 * @param onPause told at every pause; what it throws leaves the calculation where it is
 */
export async function inTurns<Result>(steps: Steps<Result>, onPause: () => Promise<void>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - since < AT_MOST_MS) continue;
    await setImmediate();
    await onPause();
    since = performance.now();
  }
}
