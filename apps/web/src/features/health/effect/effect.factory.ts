import type { DraftEffect } from '@steward/shared/health-studio';

const STANDING = { scored: 40, unknown: 0, mean: 60, coverage: 90 };

/** Forty accounts that stay as they are. */
export const anEffect = (some: Partial<DraftEffect> = {}): DraftEffect => ({
  asOf: '2026-04-15',
  currency: 'USD',
  accounts: 40,
  scoredByDraft: 40,
  changedProfile: 0,
  before: STANDING,
  after: STANDING,
  histogram: Array.from({ length: 20 }, (_, index) => ({ from: index * 5, to: index * 5 + 5, before: 2, after: 2 })),
  bands: [],
  moves: [],
  changed: { total: 0, arrMinor: null, rows: [] },
  measures: [],
  connectedMeasures: 0,
  countedMeasures: 0,
  account: null,
  remarks: [],
  ...some,
});
