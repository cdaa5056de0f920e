/** A rule that would newly fire on more than this share of the accounts in its scope in a day … */
export const STORM_SHARE = 0.2;
/** … and on at least so many of them is held until an admin has looked. */
export const STORM_ACCOUNTS = 20;

/**
 * With so many accounts in its scope, or more, what a rule has newly fired on is no storm, however many they are: the
 * smallest whole number of at least `newlyFired / STORM_SHARE`.
 */
export function scopeOfCalm(newlyFired: number): number {
  return Math.ceil(newlyFired / STORM_SHARE);
}

export function isStorm(newlyFired: number, inScope: number): boolean {
  return newlyFired >= STORM_ACCOUNTS && newlyFired > STORM_SHARE * inScope;
}
