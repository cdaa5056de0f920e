/** Who reports to whom: a person's id → the id of their manager, null at the top. */
export type Managers = ReadonlyMap<string, string | null>;

/**
 * True when making `managerId` the manager of `personId` would put a person above themselves, directly or through
 * others. A circle that exists already elsewhere ends the walk.
 */
export function wouldCircle(managers: Managers, personId: string, managerId: string): boolean {
  const met = new Set<string>();
  for (let at: string | null = managerId; at !== null && !met.has(at); at = managers.get(at) ?? null) {
    if (at === personId) return true;
    met.add(at);
  }
  return false;
}

/** True when `personId` reports to `leadId`, directly or through others. */
export function reportsTo(managers: Managers, personId: string, leadId: string): boolean {
  const met = new Set<string>([personId]);
  for (let at = managers.get(personId) ?? null; at !== null && !met.has(at); at = managers.get(at) ?? null) {
    if (at === leadId) return true;
    met.add(at);
  }
  return false;
}
