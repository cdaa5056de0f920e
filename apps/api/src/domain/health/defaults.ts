import type { Measure, ProfileBody, ScoreLimit } from '@steward/shared/health';
import { all, any, field, isNotSet, isSet, not } from '../rule-builders.js';

const linear = (signal: string, weight: number, from: number, to: number): Measure => ({
  signal,
  weight,
  normalizer: { kind: 'linear', from, to },
});

/** A quiet season is no collapse: accounts about as active as a year ago are left alone. */
const notSeasonal = not(field('usage.active_contacts_yoy', 'gte', -10));

const DEFAULT_LIMITS: ScoreLimit[] = [
  {
    key: 'no_activity',
    kind: 'cap',
    at: 30,
    reason: 'no activity for 28 days',
    skipInQuietPeriods: true,
    rule: all(
      any(
        field('usage.days_since_activity', 'gte', 28),
        all(isNotSet('usage.days_since_activity'), field('usage.active_days', 'eq', 0)),
      ),
      field('commercial.tenure_days', 'gt', 28),
      notSeasonal,
    ),
  },
  {
    key: 'usage_collapse',
    kind: 'cap',
    at: 30,
    reason: 'active contacts down by half or more',
    skipInQuietPeriods: true,
    rule: all(field('usage.active_contacts_change', 'lte', -50), notSeasonal),
  },
  {
    key: 'pulse_severe',
    kind: 'cap',
    at: 30,
    reason: 'pulse is 1 (severe risk)',
    skipInQuietPeriods: false,
    rule: field('sentiment.pulse', 'eq', 1),
  },
  {
    key: 'notice_given',
    kind: 'cap',
    at: 30,
    reason: 'notice given',
    skipInQuietPeriods: false,
    rule: isSet('account.noticeGivenOn'),
  },
  {
    key: 'champion_left',
    kind: 'cap',
    at: 70,
    reason: 'the champion left and there is no other',
    skipInQuietPeriods: false,
    rule: all(field('relationship.champions_left', 'gte', 1), field('relationship.champions', 'eq', 0)),
  },
  {
    key: 'unpaid',
    kind: 'cap',
    at: 70,
    reason: 'unpaid for more than 60 days',
    skipInQuietPeriods: false,
    rule: field('billing.days_overdue', 'gt', 60),
  },
];

const COMMON = {
  limits: DEFAULT_LIMITS,
  bands: { watchFrom: 31, healthyFrom: 71 },
  minCoverage: 50,
  pulseGap: 40,
};

/** Scores every account that no other profile takes; last in the order and undeletable. */
export const DEFAULT_PROFILE: ProfileBody = {
  ...COMMON,
  scope: null,
  groups: [
    {
      key: 'adoption',
      label: 'Adoption',
      weight: 45,
      measures: [
        linear('usage.seat_utilization', 3, 10, 70),
        linear('usage.active_contacts_change', 3, -30, 0),
        linear('usage.active_days', 2, 2, 20),
        linear('adoption.breadth', 2, 5, 50),
      ],
    },
    {
      key: 'engagement',
      label: 'Engagement',
      weight: 15,
      measures: [linear('sentiment.pulse', 2, 1, 6), linear('relationship.touch_lag', 1, 3, 1)],
    },
    {
      key: 'support',
      label: 'Support',
      weight: 15,
      measures: [linear('support.urgent_open', 1, 3, 0), linear('support.csat', 1, 2, 4.5)],
    },
    { key: 'sentiment', label: 'Sentiment', weight: 15, measures: [linear('sentiment.nps', 1, -100, 100)] },
    { key: 'commercial', label: 'Commercial', weight: 10, measures: [linear('billing.days_overdue', 1, 60, 0)] },
  ],
};

/** For accounts on trial, in the onboarding stage, or customers for at most 90 days. */
export const ONBOARDING_PROFILE: ProfileBody = {
  ...COMMON,
  scope: any(
    field('account.status', 'eq', 'trial'),
    field('stage', 'eq', 'onboarding'),
    field('commercial.tenure_days', 'lte', 90),
  ),
  groups: [
    {
      key: 'adoption',
      label: 'Adoption',
      weight: 60,
      measures: [
        linear('usage.seat_utilization', 3, 0, 40),
        linear('usage.active_days', 3, 0, 12),
        linear('adoption.features', 2, 0, 4),
      ],
    },
    {
      key: 'engagement',
      label: 'Engagement',
      weight: 25,
      measures: [linear('relationship.days_since_touch', 1, 30, 7), linear('sentiment.pulse', 1, 1, 6)],
    },
    { key: 'support', label: 'Support', weight: 15, measures: [linear('support.urgent_open', 1, 3, 0)] },
  ],
};

/** The profiles that a new workspace starts with, in the order in which they are tried. */
export const DEFAULT_PROFILES = [
  { name: 'Onboarding', isDefault: false, body: ONBOARDING_PROFILE },
  { name: 'Default', isDefault: true, body: DEFAULT_PROFILE },
] as const;
