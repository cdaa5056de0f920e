import type { Band } from '@steward/shared/common';
import type { BandOrNone } from '@steward/shared/report-parts';

const ORDER: readonly Band[] = ['at_risk', 'watch', 'healthy'];

/** Better or worse between at risk, watch and healthy; null: unknown, new or gone, which is no move either way. */
export function directionOf(from: BandOrNone, to: BandOrNone): 'better' | 'worse' | 'same' | null {
  const [before, after] = [ORDER.indexOf(from as Band), ORDER.indexOf(to as Band)];
  if (before < 0 || after < 0) return null;
  return after > before ? 'better' : after < before ? 'worse' : 'same';
}
