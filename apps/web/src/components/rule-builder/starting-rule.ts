import type { Rule } from '@steward/shared/rules';

/** What every new segment and alert rule starts with: visible, and removable. */
export const LIVE_ACCOUNTS: Rule = {
  kind: 'all',
  rules: [{ kind: 'compare', field: 'account.status', op: 'in', value: ['trial', 'customer'] }],
};
