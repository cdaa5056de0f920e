import type { ChurnReason } from '@steward/shared/leaving';

/** The reasons of churn that a new workspace starts with: what we can do something about, and what we cannot. */
export const DEFAULT_CHURN_REASONS: readonly ChurnReason[] = [
  { key: 'not_adopted', label: 'Never got going', canInfluence: true },
  { key: 'value', label: 'Too little value seen', canInfluence: true },
  { key: 'missing_feature', label: 'A feature is missing', canInfluence: true },
  { key: 'quality', label: 'Faults or outages', canInfluence: true },
  { key: 'support', label: 'Unhappy with support', canInfluence: true },
  { key: 'price', label: 'Price', canInfluence: true },
  { key: 'competitor', label: 'Went to a competitor', canInfluence: true },
  { key: 'champion_left', label: 'Champion left', canInfluence: true },
  { key: 'own_solution', label: 'Built their own', canInfluence: false },
  { key: 'budget', label: 'Budget cut', canInfluence: false },
  { key: 'acquired', label: 'Bought or merged', canInfluence: false },
  { key: 'closed', label: 'Closed down', canInfluence: false },
  { key: 'other', label: 'Something else', canInfluence: false },
];
