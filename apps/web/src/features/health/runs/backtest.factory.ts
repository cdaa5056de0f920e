import type { BacktestResult, SuggestedWeights } from '@steward/shared/health-studio';

const estimate = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
const rate = (observations: number, events: number) => ({
  observations,
  accounts: observations,
  events,
  rate: observations === 0 ? null : estimate(events / observations),
});

/** A score that tells: eight accounts left, most of them from the at-risk band. */
export const aBacktest = (some: Partial<BacktestResult> = {}): BacktestResult => ({
  outcome: 'churn',
  horizonDays: 90,
  accounts: 80,
  observations: 700,
  scored: 690,
  unknown: 10,
  events: 24,
  eventAccounts: 8,
  months: [
    { day: '2026-01-31', observations: 350, scored: 345, events: 24, auc: 0.81 },
    { day: '2026-02-28', observations: 350, scored: 345, events: 0, auc: null },
  ],
  leftOut: [{ day: '2026-03-31', why: 'horizon' }],
  bands: [
    { band: 'at_risk', ...rate(50, 18) },
    { band: 'watch', ...rate(240, 5) },
    { band: 'healthy', ...rate(400, 1) },
    { band: 'unknown', ...rate(0, 0) },
  ],
  auc: estimate(0.83),
  aucOncePerAccount: 0.8,
  verdict: { kind: 'better', sentence: 'This score tells churn better than chance.' },
  atRisk: { recall: estimate(0.75), precision: estimate(0.36), flagged: 50, caught: 18 },
  warningTime: { accounts: 8, warned: 6, medianDays: 61 },
  calibration: [{ from: 10, to: 40, meanScore: 25, ...rate(70, 18) }],
  measures: [
    {
      signal: 'usage.active_days',
      label: 'Active days',
      group: 'adoption',
      share: 20,
      known: 0.98,
      auc: estimate(0.6),
      bottom: rate(140, 9),
      top: rate(140, 0),
      lift: null,
      remark: null,
    },
    {
      signal: 'usage.seat_utilization',
      label: 'Seat utilisation',
      group: 'adoption',
      share: 60,
      known: 1,
      auc: estimate(0.8),
      bottom: rate(140, 20),
      top: rate(140, 2),
      lift: 10,
      remark: null,
    },
  ],
  coverage: 92,
  warnings: ['Only 8 accounts churned: under 30, figures are uncertain.'],
  ...some,
});

/** Weights that did better on later months than the present ones. */
export const suggestedWeights = (some: Partial<SuggestedWeights> = {}): SuggestedWeights => ({
  refusal: null,
  eventAccounts: 120,
  fitted: { days: ['2025-01-31', '2025-06-30'], observations: 600, events: 80, eventAccounts: 70 },
  judged: { days: ['2025-10-31', '2026-01-31'], observations: 400, events: 60, eventAccounts: 50 },
  penalty: 1,
  groups: [{ key: 'adoption', label: 'Adoption', presentShare: 75, suggestedShare: 60 }],
  measures: [
    {
      signal: 'usage.seat_utilization',
      label: 'Seat utilisation',
      group: 'adoption',
      presentShare: 56.25,
      suggestedShare: 60,
      remark: null,
    },
    {
      signal: 'usage.active_days',
      label: 'Active days',
      group: 'adoption',
      presentShare: 18.75,
      suggestedShare: 0,
      remark: 'History gives it no weight.',
    },
  ],
  present: estimate(0.76),
  suggested: estimate(0.82),
  difference: { value: 0.06, low: 0.01, high: 0.1 },
  verdict: { kind: 'beats', sentence: 'The suggested weights tell churn better on the later months.' },
  body: null,
  warnings: [],
  ...some,
});
