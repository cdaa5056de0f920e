/**
 * The first of the two numbers of every advisory lock; the second is a bucket where there are several, 0 otherwise. All
 * stand here, so that no two are the same and wait for each other.
 */
export const LOCKS = {
  migration: 7301,
  partitions: 7302,
  buckets: 7303,
  model: 7304,
  signals: 7305,
  people: 7306,
  sample: 7307,
  segments: 7308,
  alertRules: 7309,
  alertReleases: 7310,
  notifications: 7311,
  playbooks: 7312,
  studio: 7313,
  facts: 7314,
  parents: 7315,
  reports: 7320,
} as const;
