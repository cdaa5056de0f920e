import type { ProfileBody } from '@steward/shared/health';

/** Shares of a profile, in percent, by measure in the order of the profile. */
export function sharesOf(body: ProfileBody): number[] {
  const total = body.groups.reduce((sum, group) => sum + group.weight, 0);
  return body.groups.flatMap((group) => {
    const inGroup = group.measures.reduce((sum, measure) => sum + measure.weight, 0);
    return group.measures.map((measure) =>
      total > 0 && inGroup > 0 ? (group.weight / total) * (measure.weight / inGroup) * 100 : 0,
    );
  });
}

/** Shares by group, in percent. */
export function groupSharesOf(body: ProfileBody): number[] {
  const total = body.groups.reduce((sum, group) => sum + group.weight, 0);
  return body.groups.map((group) => (total === 0 ? 0 : (group.weight / total) * 100));
}

/**
 * Suggested shares in percent: what the fitted weights say, for the measures that history speaks of. The others keep
 * their present share, and the fitted ones divide the rest. Null: no measure got any weight, so there is none to suggest.
 * Example: shares 50, 30, 20 of which the last cannot be spoken of; weights 3 and 1 → 60, 20, 20.
 * @param weights by measure; null: history does not speak of it
 */
export function suggestedShares(present: readonly number[], weights: readonly (number | null)[]): number[] | null {
  const fitted = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  if (fitted <= 0) return null;
  const kept = present.reduce((sum, share, j) => (weights[j] === null ? sum + share : sum), 0);
  return present.map((share, j) => {
    const weight = weights[j] ?? null;
    return weight === null ? share : ((100 - kept) * weight) / fitted;
  });
}

const tenth = (share: number) => Math.round(share * 10) / 10;

/**
 * The profile with other weights, to a tenth of a percent: a group's weight is the sum of its measures' shares, a
 * measure's weight its share of that sum. A group without any keeps its measures' weights and gets the weight 0.
 */
export function bodyWithShares(body: ProfileBody, shares: readonly number[]): ProfileBody {
  let next = 0;
  const groups = body.groups.map((group) => {
    const own = group.measures.map(() => shares[next++] ?? 0);
    const sum = own.reduce((total, share) => total + share, 0);
    const weight = tenth(sum);
    const measures =
      weight === 0
        ? group.measures
        : group.measures.map((measure, j) => ({ ...measure, weight: tenth((own[j]! / sum) * 100) }));
    return { ...group, weight, measures };
  });
  return { ...body, groups };
}
