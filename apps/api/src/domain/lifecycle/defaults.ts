import type { StageSetBody } from '@steward/shared/lifecycle';
import type { Rule } from '@steward/shared/rules';
import { all, any, field, isNotSet, not } from '../rule-builders.js';

const isCustomer = field('account.status', 'eq', 'customer');
const noUsageFeed = field('source.usage.covered', 'eq', false);
/**
 * A customer for longer than that, or for nobody knows how long. Who has churned and come back starts anew: customer
 * since has not moved, and without this the day after its return would take the account out of Onboarding again.
 */
const tenureOver = (days: number): Rule =>
  all(
    any(field('commercial.tenure_days', 'gt', days), isNotSet('commercial.tenure_days')),
    not(field('commercial.days_since_return', 'lte', days)),
  );

const adoption = all(
  isCustomer,
  not(field('goals.onboarding_open', 'eq', true)),
  any(
    field('goals.onboarding_achieved', 'eq', true),
    all(tenureOver(30), any(field('usage.active_days', 'gte', 4), noUsageFeed)),
  ),
);

const established = all(
  adoption,
  tenureOver(120),
  any(
    field('usage.seat_utilization', 'gte', 40),
    all(isNotSet('usage.seat_utilization'), field('usage.active_days', 'gte', 8)),
    noUsageFeed,
  ),
);

const advocate = all(
  established,
  { kind: 'held', field: 'health.band', op: 'eq', value: 'healthy', days: 90 },
  field('sentiment.promoter_180d', 'eq', true),
);

const noExpectation = { expectedDays: null, stuckDays: null, fallsBackTo: [] };

/** The stages that a new workspace starts with. */
export const DEFAULT_STAGE_SET: StageSetBody = {
  stages: [
    { key: 'prospect', label: 'Prospect', rule: field('account.status', 'eq', 'prospect'), ...noExpectation },
    { key: 'trial', label: 'Trial', rule: field('account.status', 'eq', 'trial'), ...noExpectation },
    { key: 'onboarding', label: 'Onboarding', rule: isCustomer, expectedDays: 30, stuckDays: 60, fallsBackTo: [] },
    { key: 'adoption', label: 'Adoption', rule: adoption, expectedDays: 90, stuckDays: 180, fallsBackTo: [] },
    { key: 'established', label: 'Established', rule: established, ...noExpectation },
    { key: 'advocate', label: 'Advocate', rule: advocate, ...noExpectation, fallsBackTo: ['established'] },
    { key: 'churned', label: 'Churned', rule: field('account.status', 'eq', 'churned'), ...noExpectation },
  ],
  onStatus: { trial: 'trial', churned: 'churned', reactivated: 'onboarding' },
};
