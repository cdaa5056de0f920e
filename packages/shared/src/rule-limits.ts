/** A rule deeper, longer or wider than this is refused by name. Without the schemas: screens load it with the builder. */
export const RULE_LIMITS = {
  depth: 8,
  leaves: 200,
  groups: 200,
  eventCounts: 20,
  listItems: 1000,
  textLength: 500,
  days: 3660,
  closedDays: 400,
  rows: 1000,
  eventTimes: 1_000_000_000,
} as const;
