import type { Measure, ProfileBody } from '@steward/shared/health';

export const aMeasure = (signal: string, weight = 1, from = 0, to = 100): Measure => ({
  signal,
  weight,
  normalizer: { kind: 'linear', from, to },
});

/** Two groups, 3 : 1; the first with two measures, 3 : 1. */
export const aBody = (some: Partial<ProfileBody> = {}): ProfileBody => ({
  scope: null,
  groups: [
    {
      key: 'adoption',
      label: 'Adoption',
      weight: 45,
      measures: [aMeasure('usage.seat_utilization', 3, 10, 70), aMeasure('usage.active_days', 1, 2, 20)],
    },
    { key: 'support', label: 'Support', weight: 15, measures: [aMeasure('support.urgent_open', 1, 3, 0)] },
  ],
  limits: [
    {
      key: 'notice_given',
      kind: 'cap',
      at: 30,
      rule: { kind: 'compare', field: 'account.noticeGivenOn', op: 'isSet' },
      reason: 'notice given',
      skipInQuietPeriods: false,
    },
  ],
  bands: { watchFrom: 31, healthyFrom: 71 },
  minCoverage: 50,
  pulseGap: 40,
  ...some,
});
