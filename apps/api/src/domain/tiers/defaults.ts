import { TIER_HOLD_DAYS, type TierSetBody } from '@steward/shared/tiers';
import { field } from '../rule-builders.js';

/** The tiers that a new workspace starts with, by ARR in major units of its currency. */
export const DEFAULT_TIER_SET: TierSetBody = {
  holdDays: TIER_HOLD_DAYS,
  tiers: [
    {
      key: 'T1',
      label: 'Tier 1',
      color: 'violet',
      rule: field('account.arr', 'gte', 100_000),
      cadenceDays: 14,
      responseHours: 4,
      targetAccounts: 15,
    },
    {
      key: 'T2',
      label: 'Tier 2',
      color: 'blue',
      rule: field('account.arr', 'gte', 25_000),
      cadenceDays: 30,
      responseHours: 8,
      targetAccounts: 40,
    },
    {
      key: 'T3',
      label: 'Tier 3',
      color: 'teal',
      rule: field('account.arr', 'gte', 5_000),
      cadenceDays: 90,
      responseHours: 24,
      targetAccounts: 100,
    },
    {
      key: 'T4',
      label: 'Tier 4',
      color: 'gray',
      rule: null,
      cadenceDays: null,
      responseHours: 72,
      targetAccounts: 400,
    },
  ],
};
