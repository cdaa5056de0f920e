/** A profile as far as its place among the others goes. */
export interface PlacedProfile {
  /** Null: a new one. */
  profileId: string | null;
  isDefault: boolean;
}

/**
 * The profiles in the order in which they would be tried with the draft among them, and the draft's place. The draft
 * takes the place of the profile that it replaces; a new one comes first, unless another place is asked for. The default
 * profile stays last, whatever place is asked for.
 * @param published in the order in which they are tried, the default last
 */
export function withDraft<Published extends PlacedProfile, Draft>(
  published: readonly Published[],
  draft: Draft,
  { profileId, position }: { profileId: string | null; position: number | null },
): { profiles: (Published | Draft)[]; place: number } {
  const stands = profileId === null ? -1 : published.findIndex((profile) => profile.profileId === profileId);
  const others = published.filter((_, index) => index !== stands);
  const replacesDefault = stands >= 0 && published[stands]?.isDefault === true;
  // Of the others, the default is the last, and nothing comes behind it.
  const last = replacesDefault ? others.length : Math.max(0, others.length - 1);
  const wanted = position ?? Math.max(0, stands);
  const place = replacesDefault ? last : Math.min(wanted, last);
  return { profiles: [...others.slice(0, place), draft, ...others.slice(place)], place };
}
