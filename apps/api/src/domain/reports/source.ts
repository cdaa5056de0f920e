/** Where the sums of months are read from. */
export type SumsSource = 'stage' | 'market' | 'accounts';

export interface AskedSums {
  /** The reader sees all accounts. Access is by the owners of today, which sums of the night do not know. */
  seesAll: boolean;
  hasOwner: boolean;
  hasSegment: boolean;
  hasRegionOrPlan: boolean;
  by: 'tier' | 'csm' | 'am' | 'region' | 'plan' | 'segment' | 'whole';
}

/**
 * The smallest source that can answer: sums by tier and stage, sums by tier, region and plan, else the rows of the
 * accounts. Each gives the same answer where several can.
 */
export function sumsSource({ seesAll, hasOwner, hasSegment, hasRegionOrPlan, by }: AskedSums): SumsSource {
  if (!seesAll || hasOwner || hasSegment) return 'accounts';
  switch (by) {
    case 'csm':
    case 'am':
    case 'segment':
      return 'accounts';
    case 'region':
    case 'plan':
      return 'market';
    case 'tier':
    case 'whole':
      return hasRegionOrPlan ? 'market' : 'stage';
  }
}
