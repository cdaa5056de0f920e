/** A rule that would newly fire on more than this share of the accounts in its scope in a day … */
export const STORM_SHARE = 0.2;
/** … and on at least so many of them is held until an admin has looked. */
export const STORM_ACCOUNTS = 20;

export function isStorm(newlyFired: number, inScope: number): boolean {
  return newlyFired >= STORM_ACCOUNTS && newlyFired > STORM_SHARE * inScope;
}
