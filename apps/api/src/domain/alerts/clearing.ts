import type { Loss } from './alert.js';
import { isHalfRegained } from './loss.js';

export interface ClearFacts {
  /** What the rule's own clear rule says; null: it has none. */
  own: boolean | null;
  /** The rule might hold. */
  could: boolean;
  /** The same with its fall taken as made good, and as still there. */
  withoutFall: boolean;
  withFall: boolean;
  /** The fall that the alert was raised for; null: none. */
  loss: Loss | null;
  /** The lowest that is known of the fallen value, and its value now. */
  lowest: number | null;
  now: number | null;
  band: string | null;
}

/**
 * Whether an alert's clear rule holds. The default is that the rule surely does not. An alert that was raised for a fall
 * clears when half of it is made good or the band is healthy, provided nothing else keeps the rule going; the fall
 * having left the rule's window is no recovery. It also clears when the account is no longer one that the rule is about.
 */
export function clearsOn({ own, could, withoutFall, withFall, loss, lowest, now, band }: ClearFacts): boolean {
  if (own !== null) return own;
  if (loss === null) return !could;
  if (withoutFall) return false;
  return !withFall || band === 'healthy' || isHalfRegained(loss, lowest, now);
}
