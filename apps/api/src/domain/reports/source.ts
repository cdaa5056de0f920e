/** Where the sums of months are read from. */
export type SumsSource = 'stage' | 'market' | 'owners' | 'accounts';

export interface AskedSums {
  /** The reader sees all accounts. Others see those that certain people own today. */
  seesAll: boolean;
  hasOwner: boolean;
  hasSegment: boolean;
  hasRegionOrPlan: boolean;
  by: 'tier' | 'csm' | 'am' | 'region' | 'plan' | 'segment' | 'whole';
}

/**
 * The smallest source that can answer: sums by tier and stage, sums by tier, region and plan, sums by owner, else the rows
 * of the accounts. Each gives the same answer where several can: the tier of now is that of the last build of all
 * accounts in each of them. While a build is under way, rows are minutes ahead of their sums.
 */
export function sumsSource({ seesAll, hasOwner, hasSegment, hasRegionOrPlan, by }: AskedSums): SumsSource {
  if (hasSegment || by === 'segment') return 'accounts';
  const ofMarket = hasRegionOrPlan || by === 'region' || by === 'plan';
  const ofOwners = !seesAll || hasOwner || by === 'csm' || by === 'am';
  if (ofMarket) return ofOwners ? 'accounts' : 'market';
  return ofOwners ? 'owners' : 'stage';
}
